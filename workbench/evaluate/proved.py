"""Proved answers that no longer prove: somebody edited the text, or it came in changed."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.evaluate.base import Check, Context
from workbench.model import Finding, Sample
from workbench.proof import broken_proofs


def measure_proof(sample: Sample, context: Context) -> Iterator[Finding]:
    """Read every answer that carries a proof back from its words and prove it again."""
    for turn, why in broken_proofs(sample.turns, sample.language or "en"):
        yield Finding("proof", 0.0, "problem", why, sample.id, turn=turn.id)


PROOF = Check(
    "proof",
    "Proofs",
    "Proves the answers that carry a proof again, from their words alone.",
    measure_proof,
)
