"""What models and people said of drafts, found without reading the drafts: a key waits for some of it."""

from __future__ import annotations

from collections.abc import Collection

from workbench.model import Draft, DraftState
from workbench.store.drafts import DRAFT, GROUP, OPEN, draft_of
from workbench.store.rowset import strings
from workbench.store.samples import Reads

_DECIDED = (
    "SELECT id, state FROM draft WHERE id IN carray(?) AND state IN ('accepted', 'rejected') AND decided_by IS NOT NULL"
)
_UNDECIDED = f"SELECT id FROM draft WHERE id IN carray(?1) AND state IN {OPEN} AND (?2 IS NULL OR run = ?2)"
_REQUESTS = f"""
WITH wanted AS MATERIALIZED (SELECT id, run, {GROUP} AS request FROM draft WHERE id IN carray(?) AND state IN {OPEN})
{DRAFT} WHERE run IN (SELECT run FROM wanted) AND state IN {OPEN}
  AND (id IN (SELECT id FROM wanted) OR (run, {GROUP}) IN (SELECT run, request FROM wanted WHERE request <> ''))
ORDER BY ord
"""
_RANKED = "SELECT id FROM run WHERE id IN (SELECT run FROM draft WHERE rank IS NOT NULL) ORDER BY rowid DESC"


class JudgedReads(Reads):
    """The reads of `Store` about opinions, decisions and ranks."""

    def newest_judged(self) -> int:
        """The place of the newest opinion among all drafts, 0 without any: it grows with each that a model gives."""
        row = self._database.one("SELECT max(ord) FROM draft WHERE state = 'judged'")
        return int(row[0] or 0) if row else 0

    def decided(self, ids: Collection[str]) -> dict[str, DraftState]:
        """Of these drafts those that a person accepted or rejected, by id; ids of no draft are left out."""
        return dict(self._database.rows(_DECIDED, (strings(ids),))) if ids else {}

    def undecided(self, ids: Collection[str], run: str | None = None) -> set[str]:
        """Of these drafts those (of that run) that nobody decided on; ids of no draft are left out."""
        return {row[0] for row in self._database.rows(_UNDECIDED, (strings(ids), run))} if ids else set()

    def requests_of(self, ids: Collection[str]) -> list[Draft]:
        """Of these drafts those that nobody decided on, each with all such candidates of its request, oldest first."""
        return [draft_of(row) for row in self._database.rows(_REQUESTS, (strings(ids),))] if ids else []

    def ranked_runs(self) -> list[str]:
        """Ids of the runs in which a draft has a rank, newest first."""
        return [row[0] for row in self._database.rows(_RANKED)]
