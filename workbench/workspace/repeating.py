"""Fix once: an edit as rules, where else they fit, and the same change there as one step."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from workbench.jobs import Control, Job
from workbench.workspace.base import WorkspaceBase

if TYPE_CHECKING:
    from workbench.clean.corrections import Correction
    from workbench.clean.replacing import Rule
    from workbench.flows.fits import Fits, ShownFit
    from workbench.flows.offers import Offers
    from workbench.flows.repeating import Repeated


class Repeating(WorkspaceBase):
    """The part of the workspace that carries an edit over to look-alikes."""

    def rules_from(self, edited: str) -> tuple[Correction, ...]:
        """What an edit corrected, each with rules from narrow to wide (`correction.rule` is the one to begin with).

        `edited` is the id of a draft that was accepted in other words, or of a sample that was edited. Raises
        `NotFound`.
        """
        from workbench.flows.offers import rules_from

        return rules_from(self._store, edited)

    def run_of(self, made: str) -> str:
        """The id of the run that a draft or a sample came from; "" when there is none. Raises `NotFound`."""
        from workbench.flows.offers import run_of

        return run_of(self._store, made)

    def offers(self, edited: str, *, samples: bool = False) -> Job[Offers]:
        """Whether an edit could be carried over: its corrections with how many drafts of its run they fit, as a job.

        With `samples`, what was accepted from the run is counted, too. Raises `NotFound` at once.
        """
        from workbench.flows.offers import offers, run_of

        run_of(self._store, edited)
        job = self._jobs.start(
            "Look for look-alikes", lambda control: offers(self._store, edited, samples=samples, control=control)
        )
        self._emit("job.started", id=job.id)
        return job

    def fits(self, rule: Rule, run: str | None = None, *, samples: bool = False, gates: bool = True) -> Job[Fits]:
        """Where a rule fits, as a job: undecided drafts of a run (None: of all), with `samples` also accepted ones.

        With `gates` the gates of each draft are asked again for its changed words. Raises `InvalidInput` at once for a
        rule that cannot be read or would find nearly everything by accident.
        """
        from workbench.clean.corrections import check_width
        from workbench.flows.fits import look

        check_width(rule)
        job = self._jobs.start(
            "Look where a change fits",
            lambda control: look(self._store, rule, run=run, samples=samples, gates=gates, control=control),
        )
        self._emit("job.started", id=job.id)
        return job

    def shown_fits(self, fits: Fits, offset: int = 0, limit: int = 50) -> list[ShownFit]:
        """Some of what a rule fits: as it is, what it would say, and whether it is another one since."""
        from workbench.flows.fits import shown

        return shown(self._store, fits, max(0, offset), max(0, limit))

    def repeat(self, fits: Fits, *, without: Collection[str] = ()) -> Job[Repeated]:
        """Make the change where it fits, but for the ids of `without`, as a job and as one step.

        Changed drafts are still to be decided on, and keep what they said, who changed them and by which rule.
        """
        from workbench.flows.repeating import repeat

        def work(control: Control) -> Repeated:
            done = repeat(self._store, self.author, fits, without=set(without), control=control)
            self._emit("draft.decided", ids=[])
            self._emit("sample.changed", ids=[])
            return done

        job = self._jobs.start("Make the same change", work)
        self._emit("job.started", id=job.id)
        return job
