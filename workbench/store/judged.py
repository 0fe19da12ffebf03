"""What models and people said of drafts, found without reading the drafts: a key waits for some of it."""

from __future__ import annotations

from collections.abc import Collection

from workbench.model import DraftState
from workbench.store.rowset import strings
from workbench.store.samples import Reads

_DECIDED = (
    "SELECT id, state FROM draft WHERE id IN carray(?) AND state IN ('accepted', 'rejected') AND decided_by IS NOT NULL"
)
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

    def ranked_runs(self) -> list[str]:
        """Ids of the runs in which a draft has a rank, newest first."""
        return [row[0] for row in self._database.rows(_RANKED)]
