"""A conversation that is run turn by turn, as a value: its turns, its branches, what people rewrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.model import Finding, Turn

By = Literal["opening", "model", "person"]
How = Literal["made", "fixed", "again", "returned"]


@dataclass(frozen=True, slots=True)
class LiveTurn:
    """A turn, whose words it is, and what the checks found in it.

    Of one that the model made in a conversation run on: the calls it took (the last gave its words), their seed, and
    the model that answered where it has another name than the one that was asked.
    """

    turn: Turn
    by: By
    findings: tuple[Finding, ...] = ()
    calls: tuple[int, ...] = ()
    seed: int | None = None
    answered_by: tuple[str, ...] = ()

    @property
    def pauses(self) -> bool:
        """Whether the conversation waits for a person after it."""
        return self.by == "model" and any(finding.severity != "info" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Branch:
    """One course of the conversation: it shares its first `kept` turns with the branch before it.

    One that was "returned" to goes on from where branch `of` was left.
    """

    turns: tuple[LiveTurn, ...]
    kept: int = 0
    how: How = "made"
    author: str = ""
    at: int = 0
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """Words of the model that a person rewrote: turn `turn` of branch `base`, as it is in branch `branch`."""

    turn: str
    base: int
    branch: int
    pair: bool
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """A conversation as it is now. `wanted` is how many turns it shall have; `fixed` is every fix that was made.

    `interventions` counts every rewriting and every regeneration that was not undone; `seconds` are how long rewritings
    took, where known.
    """

    draft: str
    run: str
    wanted: int
    branches: tuple[Branch, ...]
    fixed: tuple[Fix, ...] = ()
    interventions: int = 0
    seconds: tuple[float, ...] = ()

    @property
    def turns(self) -> tuple[LiveTurn, ...]:
        """The true history."""
        return self.branches[-1].turns

    @property
    def stale(self) -> tuple[LiveTurn, ...]:
        """Turns of earlier branches that answered other words and wait to be made anew."""
        shown: tuple[LiveTurn, ...] = ()
        for branch in self.branches:
            shown = branch.turns + (() if branch.how == "returned" else shown[len(branch.turns) :])
        return shown[len(self.turns) :]

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """The fixes that hold: all but those whose old words are what the conversation says again."""
        now = {item.turn.id: item.turn for item in self.turns}
        return tuple(fix for fix in self.fixed if now.get(fix.turn) != self._before(fix))

    def _before(self, fix: Fix) -> Turn:
        return next(item.turn for item in self.branches[fix.base].turns if item.turn.id == fix.turn)

    @property
    def finished(self) -> bool:
        """Whether it has all its turns."""
        return len(self.turns) >= self.wanted
