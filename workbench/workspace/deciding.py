"""What a run made and what people decide about it: accept, mend, reject, put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.model import Draft, DraftState, Sample, Turn
from workbench.workspace.base import WorkspaceBase, listed

if TYPE_CHECKING:
    from workbench.flows.candidates import Candidates
    from workbench.flows.orders import Orders


class Deciding(WorkspaceBase):
    """The part of the workspace about drafts."""

    def drafts(self, run: str | None = None, state: DraftState | None = None, *, limit: int = 200) -> list[Draft]:
        """Drafts with a text, oldest first.

        With the state "failed" or "in_doubt" (maybe charged): the rows that came to nothing and were not made good.
        """
        from workbench.flows.runs import read_drafts

        return read_drafts(self._store, run, state, limit)

    def draft(self, draft_id: str) -> Draft:
        """One draft."""
        return self._store.draft(draft_id)

    def undecided(self, draft_ids: Collection[str], run: str | None = None) -> set[str]:
        """Of these drafts those (of that run) that nobody decided on; ids of no draft are left out."""
        return self._store.undecided(draft_ids, run)

    def requests_of(self, draft_ids: Collection[str]) -> list[Draft]:
        """Of these drafts those that nobody decided on, each with all such candidates of its request, oldest first."""
        return self._store.requests_of(draft_ids)

    def accept(
        self,
        draft_ids: Iterable[str],
        *,
        turns: Sequence[Turn] | None = None,
        seen: Mapping[str, int] | None = None,
        plain: bool = False,
    ) -> list[Sample]:
        """Turn drafts into samples with their full origin, as one step; `turns` replaces the text of a single one.

        The gates are asked again about such a text: what they find is in ``sample.origin.gates``. A proof or an
        exercise that it does not give any more is refused (`GuaranteeLost`), unless it is to go without it (`plain`).

        `seen` says how often drafts had been changed (``len(draft.changes)``) when they were read: one that somebody
        changed since is refused.
        """
        from workbench.flows.decide import accept

        ids = listed(draft_ids, "drafts")
        samples = accept(self._store, self.author, ids, turns=turns, seen=seen, plain=plain)
        self._emit("draft.decided", ids=ids)
        self._emit("sample.changed", ids=[sample.id for sample in samples])
        return samples

    def repair(self, draft_id: str, text: str) -> Draft:
        """Read a failed row's answer again, as a person has mended it; nothing is sent. Returns the draft it gives.

        The raw answer is in the failed draft's ``meta["raw"]``. Raises an error that says what still cannot be read.
        """
        from workbench.flows.repair import repair

        draft = repair(self._store, self.author, draft_id, text)
        self._emit("draft.decided", ids=[draft_id, draft.id])
        return draft

    def reject(self, draft_ids: Iterable[str], reason: str) -> list[Draft]:
        """Reject drafts with a reason, as one step; they are kept."""
        from workbench.flows.decide import reject

        ids = listed(draft_ids, "drafts")
        drafts = reject(self._store, self.author, ids, reason)
        self._emit("draft.decided", ids=ids)
        return drafts

    def rank(self, ranks: Mapping[str, int | None]) -> None:
        """Put candidates of one request in order: draft id -> rank from 1; equal ranks are ties, None is no rank."""
        from workbench.flows.decide import rank

        rank(self._store, self.author, ranks)

    def candidates(self, draft_id: str) -> Candidates:
        """The undecided candidates of one request, shuffled by the run's seed, and the beginning they share."""
        from workbench.flows.candidates import candidates

        return candidates(self._store, draft_id, self._compared)

    def orders(self) -> Orders:
        """How far a machine's order of candidates agrees with people's (Kendall's tau, by domain), and who writes best.

        Where it agrees less than ``ws.setting("least_tau")`` (0.5), a machine's order makes no pairs in a release.
        """
        from workbench.flows.orders import orders

        return orders(self._store, self._compared)

    def prefer(self, ranks: Mapping[str, int | None], *, seen: Mapping[str, int] | None = None) -> list[Sample]:
        """Keep an order of candidates, accept those on its best place and reject the others as "not preferred".

        All of it is one step. `ranks` names every candidate that was compared; None is one without a place. `seen` as
        for `accept`.
        """
        from workbench.flows.candidates import prefer

        samples = prefer(self._store, self.author, ranks, seen=seen)
        self._emit("draft.decided", ids=list(ranks))
        self._emit("sample.changed", ids=[sample.id for sample in samples])
        return samples
