"""Gates on a conversation that was carried over into another language, turn by turn."""

from __future__ import annotations

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.mentions import exchanged, months_named
from workbench.generate.values import fixed_values, lost_values
from workbench.model import Finding, Sample
from workbench.text import tokens

SHORTEST = 4
"""Words from which on a turn that is the same in both languages was not translated: "Amir? OK." may stay."""


@checks("same_people")
def same_people(parent: Sample, candidate: Candidate) -> Finding | None:
    """Turns that are not the parent's turns one for one: same ids, same speakers, same order."""
    if [(turn.id, turn.role, turn.name) for turn in parent.turns] == [
        (turn.id, turn.role, turn.name) for turn in candidate.turns
    ]:
        return None
    return Finding("same_people", 0.0, "problem", "the turns are not the parent's, one for one")


@checks("untranslated")
def untranslated(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn that says in the new language what it said in the old one."""
    before = {turn.id: turn.content for turn in parent.turns if turn.role != "tool"}
    for turn in candidate.turns:
        if len(tokens(turn.content)) >= SHORTEST and before.get(turn.id, "").strip() == turn.content.strip():
            return Finding("untranslated", 0.0, "warning", "this turn was not translated", turn=turn.id)
    return None


@checks("values_kept")
def values_kept(parent: Sample, candidate: Candidate) -> Finding | None:
    """Values of a turn that do not stand in it any more. They may be there in words, so a person looks."""
    before = {turn.id: turn.content for turn in parent.turns if turn.role != "tool"}
    for turn in candidate.turns:
        months = months_named(turn.content)
        gone = lost_values(fixed_values(before.get(turn.id, "")), turn.content)
        lost = [value for value in gone if value not in months]
        if lost:
            message = f"not kept in this turn: {', '.join(lost[:5])}"
            return Finding("values_kept", 0.5, "warning", message, turn=turn.id, value=lost[0])
        if other := exchanged(before.get(turn.id, ""), turn.content):
            was, other_one = other
            message = f"{was} became {other_one} in this turn"
            return Finding("values_kept", 0.5, "warning", message, turn=turn.id, value=was)
    return None
