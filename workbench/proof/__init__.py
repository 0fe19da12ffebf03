"""Problems with proved answers: what follows from facts and rules, how it is said, and how a text is proved again."""

from workbench.proof.engine import (
    Rule,
    Step,
    checks,
    closure,
    follows,
    minimal_premises,
    proof,
    read_facts,
    read_rule,
    read_rules,
)
from workbench.proof.wording import WORDINGS, Said, Wording, read_back, unproved

__all__ = [
    "WORDINGS",
    "Rule",
    "Said",
    "Step",
    "Wording",
    "checks",
    "closure",
    "follows",
    "minimal_premises",
    "proof",
    "read_back",
    "read_facts",
    "read_rule",
    "read_rules",
    "unproved",
]
