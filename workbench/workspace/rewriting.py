"""Edits of one conversation, find and replace over many, preference pairs, and undoing any of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from workbench.errors import InvalidInput
from workbench.flows import edit
from workbench.flows.stepping import StepsTaken, redo_to, undo_to
from workbench.jobs import Control, Job
from workbench.model import PreferencePair, Sample, Turn
from workbench.store.rows import Step
from workbench.workspace.base import WorkspaceBase
from workbench.workspace.results import Selection

if TYPE_CHECKING:
    from workbench.flows.replace import Changed, Looked, Shown


class Rewriting(WorkspaceBase):
    """The part of the workspace that rewrites texts and takes steps back."""

    def edit(
        self,
        sample_id: str,
        *,
        base_revision: int,
        turns: Sequence[Turn] | None = None,
        turn: str | None = None,
        text: str | None = None,
        note: str = "",
        pair: bool | None = None,
    ) -> Sample:
        """Rewrite one turn (`turn`, `text`) or the whole list of `turns`; saved as the next revision.

        With `pair` True a rewritten answer of generated text is kept as a preference pair: better than what was there
        before; with False it is said that it is none. Raises `StaleRevision` when somebody saved since `base_revision`.
        """
        with self._changing([sample_id]):
            if turns is not None:
                return edit.save_turns(
                    self._store, self.author, sample_id, turns, base_revision=base_revision, note=note, pair=pair
                )
            if turn is None or text is None:
                raise InvalidInput("nothing to save", hint="give `turns`, or `turn` and `text`")
            return edit.edit_turn(
                self._store, self.author, sample_id, turn, text, base_revision=base_revision, note=note, pair=pair
            )

    def pairs(self, which: Selection = "") -> list[PreferencePair]:
        """What people said about rewritten answers of some samples, oldest first; those not kept included."""
        return self._store.pairs(self._ids(which))

    def keep_pair(self, pair_id: str, kept: bool = True) -> PreferencePair:
        """Keep a preference pair, or (False) take it away. Raises `NotFound`."""
        pair = self._store.pair(pair_id)
        with self._changing([pair.sample]):
            return edit.keep_pair(self._store, self.author, pair_id, kept=kept)

    def replace(
        self,
        which: Selection,
        find: str,
        by: str,
        *,
        whole_words: bool = False,
        match_case: bool = False,
        regex: bool = False,
        roles: Sequence[str] = (),
    ) -> Changed:
        """Find and replace in some samples, as one step. To look first: `look_for`, then `apply_replacement`.

        Raises `InvalidInput` for a pattern that cannot be read or takes too long.
        """
        job = self.look_for(which, find, by, whole_words=whole_words, match_case=match_case, regex=regex, roles=roles)
        return self.apply_replacement(job.wait()).wait()

    def look_for(
        self,
        which: Selection,
        find: str,
        by: str = "",
        *,
        whole_words: bool = False,
        match_case: bool = False,
        regex: bool = False,
        roles: Sequence[str] = (),
    ) -> Job[Looked]:
        """What `replace` would find, as a job. Raises `InvalidInput` at once for a pattern that cannot be read."""
        from workbench.clean.replacing import Replacing, Rule
        from workbench.flows.replace import look

        rule = Rule(find, by, whole_words, match_case, regex, tuple(roles))
        Replacing(rule)
        job = self._jobs.start("Find", lambda control: look(self._store, self._ids(which), rule, control=control))
        self._emit("job.started", id=job.id)
        return job

    def shown_found(self, looked: Looked, offset: int = 0, limit: int = 50) -> list[Shown]:
        """Some of what `look_for` found, with the places and what comes there."""
        from workbench.flows.replace import shown

        return shown(self._store, looked, max(0, offset), max(0, limit))

    def apply_replacement(self, looked: Looked, *, without: Collection[str] = ()) -> Job[Changed]:
        """Replace in what was found, but for the ids of `without`, as a job and as one step."""
        from workbench.flows.replace import apply

        def work(control: Control) -> Changed:
            done = apply(self._store, self.author, looked, without=set(without), control=control)
            self._emit("sample.changed", ids=[])
            return done

        job = self._jobs.start("Replace", work)
        self._emit("job.started", id=job.id)
        return job

    def undo(self) -> Step | None:
        """Take back my newest step; None when there is none."""
        with self._changing([]):
            return self._store.undo(self.author)

    def redo(self) -> Step | None:
        """Do again what I undid last."""
        with self._changing([]):
            return self._store.redo(self.author)

    def undo_to(self, step: int) -> StepsTaken:
        """Take back my steps, newest first, up to and with this one. Stops, saying why, at one that has to stay."""
        with self._changing([]):
            return undo_to(self._store, self.author, step)

    def redo_to(self, step: int) -> StepsTaken:
        """Do again what I undid, oldest first, up to and with this step."""
        with self._changing([]):
            return redo_to(self._store, self.author, step)

    def steps(self, limit: int = 50, *, everybody: bool = False) -> list[Step]:
        """My newest steps (or everybody's), newest first."""
        return self._store.steps(None if everybody else self.author, limit)

    def step_samples(self, step: int, limit: int = 5) -> list[Sample]:
        """The first samples that a step touched. Raises `NotFound`."""
        return self._store.samples(self._store.step_samples(step, limit))
