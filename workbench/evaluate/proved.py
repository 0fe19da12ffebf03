"""Proved answers that no longer prove: somebody edited the text, or it came in changed."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.proof import unproved


def measure_proof(sample: Sample, context: Context) -> Iterator[Finding]:
    """Read every answer that carries a proof back from its words and prove it again."""
    for before, turn in zip(sample.turns, sample.turns[1:], strict=False):
        if "proof" not in turn.extra:
            continue
        why = unproved(before.content, turn.content, sample.language or "en")
        if why:
            yield Finding("proof", 0.0, "problem", why, sample.id, turn=turn.id)


PROOF = Check(
    "proof",
    "Proofs",
    "Proves the answers that carry a proof again, from their words alone.",
    measure_proof,
)
