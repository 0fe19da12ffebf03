"""Gates on the form: roles, turns, length, and what must not be left of a prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workbench.generate.base import spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.model import ROLES, Finding, Sample, Turn
from workbench.text import percent

_MARKS = re.compile(r"<<<\s*(?:DATA|END)\b", re.IGNORECASE)
LONGER, SHORTER = 3.0, 0.25
"""A candidate's length against its parent's beyond which a person is told."""


@checks("well_formed")
def well_formed(parent: Sample, candidate: Candidate) -> Finding | None:
    """Known roles, distinct turn ids, no empty turn, nobody speaking twice where the parent's people took turns."""
    problem = next(_malformations(parent, candidate), None)
    return Finding("well_formed", 0.0, "problem", problem) if problem else None


@checks("prompt_leak")
def prompt_leak(parent: Sample, candidate: Candidate) -> Finding | None:
    """Marks of a prompt's data block in the text: the model repeated what it was given."""
    old = {turn.content for turn in parent.turns}
    for turn in candidate.turns:
        found = _MARKS.search(turn.content)
        if found and turn.content not in old:
            start, end = found.span()
            return Finding(
                "prompt_leak",
                0.0,
                "problem",
                "repeats the prompt",
                turn=turn.id,
                start=start,
                end=end,
                value=found.group(),
            )
    return None


@checks("length")
def length(parent: Sample, candidate: Candidate) -> Finding | None:
    """A candidate much longer or shorter than its parent.

    A branch, one that is not finished, one whose length was planned, and a card that nobody speaks are not measured.
    """
    if candidate.branch_at is not None or not parent.turns or candidate.meta.get("unfinished"):
        return None
    if candidate.meta.get("own_length") or not spoken(candidate.turns):
        return None
    old = sum(_weight(turn.content) for turn in parent.turns)
    new = sum(_weight(turn.content) for turn in candidate.turns)
    share = new / max(1, old)
    if SHORTER <= share <= LONGER:
        return None
    return Finding("length", min(share, 1 / max(share, 0.01)), "problem", f"{percent(share)} of the parent's length")


def _weight(text: str) -> int:
    """Letters; a Chinese character says as much as three."""
    return len(text) + 2 * sum(1 for letter in text if ord(letter) > 0x2E7F)


@checks("complete")
def complete(parent: Sample, candidate: Candidate) -> Finding | None:
    """An answer that reached its length limit before it ended."""
    if "length" not in candidate.meta.get("finish_reasons", ()):
        return None
    return Finding("complete", 0.5, "warning", "an answer was cut at its length limit")


def _malformations(parent: Sample, candidate: Candidate) -> Iterator[str]:
    if not candidate.turns:
        yield "there is no turn"
    ids = [turn.id for turn in candidate.turns]
    if len(set(ids)) < len(ids) or not all(ids):
        yield "turns lack an id of their own"
    as_before = {turn.id: turn for turn in parent.turns}
    for number, turn in enumerate(candidate.turns, start=1):
        if turn == as_before.get(turn.id):
            continue
        if turn.role not in ROLES:
            yield f"turn {number} has the role {turn.role!r}"
        if not turn.content.strip() and not turn.tool_calls:
            yield f"turn {number} is empty"
    if _repeats(candidate.turns) > _repeats(parent.turns):
        yield "one side speaks twice in a row"


def _repeats(turns: tuple[Turn, ...]) -> int:
    speakers = [turn.role for turn in turns if turn.role in {"user", "assistant"}]
    return sum(first == second for first, second in pairwise(speakers))
