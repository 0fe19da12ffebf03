"""Variants that hardly vary: how much of a generated sample was copied from its parents."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.text import percent, tokens

GRAM = 8
"""Word sequences of this length shared with a parent count as copied (8-gram share, as in decontamination work)."""

COPIED_SHARE = 0.5


def copied_share(words: list[str], parent: list[str], gram: int = GRAM) -> float:
    """Share (0 to 1) of the `gram`-word sequences of `words` that also stand in `parent`."""
    own = _grams(words, gram)
    known = set(_grams(parent, gram))
    return sum(item in known for item in own) / len(own) if own else 0.0


def measure_copy(sample: Sample, context: Context) -> Iterator[Finding]:
    """The largest copied share over all parents: a warning from one half on, a problem when it is everything."""
    words = tokens(sample.text)
    for parent in context.parents:
        other = tokens(parent.text)
        if words == other:
            yield Finding("copy", 0.0, "problem", f"word for word the same as its parent {parent.id}", sample.id)
            continue
        share = copied_share(words, other)
        if share >= COPIED_SHARE:
            message = f"{percent(share)} of its {GRAM}-word sequences are copied from its parent {parent.id}"
            yield Finding("copy", 1 - share, "warning", message, sample.id, value=f"{share:.2f}")


def _grams(words: list[str], gram: int) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + gram]) for place in range(len(words) - gram + 1)]


COPY = Check(
    "copy",
    "Copy of the parent",
    "Finds generated conversations that repeat their parent instead of varying it.",
    measure_copy,
)
