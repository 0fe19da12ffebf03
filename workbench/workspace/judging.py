"""Asking a model about drafts: advice with the hit rate of that model beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.model import Budget
from workbench.workspace.base import WorkspaceBase, listed

if TYPE_CHECKING:
    from workbench.flows.generate import Estimate, RunJob
    from workbench.flows.opinions import Judgement
    from workbench.flows.verdicts import Comparison
    from workbench.generate.base import Recipe
    from workbench.llm.base import ChatModel

_MOST_GOOD = 2_000
"""Known good conversations looked at for canaries, at most, of each query."""


class Judging(WorkspaceBase):
    """The part of the workspace in which a model gives its opinion of drafts."""

    def judge(
        self,
        drafts: Iterable[str] | None = None,
        *,
        run: str | None = None,
        canaries: int = 10,
        budget: Budget | None = None,
        seed: int = 0,
        model: ChatModel | None = None,
        pairs: bool = False,
    ) -> RunJob:
        """Ask a model about undecided drafts (all, those of a `run`, or named ones); `ws.judgements()` tells the rest.

        Its opinion is advice. Up to `canaries` planted mistakes and as many good conversations are asked about in the
        same run, unmarked: they say how far it can be relied on. Costs calls; `ws.judge_estimate` says how many.
        With `pairs`, candidates of one request that differ in their last answer are compared two by two instead, each
        pair in both orders; `ws.comparisons()` tells the rest.
        """
        from workbench.flows.judging import start_judging

        recipe, items = self._to_judge(drafts, run, canaries, seed, pairs)
        job = start_judging(
            self._store, self._jobs, items, author=self.author, budget=budget or Budget(), seed=seed, model=model,
            recipe=recipe,
        )  # fmt: skip
        self._emit("job.started", id=job.id, run=job.run)
        return job

    def judge_estimate(
        self,
        drafts: Iterable[str] | None = None,
        *,
        run: str | None = None,
        canaries: int = 10,
        seed: int = 0,
        pairs: bool = False,
    ) -> Estimate:
        """Calls, tokens and price of `judge`; nothing is sent."""
        from workbench.flows.judging import estimate_judging

        recipe, items = self._to_judge(drafts, run, canaries, seed, pairs)
        return estimate_judging(self._store, items, recipe)

    def judgements(self) -> list[Judgement]:
        """What models were asked about drafts, newest first: their opinions, and how many planted mistakes they caught.

        Below ``ws.setting("least_caught")`` (0.7) a model is not to be relied on.
        """
        from workbench.flows.opinions import judgements

        return judgements(self._store, self._judged)

    def comparisons(self) -> list[Comparison]:
        """What models were asked about pairs of candidates, newest first: which is better, and what that is worth.

        A verdict that changes with the order of the two counts for neither, and as a flip.
        """
        from workbench.flows.verdicts import comparisons

        return comparisons(self._store, self._compared)

    def newest_opinion(self) -> int:
        """A number that grows with each opinion a model gives, 0 before the first: whether `judgements` tells more."""
        return self._store.newest_judged()

    def _to_judge(
        self, drafts: Iterable[str] | None, run: str | None, canaries: int, seed: int, pairs: bool
    ) -> tuple[Recipe, tuple[str, ...]]:
        """The judge and the starts of its rows."""
        from workbench.flows.judging import items_of, known_good, undecided
        from workbench.flows.pairing import items_of_pairs
        from workbench.generate.comparing import COMPARE
        from workbench.generate.judge import JUDGE

        chosen = undecided(self._store, None if drafts is None else listed(drafts, "drafts"), run)
        rows = [int(row) for query in known_good(chosen) for row in self._index.rows(query)[:_MOST_GOOD]]
        good = self._store.ids_of(rows)
        if pairs:
            return COMPARE, items_of_pairs(self._store, chosen, good, canaries, seed)
        return JUDGE, items_of(self._store, chosen, good, canaries, seed)
