"""Changing a scheme that has answers: what a change would do, and doing it as one step of one author."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from workbench.errors import InvalidInput, StaleScheme, WorkbenchError
from workbench.label import SchemeChange, check_scheme
from workbench.model import SliceSpec, TagScheme, TagValue
from workbench.search.rewriting import asks_about, rewritten
from workbench.store.answers import AnswerCount
from workbench.store.base import Store
from workbench.store.carrying import Carried
from workbench.store.writer import Writer


@dataclass(frozen=True, slots=True)
class ValueImpact:
    """What becomes of one answer: how often it was given, by whom, and whether people look at it again.

    `answers` counts everybody's, machines included; `mine` only the asking author's own.
    """

    value: TagValue
    becomes: TagValue
    review: bool
    answers: int
    people: tuple[str, ...]
    mine: int


@dataclass(frozen=True, slots=True)
class SliceImpact:
    """A slice that asks about a value that changes, and its query afterwards (the same: it may find others)."""

    name: str
    query: str
    becomes: str


@dataclass(frozen=True, slots=True)
class SchemeImpact:
    """What a change of a scheme would do. Builds frozen before keep the answers and the version they have.

    `problem` says why it cannot be saved as it is; "" when it can.
    """

    values: tuple[ValueImpact, ...]
    carried: int
    waiting: int
    mine: int
    people: tuple[str, ...]
    samples: int
    slices: tuple[SliceImpact, ...]
    builds: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SchemeChanged:
    """A saved change: the scheme with its new version, and how many answers were carried over or wait for a look."""

    scheme: TagScheme
    carried: int
    waiting: int
    mine: int


def scheme_impact(store: Store, author: str, change: SchemeChange, *, reserved: Collection[str] = ()) -> SchemeImpact:
    """How many answers, people, samples, slices and builds a change touches; writes nothing."""
    name = change.scheme.name
    counts = store.answer_counts(name)
    values = tuple(item for item in _by_value(counts, author, change) if item.review or item.becomes != item.value)
    touched = [item.value for item in values]
    return SchemeImpact(
        values,
        carried=sum(item.answers for item in values if item.becomes != item.value),
        waiting=_waiting(counts, change),
        mine=sum(item.mine for item in values),
        people=tuple(sorted({person for item in values for person in item.people})),
        samples=store.samples_answered(name, touched),
        slices=tuple(_slices(store, change)),
        builds=tuple(sorted({frozen.name for frozen in store.frozen() if name in frozen.schemes})),
        problem=_problem(store, change, reserved),
    )


def change_scheme(store: Store, author: str, change: SchemeChange, *, reserved: Collection[str] = ()) -> SchemeChanged:
    """Save a change, carry the answers along and rewrite slices that ask for renamed values: one step.

    Raises `StaleScheme` when somebody saved the scheme since the change was begun: nothing is merged in silence.
    """
    check_scheme(change.scheme, reserved)
    name = change.scheme.name
    with store.write(author, _label(store, change)) as writer:
        _check_base(store, change)
        waiting = _waiting(counts := store.answer_counts(name), change)
        saved = writer.save_scheme(change.scheme, moved=change.moved, review=change.review)
        writer.carry_answers(name, lambda value: Carried(*change.becomes(value)))
        _rewrite_slices(store, writer, change)
    impacts = _by_value(counts, author, change)
    carried = sum(item.answers for item in impacts if item.becomes != item.value)
    return SchemeChanged(saved, carried, waiting, sum(item.mine for item in impacts if item.review))


def _problem(store: Store, change: SchemeChange, reserved: Collection[str]) -> str:
    try:
        check_scheme(change.scheme, reserved)
        _check_base(store, change)
    except WorkbenchError as exc:
        return str(exc)
    return ""


def _label(store: Store, change: SchemeChange) -> str:
    known = any(scheme.name == change.scheme.name for scheme in store.schemes())
    return f"{'change' if known else 'new'} question {change.scheme.name}"


def _check_base(store: Store, change: SchemeChange) -> None:
    """Inside the transaction, so that nobody can save in between."""
    scheme = change.scheme
    current = next((known for known in store.schemes() if known.name == scheme.name), None)
    if current is None:
        return
    if scheme.version == 0:
        raise InvalidInput(f"there is a question {scheme.name!r} already", hint="change that one, or take another name")
    if current.version != scheme.version:
        saved = store.scheme_versions(scheme.name)[-1]
        raise StaleScheme(scheme.name, base=scheme.version, current=current.version, who=saved.author)
    if current.kind != scheme.kind and store.answer_counts(scheme.name):
        raise InvalidInput(
            f"{scheme.name} has answers as {current.kind}: it cannot become {scheme.kind}",
            hint="add a scheme of another name",
        )


def _by_value(counts: list[AnswerCount], author: str, change: SchemeChange) -> list[ValueImpact]:
    found: dict[TagValue, ValueImpact] = {}
    for count in counts:
        becomes, review = change.becomes(count.value)
        item = found.get(count.value) or ValueImpact(count.value, becomes, review, 0, (), 0)
        people = item.people if count.machine else (*item.people, count.author)
        mine = count.answers if count.author == author and not count.machine else 0
        found[count.value] = replace(item, answers=item.answers + count.answers, people=people, mine=item.mine + mine)
    return sorted(found.values(), key=lambda item: -item.answers)


def _waiting(counts: list[AnswerCount], change: SchemeChange) -> int:
    return sum(count.answers for count in counts if not count.machine and change.becomes(count.value)[1])


def _slices(store: Store, change: SchemeChange) -> list[SliceImpact]:
    scheme = _before(store, change)
    values = {*change.moved, *change.review}
    specs = [spec for spec in store.slices() if asks_about(spec.query, scheme, values)]
    return [SliceImpact(spec.name, spec.query, _rewritten(spec, scheme, change)) for spec in specs]


def _rewrite_slices(store: Store, writer: Writer, change: SchemeChange) -> None:
    for spec in store.slices():
        query = _rewritten(spec, change.scheme, change)
        if query != spec.query:
            writer.save_slice(replace(spec, query=query))


def _rewritten(spec: SliceSpec, scheme: TagScheme, change: SchemeChange) -> str:
    return rewritten(spec.query, scheme, change.moved)


def _before(store: Store, change: SchemeChange) -> TagScheme:
    return next((known for known in store.schemes() if known.name == change.scheme.name), change.scheme)
