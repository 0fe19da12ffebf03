"""What of a candidate is new: gates judge a recipe by that, not by what it took over."""

from __future__ import annotations

from workbench.generate.candidate import Candidate
from workbench.model import Sample, Turn


def new_turns(parent: Sample, candidate: Candidate) -> list[Turn]:
    """The turns whose text does not stand in the parent."""
    old = {turn.content for turn in parent.turns}
    return [turn for turn in candidate.turns if turn.content.strip() and turn.content not in old]
