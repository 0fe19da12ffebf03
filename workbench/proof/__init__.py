"""Problems with proved answers: what follows from facts and rules, how it is said, and how a text is proved again."""

from workbench.proof.engine import (
    Rule,
    Step,
    checked,
    closure,
    follows,
    minimal_premises,
    proof,
    read_facts,
    read_rule,
    read_rules,
)
from workbench.proof.problems import Problem, posed
from workbench.proof.reading import Said, broken_proofs, carries_proof, read_back, unproved
from workbench.proof.wording import WORDINGS, Wording, rule_sentence

__all__ = [
    "WORDINGS",
    "Problem",
    "Rule",
    "Said",
    "Step",
    "Wording",
    "broken_proofs",
    "carries_proof",
    "checked",
    "closure",
    "follows",
    "minimal_premises",
    "posed",
    "proof",
    "read_back",
    "read_facts",
    "read_rule",
    "read_rules",
    "rule_sentence",
    "unproved",
]
