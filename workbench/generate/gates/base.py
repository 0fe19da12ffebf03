"""Which gates a candidate goes through, and what of it is new."""

from __future__ import annotations

from workbench.generate.base import Gate, Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.gates.copying import copy_of_parent
from workbench.generate.gates.form import length, prompt_leak, well_formed
from workbench.generate.gates.named import name_of
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample

__all__ = ["gates_of", "look_at", "new_turns", "speaks_against"]

ALWAYS: tuple[Gate, ...] = (well_formed, copy_of_parent, prompt_leak, length)
"""What every candidate is looked at by, before the gates of its recipe."""


def look_at(recipe: Recipe, parent: Sample, candidate: Candidate) -> tuple[Finding, ...]:
    """The findings of all gates, those of the recipe last."""
    return tuple(finding for gate in (*ALWAYS, *recipe.gates) if (finding := gate(parent, candidate)))


def speaks_against(findings: tuple[Finding, ...]) -> bool:
    """Whether a finding is a problem, so that the draft goes aside."""
    return any(finding.severity == "problem" for finding in findings)


def gates_of(recipe: Recipe) -> tuple[str, ...]:
    """The names of the gates a candidate goes through, each once; one without a name is left out."""
    return tuple(dict.fromkeys(filter(None, map(name_of, (*ALWAYS, *recipe.gates)))))
