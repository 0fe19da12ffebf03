"""What runs gave and what they cost: rows, gates, calls, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model import Budget, Call, CallCount, Draft, Run
from workbench.workspace.base import WorkspaceBase

if TYPE_CHECKING:
    from workbench.flows.asked import Asked, AskedDiff
    from workbench.flows.figures import RunFigures
    from workbench.flows.gaps_filled import GapFill
    from workbench.flows.yields import RunYield
    from workbench.store.calls import Spent


class Accounting(WorkspaceBase):
    """The part of the workspace that accounts for runs."""

    def runs(self) -> list[Run]:
        """All runs, newest first, with their counts of this moment."""
        from workbench.flows.runs import read_runs

        return read_runs(self._store)

    def run(self, run_id: str) -> Run:
        """One run with its counts of this moment."""
        from workbench.flows.runs import read_run

        return read_run(self._store, run_id)

    def run_yield(self, run_id: str) -> RunYield:
        """What a run gave: each gate with what passed it and what did not, what people decided, what was lost and why.

        ``ws.run_yield(run).frame`` is a table of it. Raises `NotFound`.
        """
        from workbench.flows.yields_counted import run_yield

        return run_yield(self._store, run_id)

    def run_figures(self, run_id: str) -> RunFigures:
        """What the drafts of a run are like, in the figures that its recipe declares (none for most).

        For 10,000 drafts it takes some seconds: `background` keeps a screen free meanwhile. Raises `NotFound`.
        """
        from workbench.flows.figures import run_figures

        return run_figures(self._store, run_id)

    def has_figures(self, run_id: str) -> bool:
        """Whether the recipe of a run declares figures. Raises `NotFound`."""
        from workbench.flows.figures import has_figures

        return has_figures(self._store.run(run_id))

    def drafts_at(
        self, run_id: str, gate: str, verdict: str, became: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[Draft]:
        """The drafts of a run about which a gate said "passed", "unsure" or "failed", in the order of their rows.

        The gate "" stands for the worst of all gates; `became` narrows to "accepted", "rejected" or "undecided".
        """
        from workbench.flows.yields_counted import drafts_at

        return drafts_at(self._store, run_id, gate, verdict, became, limit=limit, offset=offset)

    def gap_fill(self, run_id: str) -> GapFill:
        """What a run of the recipe `gap_fill` did to its grid: each cell before and after, and what a filled one cost.

        An accepted conversation counts where people's answers say that it lies. `gaps` shows the grid before a run.
        ``ws.gap_fill(run).frame`` is a table of it. Raises `NotFound`, `InvalidInput` for a run of another recipe.
        """
        from workbench.flows.gaps_counted import gap_fill_of

        return gap_fill_of(self._store, run_id)

    def calls(self, run_id: str | None = None) -> list[Call]:
        """The ledger of model calls."""
        return self._store.calls(run_id)

    def prompts(self, which: str | int) -> list[Asked]:
        """What a model was asked for a draft, call by call, as named blocks; or in one call, by its number.

        ``[(block.name, block.text) for block in ws.prompts(draft)[0].blocks]``. Of calls from before prompts were kept
        only the hash is known: they have no `prompt`, and `missing` says so. Raises `NotFound`.
        """
        from workbench.flows.asked import asked

        return asked(self._store, which)

    def prompt_diff(self, old: str | int, new: str | int) -> list[AskedDiff]:
        """What differs, word by word, between what was asked for two drafts (or in two calls): block by block.

        Raises `NotFound`.
        """
        from workbench.flows.asked import asked_diff

        return asked_diff(self._store, old, new)

    def prompts_alike(self, draft_id: str) -> list[Draft]:
        """Drafts to compare what was asked with: of the same request in any run, then of its run. Raises `NotFound`."""
        from workbench.flows.asked import comparable

        return comparable(self._store, self._store.draft(draft_id))

    def call_counts(self, run_id: str) -> list[CallCount]:
        """How many calls of a run are in each state, their tokens and their price (None when one is not known)."""
        return self._store.call_counts(run_id)

    def spent(self, run_id: str) -> Spent:
        """What a run has spent, calls under way or maybe charged at their worst, and its limit (`budget`)."""
        return self._store.spent(run_id)

    def set_budget(self, run_id: str, budget: Budget) -> None:
        """Change what a run may spend; it holds at once, also while the run or its conversations are at work.

        Raises `InvalidInput` for a limit that is none, or in dollars where the model's price is not known.
        """
        from workbench.flows.limits import limit_run

        limit_run(self._store, self.author, run_id, budget)
