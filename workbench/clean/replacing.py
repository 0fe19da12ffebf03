"""Find and replace in the words of a conversation: what is found where, and the conversation with it replaced.

A pattern gets a fraction of a second for each turn: one that would search for ever is refused instead. A text that
would be left empty is not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from workbench.errors import InvalidInput
from workbench.model import Sample, Turn

TURN_SECONDS = 0.5
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
# A word ends where no letter follows. Chinese is written without spaces, so its characters bound words like spaces do.
_LETTER = rf"(?:(?![{_CJK}])\w)"
_GROUP = regex.compile(r"\\(?:(\d+)|g<(\w+)>)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What to find and what to put there; no `roles` means every role.

    With `regex`, a backslash and a number (or ``g<name>``) in `by` stand for what a group of `find` found.
    """

    find: str
    by: str = ""
    whole_words: bool = False
    match_case: bool = False
    regex: bool = False
    roles: tuple[str, ...] = ()


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
        if not rule.find:
            raise InvalidInput("there is nothing to find", hint="type the words to look for")
        self.rule = rule
        self._seconds = turn_seconds
        self._pattern = _compiled(rule)
        self._by: Callable[[regex.Match[str]], str] = _expander(rule, self._pattern)

    def hits(self, sample: Sample) -> tuple[Hit, ...]:
        """Every place in a sample, in order."""
        return tuple(hit for turn in sample.turns if self._asked(turn) for hit in self._in(turn))

    def apply(self, sample: Sample) -> Replaced:
        """The sample with every place replaced; its turns keep their ids."""
        hits: list[Hit] = []
        emptied = []
        turns = []
        for turn in sample.turns:
            found = self._in(turn) if self._asked(turn) else ()
            text = replaced_text(turn.content, found)
            if found and not text.strip() and not turn.tool_calls:
                emptied.append(turn.id)
            elif text != turn.content:
                hits.extend(found)
                turn = replace(turn, content=text)
            turns.append(turn)
        return Replaced(replace(sample, turns=tuple(turns)), tuple(hits), tuple(emptied))

    def _asked(self, turn: Turn) -> bool:
        return not self.rule.roles or turn.role in self.rule.roles

    def _in(self, turn: Turn) -> tuple[Hit, ...]:
        try:
            found = self._pattern.finditer(turn.content, timeout=self._seconds)
            return tuple(Hit(turn.id, m.start(), m.end(), self._by(m)) for m in found if m.end() > m.start())
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


def _compiled(rule: Rule) -> regex.Pattern[str]:
    source = rule.find if rule.regex else regex.escape(rule.find, special_only=True)
    if rule.whole_words:
        source = rf"(?<!{_LETTER})(?:{source})(?!{_LETTER})" if rule.regex else _whole(rule.find, source)
    try:
        return regex.compile(source, regex.V0 | (0 if rule.match_case else regex.IGNORECASE))
    except regex.error as exc:
        raise InvalidInput(
            f"this pattern cannot be read: {exc}", hint="search for plain text, or correct the pattern"
        ) from exc


def _whole(find: str, source: str) -> str:
    """Bounded only where the words themselves begin and end with a letter."""
    letter = regex.compile(_LETTER)
    before = rf"(?<!{_LETTER})" if letter.match(find[0]) else ""
    after = rf"(?!{_LETTER})" if letter.match(find[-1]) else ""
    return f"{before}{source}{after}"


def _expander(rule: Rule, pattern: regex.Pattern[str]) -> Callable[[regex.Match[str]], str]:
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
