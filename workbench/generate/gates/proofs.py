"""Gates on facts, rules and proofs: what is said to follow does, and a rule rests on its passage."""

from __future__ import annotations

from workbench.errors import InvalidInput
from workbench.generate.candidate import Candidate
from workbench.generate.gates.grounding import grounded_share
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample
from workbench.proof import broken_proofs, carries_proof, closure, read_facts, read_rules

SUPPORTED = 0.4
"""Share of a rule's words that its passage should have."""


@checks("proved")
def proved(parent: Sample, candidate: Candidate) -> Finding | None:
    """Read the text back and prove it again: every claim by one rule from what was said before it, and the verdict."""
    broken = next(broken_proofs(candidate.turns, candidate.language or "en"), None)
    if broken is not None:
        return Finding("proved", 0.0, "problem", broken[1], turn=broken[0].id)
    if not any(map(carries_proof, candidate.turns)):
        return Finding("proved", 0.0, "problem", message="it carries no proof")
    return None


@checks("follows")
def something_follows(parent: Sample, candidate: Candidate) -> Finding | None:
    """Facts and rules that can be read, and from which something follows: else there would be nothing to ask about."""
    texts = {turn.id: turn.content for turn in candidate.turns}
    try:
        found = closure(read_facts(texts["facts"]), read_rules(texts["rules"]))
    except InvalidInput as exc:
        return Finding("follows", 0.0, "problem", exc.message, turn="rules")
    if found:
        return None
    return Finding("follows", 0.0, "problem", "nothing follows from these facts and rules", turn="rules")


@checks("grounded")
def rules_supported(parent: Sample, candidate: Candidate) -> Finding | None:
    """A rule whose words its passage hardly has. Words are compared, not meaning: a person looks."""
    rules = next((turn.content for turn in candidate.turns if turn.id == "rules"), "").splitlines()
    for rule, source in zip(rules, candidate.meta.get("sources", ()), strict=False):
        share = grounded_share(rule, source) if source else 0.0
        if share < SUPPORTED:
            return Finding("grounded", share, "warning", f"its passage hardly says this: {rule}", turn="rules")
    return None
