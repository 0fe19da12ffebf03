"""Conversations that are run turn by turn: run, pause, step, rewind, and how often people stepped in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.jobs import Job
from workbench.model import Budget
from workbench.workspace.base import WorkspaceBase

if TYPE_CHECKING:
    from workbench.flows.branches import Interventions
    from workbench.flows.live_values import Live
    from workbench.llm.base import ChatModel


class Playing(WorkspaceBase):
    """The part of the workspace in which a draft is run turn by turn."""

    def live(self, draft_id: str) -> Live:
        """A draft as a conversation to run turn by turn: its turns, the stale ones, and all its branches.

        Raises `InvalidInput` for a draft of a recipe that does not go turn by turn.
        """
        from workbench.flows.live import read_live

        return read_live(self._store, draft_id)

    def play(
        self,
        draft_id: str,
        turns: int | None = None,
        *,
        model: ChatModel | None = None,
        budget: Budget | None = None,
        send_again: bool = False,
    ) -> Job[Live]:
        """Run the conversation on, by at most `turns` (None: to its end), as a job; `job.cancel()` pauses it.

        It pauses by itself where a check finds something: a copy, a repetition, a role that leaks, a planned mistake
        that does not show, a turn that does not sound spoken. The calls count for the budget of the draft's run;
        `budget` replaces that. A turn whose call was maybe charged is not asked for again, unless with `send_again`.
        """
        from workbench.flows.playing import play

        job = play(self._store, self._jobs, draft_id, author=self.author, turns=turns, model=model, budget=budget,
                   send_again=send_again)  # fmt: skip
        self._emit("job.started", id=job.id)
        return job

    def rewind(
        self, draft_id: str, turn: str, text: str | None = None, *, pair: bool = True, seconds: float | None = None
    ) -> Live:
        """Go back to a turn: with `text` it says this from now on; without, it is to be made anew.

        The turns after it are stale and `play` makes them again; the old branch stays readable. A rewritten turn of the
        model is a preference pair (with `pair` False it is not) of the sample that the accepted draft becomes.
        `seconds` is how long the rewriting took. It is a step: `undo` goes on from the branch before it.
        """
        from workbench.flows.rewinding import rewind

        return rewind(self._store, self.author, draft_id, turn, text, pair=pair, seconds=seconds)

    def go_back_to(self, draft_id: str, branch: int) -> Live:
        """Go on from an earlier branch (its number in ``live.branches``): it is what holds from then on.

        Nothing is lost: the branch that held before stays readable, and can be gone back to in turn. It is a step.
        """
        from workbench.flows.rewinding import go_back_to

        return go_back_to(self._store, self.author, draft_id, branch)

    def interventions(self, run: str | None = None) -> Interventions:
        """How often people stepped in, in the conversations of a run (None: of all runs)."""
        from workbench.flows.branches import interventions

        return interventions(self._store, run)
