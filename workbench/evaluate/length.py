"""Lengths that stand out: empty turns, one-sided conversations, turns as long as a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.text import tokens

LONG_TURN = 300
"""Words (characters in Chinese) from which a turn is called long for a conversation."""

FEW_TURNS = 2
_VISIBLE = re.compile("[^\\s\\u200b-\\u200f\\u2060\\ufeff\\u00ad\\x00-\\x1f\\x7f]")


def measure_length(sample: Sample, context: Context) -> Iterator[Finding]:
    """Empty turns (problem), turns over `LONG_TURN` words and conversations under two turns (warnings)."""
    if len(sample.turns) < FEW_TURNS:
        yield Finding("length", 0.5, "warning", "only one turn: nobody answers", sample.id)
    for turn in sample.turns:
        if not _VISIBLE.search(turn.content) and not turn.tool_calls:
            yield Finding("length", 0.0, "problem", "an empty turn", sample.id, turn.id)
            continue
        words = len(tokens(turn.content))
        if words > LONG_TURN:
            message = f"{words} words in one turn; people rarely say more than {LONG_TURN} at once"
            yield Finding("length", LONG_TURN / words, "warning", message, sample.id, turn.id, value=str(words))


LENGTH = Check(
    "length",
    "Length",
    "Finds empty turns, conversations in which nobody answers, and turns far longer than people talk.",
    measure_length,
)
