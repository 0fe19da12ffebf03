"""Canaries: conversations of known worth that a judge is asked about unmarked, among the drafts.

A good one is left as it is. In a bad one exactly one thing is spoiled, in a way a careful reader sees: answers that
changed places, a number that contradicts what was said before, an answer that belongs to another conversation. Nothing
of it is ever shown as a draft.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.model import Turn

GOOD = "good"
PLANTED = ("turns", "number", "answer")
"""What is spoiled: the order of answers, a number that was said twice, the last answer."""

_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?![\d.,]?\d)")


def canary(kind: str, turns: Sequence[Turn], other: Sequence[Turn], rng: random.Random) -> tuple[Turn, ...] | None:
    """The conversation with the mistake of that kind; None where it does not lend itself to it.

    `other` is a conversation about something else, for an answer that belongs elsewhere.
    """
    if kind == GOOD:
        return tuple(turns)
    return {"turns": _swapped, "number": _contradicted, "answer": _strange}[kind](tuple(turns), tuple(other), rng)


def _swapped(turns: tuple[Turn, ...], other: tuple[Turn, ...], rng: random.Random) -> tuple[Turn, ...] | None:
    """Two answers change places."""
    places = _answers(turns)
    pairs = [(a, b) for a in places for b in places if a < b and turns[a].content != turns[b].content]
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    return _with(_with(turns, one, turns[two].content), two, turns[one].content)


def _contradicted(turns: tuple[Turn, ...], other: tuple[Turn, ...], rng: random.Random) -> tuple[Turn, ...] | None:
    """A number of an answer that was said before is another one."""
    for place in reversed(_answers(turns)):
        before = " ".join(turn.content for turn in turns[:place])
        said = set(_NUMBER.findall(before))
        known = [match for match in _NUMBER.finditer(turns[place].content) if match.group() in said]
        if known:
            match = rng.choice(known)
            wrong = str(int(match.group()) * 2 + rng.randint(3, 9))
            text = turns[place].content
            return _with(turns, place, text[: match.start()] + wrong + text[match.end() :])
    return None


def _strange(turns: tuple[Turn, ...], other: tuple[Turn, ...], rng: random.Random) -> tuple[Turn, ...] | None:
    """The last answer is one of another conversation."""
    places = _answers(turns)
    foreign = [other[place].content for place in _answers(other)]
    known = {turn.content for turn in turns}
    foreign = [text for text in foreign if text not in known]
    if not places or not foreign:
        return None
    return _with(turns, places[-1], rng.choice(foreign))


def _answers(turns: Sequence[Turn]) -> list[int]:
    """Places of what is said to a user: an opening of the assistant answers nothing."""
    said = [turn.role if turn.content.strip() else "" for turn in turns]
    return [place for place, role in enumerate(said) if role == "assistant" and "user" in said[:place]]


def _with(turns: tuple[Turn, ...], place: int, text: str) -> tuple[Turn, ...]:
    return (*turns[:place], replace(turns[place], content=text), *turns[place + 1 :])
