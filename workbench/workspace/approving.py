"""Approving what a recipe proposes before the expensive step runs, and running that step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.model import Budget, Draft, Run, Turn
from workbench.workspace.base import WorkspaceBase, listed

if TYPE_CHECKING:
    from workbench.flows.approving import Approvals
    from workbench.flows.generate import Estimate, RunJob
    from workbench.generate import Then
    from workbench.llm.base import ChatModel


class Approving(WorkspaceBase):
    """The part of the workspace in which people approve questions, role cards or facts that a recipe proposed."""

    def proposal(self, made: Run | Draft) -> Then | None:
        """What goes on from a run's drafts (or from a draft) where these are items to approve; None for any other."""
        from workbench.flows.items import then_of

        return then_of(made)

    def approvals(self, run_id: str) -> Approvals:
        """Where the items that a run proposed stand: to approve, approved, used, rejected; and what goes on from them.

        Raises `InvalidInput` for a run whose drafts are no such items.
        """
        from workbench.flows.approving import approvals

        return approvals(self._store, run_id)

    def approve(
        self, draft_ids: Iterable[str], *, turns: Sequence[Turn] | None = None, seen: Mapping[str, int] | None = None
    ) -> list[Draft]:
        """Approve proposed items, as one step; `turns` replaces the text of a single one; `seen` as for `accept`.

        They become no samples: `generate_approved` goes on from them. `reject` turns an item down, `undo` takes an
        approval back.
        """
        from workbench.flows.approving import approve

        ids = listed(draft_ids, "drafts")
        drafts = approve(self._store, self.author, ids, turns=turns, seen=seen)
        self._emit("draft.decided", ids=ids)
        return drafts

    def estimate_approved(
        self, run_id: str, params: Mapping[str, Any] | None = None, *, ids: Iterable[str] | None = None
    ) -> Estimate:
        """What the next step would take for the approved items that are not used yet (or for the items `ids`)."""
        from workbench.flows.following import estimate_approved

        return estimate_approved(self._store, run_id, params or {}, None if ids is None else listed(ids, "drafts"))

    def generate_approved(
        self,
        run_id: str,
        params: Mapping[str, Any] | None = None,
        *,
        budget: Budget | None = None,
        seed: int = 0,
        model: ChatModel | None = None,
        pilot: int = 0,
        reuse: bool = False,
    ) -> RunJob:
        """Start the step that goes on from the approved items of a run which are not used yet, and from no others.

        Without a `budget` it has what is left of the proposing run's. The other arguments are as in `generate`.
        """
        from workbench.flows.following import start_approved

        job = start_approved(
            self._store,
            self._jobs,
            run_id,
            author=self.author,
            params=params or {},
            budget=budget,
            seed=seed,
            model=model,
            pilot=pilot,
            reuse=reuse,
        )
        self._emit("job.started", id=job.id, run=job.run)
        return job
