"""Gates on variants that are to fill a set: none like another one, and more of the rare kind found than by chance."""

from __future__ import annotations

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample
from workbench.text import percent

SURE = 0.05
"""Probability of as large a gain by chance, from which on a person is told."""


@checks("alike")
def no_copy(parent: Sample, candidate: Candidate) -> Finding | None:
    """A variant that is more like its event, or an earlier variant of it, than the cap allows."""
    fan = candidate.meta["fan"]
    if float(fan["nearest"]) < float(fan["cap"]):
        return None
    return Finding("alike", 1 - float(fan["nearest"]), "problem", f"{percent(fan['nearest'])} of it is in another one")


@checks("helps")
def surely_helps(parent: Sample, candidate: Candidate) -> Finding | None:
    """Variants that found more of so few real ones that it may be chance: a person should know."""
    proof = candidate.meta["upsample"]
    if float(proof.get("by_chance", 0.0)) <= SURE:
        return None
    of = proof["real"]["of"]
    new, old = (round(proof[name]["recall"] * of) for name in ("variants", "real"))
    message = f"real ones found, of {of}: {new} instead of {old}; that may be chance"
    return Finding("helps", 0.5, "warning", message)
