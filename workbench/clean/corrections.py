"""From an edit to rules: what a person corrected in one conversation, as rules that find the same in others.

An edit is cut into its corrections: stretches that were changed, with what stands between two of them taken along when
it is only a word or two. Each correction gives rules from narrow (with the words around it) to wide (as little as can
be told from other text). A number or a name is a slot in the wider ones; what was left out at the start of a turn is
looked for there. One short word alone finds something nearly everywhere by accident and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from workbench.clean.replacing import Place, Replacing, Rule
from workbench.clean.slots import CJK, without_slots
from workbench.clean.spans import Span, changed_spans, generalised, words_after, words_before
from workbench.errors import InvalidInput
from workbench.model import Turn
from workbench.text import tokens

SHORT = 3
"""Letters up to which a word alone is too short to be looked for everywhere."""

COMMON = 5
"""Letters up to which a word alone is refused when it stands in most turns, of at least `ENOUGH`."""

ENOUGH = 20

NEAR = (3, 1)
"""Words on each side of a correction that its narrower rules take along."""

LEAST_COMMON = 0.3
"""Share of a turn's text (of the shorter one's) that has to have stayed: else it was written anew, and only all that it
said can be looked for."""

LONGEST = 400
"""Characters up to which all that a turn says is a rule: longer ones do not come twice."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One corrected place of an edit: in which turn, what was there, what is there, and its rules, narrow to wide.

    `best` is the place in `rules` of the widest one that does not find other things by accident.
    """

    turn: str
    role: str
    removed: str
    added: str
    rules: tuple[Rule, ...]
    best: int

    @property
    def rule(self) -> Rule:
        """The rule to begin with."""
        return self.rules[self.best]


def corrections(before: Sequence[Turn], after: Sequence[Turn]) -> tuple[Correction, ...]:
    """The corrections of an edit, in order, each once.

    Turns that were added, left out or given to another role are none: they are about this conversation alone.
    """
    old = {turn.id: turn for turn in before}
    found: dict[Rule, Correction] = {}
    for turn in after:
        was = old.get(turn.id)
        if was is not None and was.role == turn.role and was.content != turn.content:
            for one in _of_turn(was, turn):
                found.setdefault(one.rule, one)
    return tuple(found.values())


def too_wide(rule: Rule) -> bool:
    """Whether a rule would find nearly everything by accident: one short word, or none at all."""
    if rule.regex or rule.at == "whole" or not rule.find:
        return False
    words = _words(rule)
    short = 1 if words and _is_cjk(words[0]) else SHORT
    return not words or (len(words) == 1 and len(words[0]) <= short and not rule.at)


def check_width(rule: Rule) -> None:
    """Raise `InvalidInput` for a rule that cannot be used, or that would find nearly everything by accident."""
    Replacing(rule)
    if too_wide(rule):
        raise InvalidInput(
            f"“{rule.find}” alone would be found nearly everywhere", hint="write the words beside it, too"
        )


def check_common(rule: Rule, found: int, read: int) -> None:
    """Raise `InvalidInput` for a short word that was found in most of the turns that were `read`."""
    words = _words(rule)
    alone = rule.regex or (len(words) == 1 and len(words[0]) <= COMMON)
    if rule.find and not rule.at and alone and read >= ENOUGH and found * 2 > read:
        raise InvalidInput(
            f"“{rule.find}” is found in {found} of {read} turns: that is no longer the same change",
            hint="write the words beside it, too",
        )


def in_words(rule: Rule) -> str:
    """What a rule does, as a sentence for people."""
    who = f"in {' and '.join(rule.roles)} turns" if rule.roles else "in every turn"
    where = {"": "", "start": " at the start", "end": " at the end", "whole": " that say only this"}[rule.at]
    if not rule.find:
        return f"{who}{where}: add {_quoted(rule.by)}"
    if not rule.by:
        return f"{who}{where}: leave out {_quoted(rule.find)}"
    return f"{who}{where}: {_quoted(rule.find)} becomes {_quoted(rule.by)}"


class _Plan(NamedTuple):
    find: str
    by: str
    at: Place = ""


def _of_turn(was: Turn, now: Turn) -> Iterator[Correction]:
    spans = changed_spans(was.content, now.content)
    stayed = len(was.content) - sum(span.end - span.start for span in spans)
    anew = any(span.removed.strip() and span.added.strip() for span in spans)
    if anew and stayed < LEAST_COMMON * min(len(was.content), len(now.content)):
        old, new = was.content.strip(), now.content.strip()
        if old and new and len(old) <= LONGEST:
            yield _correction(was, Span(0, len(was.content), old, new), [_Plan(old, new, "whole")])
        return
    for span in spans:
        found = _correction(was, span, list(_plans(was.content, span)))
        if found.rules:
            yield found


def _correction(was: Turn, span: Span, plans: Sequence[_Plan]) -> Correction:
    rules = [
        Rule(find, by, whole_words=True, match_case=True, roles=(was.role,), slots=True, at=plan.at, once=True)
        for plan in plans
        for find, by in ((plan.find, plan.by), generalised(plan.find, plan.by))
    ]
    rules = [rule for rule in dict.fromkeys(rules) if not too_wide(rule) and Replacing(rule).turns([was])[1]]
    bound = any(rule.at for rule in rules) and _left_out(span)
    good = [place for place, rule in enumerate(rules) if rule.find and (rule.at or not bound)]
    return Correction(was.id, was.role, span.removed, span.added, tuple(rules), good[-1] if good else 0)


def _left_out(span: Span) -> bool:
    """Whether words were left out or added, at most with a capital for the next one; not put in the place of others."""
    removed, added = span.removed.strip().casefold(), span.added.strip().casefold()
    return removed.endswith(added) or added.startswith(removed)


def _plans(text: str, span: Span) -> Iterator[_Plan]:
    """What to find and what to put there, narrow to wide; what stands at an edge of the turn is looked for there."""
    at: Place = "start" if not text[: span.start].strip() else "end" if not text[span.end :].strip() else ""
    for near in NEAR:
        left, right = words_before(text, span.start, near), words_after(text, span.end, near)
        if left.strip() or right.strip():
            yield _Plan(f"{left}{span.removed}{right}", f"{left}{span.added}{right}", at)
    if span.removed.strip():
        yield _Plan(span.removed, span.added, at)
        if at:
            yield _Plan(span.removed, span.added)
    elif at and span.added.strip():
        yield _Plan("", span.added, at)


def _words(rule: Rule) -> list[str]:
    return tokens(without_slots(rule.find) if rule.slots else rule.find)


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"


def _is_cjk(word: str) -> bool:
    return regex.fullmatch(rf"[{CJK}]", word) is not None
