"""Code that nobody vouches for: screened, run in a process with limits, and changed to see whether its tests notice."""

from workbench.sandbox.likeness import Near, nearest
from workbench.sandbox.mutants import Mutant, mutants
from workbench.sandbox.outcome import Limits, Outcome
from workbench.sandbox.screen import MODULES, objection
from workbench.sandbox.trial import run_tests
from workbench.sandbox.verdict import Verdict, code_blocks, judge

__all__ = [
    "MODULES",
    "Limits",
    "Mutant",
    "Near",
    "Outcome",
    "Verdict",
    "code_blocks",
    "judge",
    "mutants",
    "nearest",
    "objection",
    "run_tests",
]
