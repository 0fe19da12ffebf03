"""Variants that hardly vary: how much of a generated sample was copied from its parents."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.text import GRAM, copied_share, percent, tokens

COPIED_SHARE = 0.5


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


COPY = Check(
    "copy",
    "Copy of the parent",
    "Finds generated conversations that repeat their parent instead of varying it.",
    measure_copy,
)
