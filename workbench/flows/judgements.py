"""What people (and models) put behind a sample: drafts, read run by run as samples come by, and imported answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from workbench.flows.candidates import NOT_PREFERRED
from workbench.flows.orders import Orders, domain_of, machine_score, orders
from workbench.flows.verdicts import Comparison, comparisons, wins
from workbench.model import Draft
from workbench.store.base import Store
from workbench.store.rows import HotRow

SIDE = "side"
PAIRS = "preference"
"""The format whose files say which of two answers is the better one. Branches of other formats are not judged, so
nothing is read from an import of several formats."""

_ALL = 1 << 60


class Judgements:
    """What was put behind a sample, and what was put in order among the drafts of its request."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._runs: set[str] = set()
        self._beaten: dict[str, list[str]] = {}
        self._among: dict[str, list[list[str]]] = {}
        self._machine: dict[str, dict[str, Any]] = {}
        self._measured: Orders | None = None
        self._won: dict[str, tuple[float, Comparison]] | None = None
        self._comparing = {record.id for record in store.imports() if record.format == PAIRS}

    def beaten_by(self, row: HotRow) -> list[str]:
        """Ids of the drafts of the same request that are worse than this sample, sorted."""
        self._look(row)
        return self._beaten.get(row.id, [])

    def among(self, row: HotRow) -> list[list[str]]:
        """Pairs of drafts of its request, the better first, that a person put in order and did not take.

        They are told of the first sample that came of the request. The better one was turned down for no other reason
        than that another is better still.
        """
        self._look(row)
        return self._among.get(row.id, [])

    def machine_for(self, row: HotRow) -> dict[str, Any]:
        """The order a machine gave to the drafts of its request where no person gave one, and how far it is trusted."""
        self._look(row)
        return self._machine.get(row.id, {})

    def rejected_for(self, row: HotRow) -> list[str]:
        """Ids of the answers that came with this sample in a file of preference pairs as the worse ones, sorted."""
        if row.import_id not in self._comparing or row.branch == SIDE:
            return []
        children = self._store.hot_rows(self._store.rows_of(self._store.children(row.id)))
        return sorted(child.id for child in children if child.branch == SIDE and child.state == "active")

    def _look(self, row: HotRow) -> None:
        if row.run and row.run not in self._runs:
            self._runs.add(row.run)
            self._read(row.run)

    def _read(self, run: str) -> None:
        groups: dict[tuple[tuple[str, ...], str], list[Draft]] = defaultdict(list)
        for draft in self._store.drafts(run=run, limit=_ALL):
            groups[draft.parents, draft.group].append(draft)
        for drafts in groups.values():
            taken = [draft for draft in drafts if draft.sample]
            for best in taken:
                worse = [draft.id for draft in drafts if _worse(draft, best)]
                if best.sample and worse:
                    self._beaten[best.sample] = sorted(worse)
            if taken and drafts[0].group:
                first = min(str(draft.sample) for draft in taken)
                self._among[first] = sorted(_among(drafts))
                self._machine[first] = self._by_machine(drafts)

    def _by_machine(self, drafts: Sequence[Draft]) -> dict[str, Any]:
        """The pairs of a machine's order, with how well it agrees with people's orders in this domain."""
        if any(draft.rank is not None for draft in drafts):
            return {}
        scores = {draft.id: machine_score(draft) for draft in drafts if _sound(draft)}
        compared = all(score is None for score in scores.values())
        if compared:  # nothing was scored: two by two, where the model that compared them may be relied on
            self._won = self._won if self._won is not None else wins(comparisons(self._store))
            scores = {one: self._won[one][0] if one in self._won else None for one in scores}
        pairs = [
            [one.id, other.id] if (scores[one.id] or 0) > (scores[other.id] or 0) else [other.id, one.id]
            for one, other in combinations([draft for draft in drafts if scores.get(draft.id) is not None], 2)
            if scores[one.id] != scores[other.id] and not _worse(one, other) and not _worse(other, one)
        ]
        if not pairs:
            return {}
        self._measured = self._measured or orders(self._store)
        domain = domain_of(self._store, drafts)
        return {"pairs": sorted(pairs), "domain": domain, "refused": self._measured.refused(domain, compared=compared)}


def _worse(draft: Draft, best: Draft) -> bool:
    """A person's ranks decide; where there are none, that one was accepted and the other turned down."""
    if draft.rank is not None and best.rank is not None:
        return best.rank < draft.rank
    return best.state == "accepted" and draft.state == "rejected" and draft.decided_by is not None


def _among(drafts: Sequence[Draft]) -> list[list[str]]:
    passed_over = [one for one in drafts if one.state == "rejected" and one.reason == NOT_PREFERRED]
    return [[one.id, other.id] for one in passed_over for other in drafts if one.rank and other.rank
            and one.rank < other.rank]  # fmt: skip


def _sound(draft: Draft) -> bool:
    """Nothing speaks against it but that another one may be better."""
    bad = any(finding.severity == "problem" for finding in draft.gates)
    return bool(draft.turns) and not bad and (draft.state != "rejected" or draft.reason == NOT_PREFERRED)
