"""What a model is asked about drafts, as recipes inside: not among those that people choose from."""

from __future__ import annotations

from workbench.generate.base import Recipe
from workbench.generate.comparing import COMPARE
from workbench.generate.judge import JUDGE
from workbench.generate.registry import RECIPES

JUDGES = {recipe.name: recipe for recipe in (JUDGE, COMPARE)}


def recipe_of_run(name: str) -> Recipe:
    """The recipe that a run of that name executes: one that people choose, or a judge. Raises `UnknownName`."""
    return JUDGES.get(name) or RECIPES.get(name)
