"""Changing a scheme that has answers: every function here takes a change and returns the next one.

A change is a scheme as it shall be, together with what becomes of the answers given so far: the new value of each old
one (`moved`), and the old values whose answers people have to look at again (`review`). Nothing is written here, so an
editor can build a change step by step and show what each step would do. Where answers of old value X go is always
told from the scheme as it was saved, however often X was renamed since. docs/adr says why it is done this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.errors import InvalidInput
from workbench.model import Choice, TagScheme, TagValue


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """A scheme as it shall be (its `version` is the one it was made from; 0 for a new one), and its answers.

    `known` are the choices of the scheme as it was saved: only those have answers to be moved.
    """

    scheme: TagScheme
    moved: Mapping[str, str] = field(default_factory=dict)
    review: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    def becomes(self, value: TagValue) -> tuple[TagValue, bool]:
        """What an answer of the old scheme is under the new one, and whether people have to look at it again."""
        if isinstance(value, tuple):
            parts = [self._part(part) for part in value]
            return tuple(sorted({str(part) for part, _ in parts})), any(again for _, again in parts)
        return self._part(value)

    def _part(self, value: TagValue) -> tuple[TagValue, bool]:
        old = str(value)
        new = self.moved.get(old, old)
        same_type = int(new) if isinstance(value, int) and not isinstance(value, bool) else new
        return (value if new == old else same_type), old in self.review


def change_of(scheme: TagScheme | SchemeChange) -> SchemeChange:
    """A change that changes nothing yet."""
    if isinstance(scheme, SchemeChange):
        return scheme
    return SchemeChange(scheme, known=frozenset(choice.value for choice in scheme.choices if scheme.version))


def add_choice(
    scheme: TagScheme | SchemeChange, value: str, label: str = "", *, guideline: str = "", key: str = ""
) -> SchemeChange:
    """A new choice; in a tree after its siblings (``health/lab`` below ``health``)."""
    change = change_of(scheme)
    _refuse_taken(change, value)
    parent = value.rpartition("/")[0] if _tree(change) else ""
    if parent:
        _found(change, parent)
    choices = list(change.scheme.choices)
    at = _end_of(change, choices, parent) if parent else len(choices)
    choices.insert(at, Choice(value, label, guideline, key))
    return _with(change, choices)


def rename_choice(scheme: TagScheme | SchemeChange, value: str, new: str = "", *, label: str = "") -> SchemeChange:
    """Another value, another label, or both. In a tree, what is below comes along."""
    change = change_of(scheme)
    _found(change, value)
    wanted = new or value
    if wanted != value:
        _refuse_taken(change, wanted)
        if _inside(wanted, value) or wanted.rpartition("/")[0] != value.rpartition("/")[0]:
            raise InvalidInput(f"{wanted!r} is in another place of the tree", hint="move the choice there")
        change = _moved(change, value, wanted)
    if label:
        change = _edit(change, wanted, lambda choice: replace(choice, label=label))
    return change


def move_choice(scheme: TagScheme | SchemeChange, value: str, below: str = "") -> SchemeChange:
    """Put a choice of a tree below another one ("": at the top), with everything below it and all answers."""
    change = change_of(scheme)
    _found(change, value)
    if not _tree(change):
        raise InvalidInput(f"{change.scheme.name} is no tree", hint="only hierarchical schemes nest")
    if below:
        _found(change, below)
    if below == value or _inside(below, value):
        raise InvalidInput(f"{value!r} cannot be put below itself", hint="choose another place")
    last = value.rpartition("/")[2]
    new = f"{below}/{last}" if below else last
    if new == value:
        return change
    _refuse_taken(change, new)
    kept, branch = _cut(change, value)
    at = _end_of(change, kept, below) if below else len(kept)
    return _moved(_with(change, [*kept[:at], *branch, *kept[at:]]), value, new)


def merge_choices(scheme: TagScheme | SchemeChange, value: str, into: str) -> SchemeChange:
    """One choice instead of two: answers of `value` become `into`. In a tree, what is below comes along."""
    change = change_of(scheme)
    _found(change, value)
    _found(change, into)
    if value == into or _inside(into, value):
        raise InvalidInput(f"{value!r} cannot be merged into itself", hint="choose another one")
    kept, branch = _cut(change, value)
    known = {choice.value for choice in kept}
    for choice in branch:
        target = into + choice.value[len(value) :]
        if target not in known:
            kept.insert(_end_of(change, kept, target.rpartition("/")[0]), replace(choice, value=target))
        change = _carried(change, choice.value, target)
    return _with(change, kept)


def split_choice(
    scheme: TagScheme | SchemeChange, value: str, parts: Iterable[tuple[str, str]], *, below: bool = False
) -> SchemeChange:
    """Several choices, each (value, label), instead of one, which is retired; its answers wait for another look.

    With `below` (trees only) the parts go under it and it stays, as the answer for what fits none of them.
    """
    change = change_of(scheme)
    old = _found(change, value)
    named = list(parts)
    if len(named) < (1 if below else 2):
        raise InvalidInput(f"{value!r} is split into fewer than two choices", hint="name the choices it becomes")
    if below and not _tree(change):
        raise InvalidInput(f"{change.scheme.name} is no tree", hint="split into choices beside it")
    prefix = value if below else value.rpartition("/")[0] if _tree(change) else ""
    fresh = [Choice(f"{prefix}/{part}" if prefix else part, label) for part, label in named]
    for choice in fresh:
        _refuse_taken(change, choice.value)
    if len({choice.value for choice in fresh}) < len(fresh):
        raise InvalidInput(f"two parts of {value!r} have one name", hint="give each its own")
    choices = list(change.scheme.choices)
    at = _end_of(change, choices, value)
    choices[at:at] = fresh
    if not below:
        choices[choices.index(old)] = replace(old, retired=True, key="")
    again = [origin for origin in _origins(change, value) if origin not in change.review]
    return replace(_with(change, choices), review=(*change.review, *again))


def retire_choice(scheme: TagScheme | SchemeChange, value: str) -> SchemeChange:
    """No longer offered, with everything below it; answers given so far stay."""
    change = change_of(scheme)
    _found(change, value)
    gone = [
        replace(choice, retired=True, key="") if _within(change, choice.value, value) else choice
        for choice in change.scheme.choices
    ]
    return _with(change, gone)


def restore_choice(scheme: TagScheme | SchemeChange, value: str) -> SchemeChange:
    """Offered again, with everything above it."""
    change = change_of(scheme)
    _found(change, value)
    back = [
        replace(choice, retired=False) if _within(change, value, choice.value) else choice
        for choice in change.scheme.choices
    ]
    return _with(change, back)


def shift_choice(scheme: TagScheme | SchemeChange, value: str, by: int) -> SchemeChange:
    """Up (negative) or down among its siblings, with everything below it. At the end it stays where it is."""
    change = change_of(scheme)
    _found(change, value)
    parent = value.rpartition("/")[0] if _tree(change) else ""
    choices = list(change.scheme.choices)
    siblings = [choice.value for choice in choices if not _tree(change) or choice.value.rpartition("/")[0] == parent]
    at = siblings.index(value)
    to = min(len(siblings) - 1, max(0, at + by))
    if to == at:
        return change
    kept, branch = _cut(change, value)
    place = _place(kept, siblings[to]) if to < at else _end_of(change, kept, siblings[to])
    return _with(change, [*kept[:place], *branch, *kept[place:]])


def drop_choice(scheme: TagScheme | SchemeChange, value: str) -> SchemeChange:
    """Take back a choice that was never saved, with everything below it."""
    change = change_of(scheme)
    _found(change, value)
    kept, branch = _cut(change, value)
    if any(_origins(change, choice.value) for choice in branch):
        raise InvalidInput(f"{value!r} may have answers", hint="retire it: it is offered no longer, its answers stay")
    return _with(change, kept)


def _with(change: SchemeChange, choices: Sequence[Choice]) -> SchemeChange:
    return replace(change, scheme=replace(change.scheme, choices=tuple(choices)))


def _edit(change: SchemeChange, value: str, edit: Callable[[Choice], Choice]) -> SchemeChange:
    return _with(change, [edit(choice) if choice.value == value else choice for choice in change.scheme.choices])


def _moved(change: SchemeChange, value: str, new: str) -> SchemeChange:
    """A choice and what is below it under a new value, in place, with the answers."""
    choices = []
    for choice in change.scheme.choices:
        if _within(change, choice.value, value):
            target = new + choice.value[len(value) :]
            change = _carried(change, choice.value, target)
            choice = replace(choice, value=target)
        choices.append(choice)
    return _with(change, choices)


def _carried(change: SchemeChange, value: str, new: str) -> SchemeChange:
    """Answers that are `value` at this point of the change go on to `new`."""
    moved = {old: new if now == value else now for old, now in change.moved.items()}
    if value in change.known and value not in change.moved:
        moved[value] = new
    return replace(change, moved={old: now for old, now in moved.items() if old != now})


def _origins(change: SchemeChange, value: str) -> list[str]:
    """The old values whose answers are `value` at this point of the change."""
    origins = [old for old, now in change.moved.items() if now == value]
    return [value, *origins] if value in change.known and value not in change.moved else origins


def _tree(change: SchemeChange) -> bool:
    return change.scheme.kind == "hierarchical"


def _within(change: SchemeChange, value: str, above: str) -> bool:
    """Whether a choice is that one, or below it in a tree."""
    return value == above or (_tree(change) and _inside(value, above))


def _inside(value: str, above: str) -> bool:
    return value.startswith(f"{above}/")


def _found(change: SchemeChange, value: str) -> Choice:
    for choice in change.scheme.choices:
        if choice.value == value:
            return choice
    raise InvalidInput(f"{change.scheme.name} has no choice {value!r}", hint="look at its choices first")


def _refuse_taken(change: SchemeChange, value: str) -> None:
    for choice in change.scheme.choices:
        if choice.value == value:
            if choice.retired:
                raise InvalidInput(
                    f"{change.scheme.name} has the choice {value!r} already, retired",
                    hint="bring it back, or take another name",
                )
            raise InvalidInput(
                f"{change.scheme.name} has the choice {value!r} already", hint="merge the two, or take another name"
            )


def _place(choices: Sequence[Choice], value: str) -> int:
    return next(at for at, choice in enumerate(choices) if choice.value == value)


def _end_of(change: SchemeChange, choices: Sequence[Choice], value: str) -> int:
    """The place after a choice and everything below it; the end when it is not there."""
    places = [at for at, choice in enumerate(choices) if _within(change, choice.value, value)]
    return places[-1] + 1 if places else len(choices)


def _cut(change: SchemeChange, value: str) -> tuple[list[Choice], list[Choice]]:
    """The choices without one and everything below it, and those."""
    branch = [choice for choice in change.scheme.choices if _within(change, choice.value, value)]
    return [choice for choice in change.scheme.choices if choice not in branch], branch
