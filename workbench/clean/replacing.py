"""Find and replace in the words of a conversation: what is found where, and the conversation with it replaced.

A pattern gets a fraction of a second for each turn: one that would search for ever is refused instead. A text that
would be left empty is not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

import regex

from workbench.clean.slots import LETTER, check_filled, filled, pattern_of
from workbench.errors import InvalidInput
from workbench.model import Sample, Turn

TURN_SECONDS = 0.5
Place = Literal["", "start", "end", "whole"]
"""Where in a turn something is looked for: anywhere, at its start, at its end, or as all that it says."""
_GROUP = regex.compile(r"\\(?:(\d+)|g<(\w+)>)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What to find and what to put there; no `roles` means every role.

    With `regex`, a backslash and a number (or ``g<name>``) in `by` stand for what a group of `find` found. With `slots`
    both texts may name slots (`clean.slots`). With nothing to find, `by` is added where `at` says. With `once`, a
    place that reads already as it would afterwards is left alone.
    """

    find: str
    by: str = ""
    whole_words: bool = False
    match_case: bool = False
    regex: bool = False
    roles: tuple[str, ...] = ()
    slots: bool = False
    at: Place = ""
    once: bool = False


class Hit(NamedTuple):
    """One place: characters `start` to `end` of the turn with that id, and what comes there."""

    turn: str
    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a rule does to one sample; `emptied` are turns that it would leave without a word, and so leaves alone."""

    sample: Sample
    hits: tuple[Hit, ...]
    emptied: tuple[str, ...] = ()


class Replacing:
    """A rule, ready to be used on any number of samples.

    Raises `InvalidInput` for a rule that cannot be read, and from its methods for a pattern that takes too long.
    """

    def __init__(self, rule: Rule, *, turn_seconds: float = TURN_SECONDS) -> None:
        if rule.at not in get_args(Place):
            raise InvalidInput(f"{rule.at!r} is no place in a turn", hint="say start, end, whole, or nothing")
        if not rule.find and not (rule.by and rule.at in {"start", "end"}):
            raise InvalidInput("there is nothing to find", hint="type the words to look for")
        self.rule = rule
        self._seconds = turn_seconds
        self._adds = not rule.find
        self._pattern = _compiled(rule)
        self._by: Callable[[regex.Match[str]], str] = _expander(rule, self._pattern)

    def hits(self, sample: Sample) -> tuple[Hit, ...]:
        """Every place in a sample, in order."""
        return tuple(hit for turn in sample.turns if self._asked(turn) for hit in self._in(turn))

    def apply(self, sample: Sample) -> Replaced:
        """The sample with every place replaced; its turns keep their ids."""
        turns, hits, emptied = self.turns(sample.turns)
        return Replaced(replace(sample, turns=turns), hits, emptied)

    def turns(self, before: Sequence[Turn]) -> tuple[tuple[Turn, ...], tuple[Hit, ...], tuple[str, ...]]:
        """The same for turns alone: as they are then, the places, and the ids of those that would be emptied."""
        hits: list[Hit] = []
        emptied = []
        turns = []
        for turn in before:
            found = self._in(turn) if self._asked(turn) else ()
            text = replaced_text(turn.content, found)
            if found and not text.strip() and not turn.tool_calls:
                emptied.append(turn.id)
            elif text != turn.content:
                hits.extend(found)
                turn = replace(turn, content=text)
            turns.append(turn)
        return tuple(turns), tuple(hits), tuple(emptied)

    def _asked(self, turn: Turn) -> bool:
        return not self.rule.roles or turn.role in self.rule.roles

    def _in(self, turn: Turn) -> tuple[Hit, ...]:
        try:
            found = self._pattern.finditer(turn.content, timeout=self._seconds)
            hits = (Hit(turn.id, m.start(), m.end(), self._by(m)) for m in found if m.end() > m.start() or self._adds)
            return tuple(hit for hit in hits if not (self.rule.once and _there(turn.content, hit)))
        except TimeoutError as exc:
            raise InvalidInput(
                f"this pattern takes more than {self._seconds:g} s for one turn",
                hint="make it simpler: avoid one repetition inside another",
            ) from exc


def replaced_text(text: str, hits: Collection[Hit]) -> str:
    """A turn's text with the places of `hits` (in order) replaced."""
    parts = []
    at = 0
    for hit in hits:
        parts += [text[at : hit.start], hit.by]
        at = hit.end
    return "".join([*parts, text[at:]])


def _there(text: str, hit: Hit) -> bool:
    """Whether what was found is already part of what would come there: "next Monday" where Monday becomes that."""
    found = text[hit.start : hit.end]
    at = hit.by.find(found)
    while at >= 0:
        begin = hit.start - at
        if begin >= 0 and hit.by and text.startswith(hit.by, begin):
            return True
        at = hit.by.find(found, at + 1) if found else (len(hit.by) if at == 0 else -1)
    return False


def _compiled(rule: Rule) -> regex.Pattern[str]:
    plain = pattern_of(rule.find) if rule.slots else regex.escape(rule.find, special_only=True)
    source = rule.find if rule.regex else plain
    if rule.whole_words and rule.find:
        source = rf"(?<!{LETTER})(?:{source})(?!{LETTER})" if rule.regex else _whole(rule, source)
    source = _placed(source, rule.at)
    try:
        return regex.compile(source, regex.V0 | (0 if rule.match_case else regex.IGNORECASE))
    except regex.error as exc:
        raise InvalidInput(
            f"this pattern cannot be read: {exc}", hint="search for plain text, or correct the pattern"
        ) from exc


def _whole(rule: Rule, source: str) -> str:
    """Bounded only where the words themselves begin and end with a letter (or a slot, that stands for some)."""
    letter = regex.compile(rf"{LETTER}|[{{}}]" if rule.slots else LETTER)
    before = rf"(?<!{LETTER})" if letter.match(rule.find[0]) else ""
    after = rf"(?!{LETTER})" if letter.match(rule.find[-1]) else ""
    return f"{before}{source}{after}"


def _placed(source: str, at: Place) -> str:
    """The pattern bound to a place; white space before and after what a turn says does not count."""
    if not source:
        return r"(?<=\A\s*)(?=\S)" if at == "start" else r"(?<=\S)(?=\s*\Z)"
    before = r"(?<=\A\s*)" if at in {"start", "whole"} else ""
    after = r"(?=\s*\Z)" if at in {"end", "whole"} else ""
    return f"{before}(?:{source}){after}" if at else source


def _expander(rule: Rule, pattern: regex.Pattern[str]) -> Callable[[regex.Match[str]], str]:
    if rule.slots and not rule.regex:
        check_filled(rule.by, pattern)
        return lambda match: filled(rule.by, match)
    if not rule.regex:
        return lambda _match: rule.by
    for number, name in _GROUP.findall(rule.by):
        if (number and int(number) > pattern.groups) or (name and not _known(name, pattern)):
            raise InvalidInput(
                f"the replacement names group {number or name}, which the pattern does not have",
                hint="a group is written in round brackets",
            )
    # Only groups are special: a backslash before anything else is that backslash.
    return lambda match: _GROUP.sub(
        lambda group: match.group(int(group[1]) if group[1] else _key(group[2])) or "", rule.by
    )


def _known(name: str, pattern: regex.Pattern[str]) -> bool:
    return int(name) <= pattern.groups if name.isdigit() else name in pattern.groupindex


def _key(name: str) -> int | str:
    return int(name) if name.isdigit() else name
