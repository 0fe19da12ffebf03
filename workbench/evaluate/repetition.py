"""Repetition inside a conversation: a machine's commonest tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.text import percent, tokens

GRAM = 4
"""Length of the word sequences that are counted."""

REPEATED_SHARE = 0.25
"""From this share of repeated 4-word sequences on, a conversation is called repetitive."""

_SHORT = 5  # words: "Yes, please." may come twice


def repeated_share(words: list[str], gram: int = GRAM) -> float:
    """Share (0 to 1) of `gram`-word sequences that occurred before in the same text."""
    grams = [tuple(words[place : place + gram]) for place in range(len(words) - gram + 1)]
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


def measure_repetition(sample: Sample, context: Context) -> Iterator[Finding]:
    """Turns that come again word for word, and a high share of repeated word sequences over all turns."""
    seen: Counter[tuple[str, ...]] = Counter()
    for turn in sample.turns:
        words = tuple(tokens(turn.content))
        if len(words) > _SHORT and seen[words]:
            yield Finding("repetition", 0.0, "problem", "says the same as an earlier turn", sample.id, turn.id)
        seen[words] += 1
    share = repeated_share(tokens(sample.text))
    if share >= REPEATED_SHARE:
        message = f"{percent(share)} of the {GRAM}-word sequences are repetitions"
        yield Finding("repetition", 1 - share, "warning", message, sample.id, value=f"{share:.2f}")


REPETITION = Check(
    "repetition",
    "Repetition",
    "Finds turns that come again word for word and conversations that go round in circles.",
    measure_repetition,
)
