"""Gates on a conversation that was written from a card: its fields can be read in the text, and its facts are said."""

from __future__ import annotations

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.values import lost_values
from workbench.model import Finding, Sample, Severity


@checks("card")
def card_recovered(parent: Sample, candidate: Candidate) -> Finding | None:
    """A field that a reader does not find in the text as the card has it. A model's word is advice: a person looks."""
    found = candidate.meta.get("read_back")
    if found is None:
        return None
    card = candidate.meta["card"]
    if not found:
        return Finding("card", 0.5, "warning", "the card could not be read back")
    other = [f"{name}: “{card[name]}” → “{value}”" for name, value in found.items() if value != card[name]]
    message = f"a reader finds other values than the card has: {', '.join(other[:3])}"
    return Finding("card", 0.5, "warning", message) if other else None


@checks("facts")
def facts_said(parent: Sample, candidate: Candidate) -> Finding | None:
    """A number, code or name of the card's facts that nobody says.

    One may be there in words, so a person looks; where none is said at all the card does not hold.
    """
    facts = candidate.meta["facts"]
    lost = lost_values(facts, "\n".join(turn.content for turn in candidate.turns))
    if not lost:
        return None
    severity: Severity = "problem" if len(lost) == len(facts) > 1 else "warning"
    return Finding("facts", 1 - len(lost) / len(facts), severity, f"not said: {', '.join(lost[:5])}", value=lost[0])
