"""The order of roles that chat training formats expect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample, Turn


def measure_roles(sample: Sample, context: Context) -> Iterator[Finding]:
    """Same speaker twice in a row, a system turn that is not first, a tool answer nobody asked for, a late start."""
    spoken = [turn for turn in sample.turns if turn.role != "system"]
    for turn in sample.turns[1:]:
        if turn.role == "system":
            yield _finding(sample, turn, "a system turn in the middle of the conversation")
    if spoken and spoken[0].role != "user":
        yield _finding(sample, spoken[0], f"begins with the {spoken[0].role}, not with the user", score=0.7)
    for before, turn in pairwise(spoken):
        if turn.role == "tool":
            if not (before.tool_calls or before.role == "tool"):
                yield _finding(sample, turn, "a tool answers although nothing was called")
        elif turn.role == before.role:
            yield _finding(sample, turn, f"two {turn.role} turns in a row", score=0.7)
        elif before.role == "tool" and turn.role == "user":
            yield _finding(sample, turn, "the user speaks before the assistant used the tool's answer", score=0.7)


def _finding(sample: Sample, turn: Turn, message: str, *, score: float = 0.3) -> Finding:
    return Finding("role-order", score, "warning", message, sample.id, turn.id, value=turn.role)


ROLE_ORDER = Check(
    "role-order",
    "Order of roles",
    "Finds what chat formats cannot take: the same speaker twice in a row, late system turns, stray tool answers.",
    measure_roles,
)
