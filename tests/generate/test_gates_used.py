"""No gate is written for nothing: each one that is exported looks at the drafts of some recipe."""

from __future__ import annotations

from workbench.generate import gates
from workbench.generate.gates import VERIFIERS, gates_of
from workbench.generate.gates.base import ALWAYS
from workbench.generate.gates.named import name_of
from workbench.generate.recipes import BUILTIN

MADE = {"copied": "copied", "grounded": "grounded", "vocabulary": "vocabulary"}
"""Makers of gates and what the findings of these are called."""

CLAIMS_NOTHING = {"judge", "role_cards"}
"""Recipes whose model writes nothing that is said: an opinion, and cards, in which mistakes are planned."""


def test_every_exported_gate_looks_at_the_drafts_of_some_recipe():
    exported = {name: item for name in gates.__all__ if name_of(item := getattr(gates, name))}
    used = {*ALWAYS, *(gate for recipe in BUILTIN for gate in recipe.gates)}
    assert {name for name, gate in exported.items() if gate not in used} == set()
    assert MADE.keys() <= set(gates.__all__)
    assert set(MADE.values()) <= {name for recipe in BUILTIN for name in gates_of(recipe)}


def test_every_recipe_whose_model_writes_has_sums_units_dates_and_algebra_looked_at():
    writing = {recipe.name for recipe in BUILTIN if recipe.needs_model} - CLAIMS_NOTHING
    assert {recipe.name for recipe in BUILTIN if recipe.needs_model and set(VERIFIERS) <= set(recipe.gates)} >= writing
