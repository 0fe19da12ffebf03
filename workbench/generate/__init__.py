"""Recipes: ways to make drafts from samples."""

from workbench.generate.base import (
    ByTurns,
    Gate,
    Make,
    Needs,
    NoParams,
    Recipe,
    Said,
)
from workbench.generate.candidate import Candidate
from workbench.generate.figures import Figure, Made
from workbench.generate.gates import about, checks, gates_of, look_at, speaks_against
from workbench.generate.material import Blank, Material, SampleSet, Start
from workbench.generate.params import named_models, parameter_form, params_record, read_params
from workbench.generate.registry import RECIPES, register
from workbench.generate.then import Then

__all__ = [
    "RECIPES",
    "Blank",
    "ByTurns",
    "Candidate",
    "Figure",
    "Gate",
    "Made",
    "Make",
    "Material",
    "Needs",
    "NoParams",
    "Recipe",
    "Said",
    "SampleSet",
    "Start",
    "Then",
    "about",
    "checks",
    "gates_of",
    "look_at",
    "named_models",
    "parameter_form",
    "params_record",
    "read_params",
    "register",
    "speaks_against",
]
