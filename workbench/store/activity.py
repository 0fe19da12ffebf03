"""The journal counted: what was done on which day, by whom, and to which samples."""

from __future__ import annotations

import numpy as np

from workbench.store.journal import JournalReads
from workbench.store.rows import Activity
from workbench.store.rowset import Rows, unpack

_DAY = 86_400_000
_KIND = """CASE
  WHEN kind IN ('add', 'return') THEN 'added'
  WHEN kind = 'edit' THEN 'edited'
  WHEN kind IN ('tag', 'tag_many') THEN 'answers'
  WHEN kind = 'decide' AND data ->> '$.new.state' = 'accepted' THEN 'accepted'
  WHEN kind = 'state' AND data ->> '$.state' = 'archived' THEN 'put aside'
  ELSE '' END"""


class ActivityReads(JournalReads):
    """The reads of `Store` about how much was done."""

    def activity(self, since: int) -> list[Activity]:
        """What was done from a moment on (milliseconds), counted by UTC day, author and kind."""
        sql = (
            f"SELECT at / {_DAY} * {_DAY} AS day, author, {_KIND} AS done, sum(size) FROM event"
            " WHERE seq > ? AND at >= ? GROUP BY 1, 2, 3 HAVING done <> '' ORDER BY 1"
        )
        rows = self._database.rows(sql, (self._position_at(since), since))
        return [Activity(day, self._terms.text(author), kind, count) for day, author, kind, count in rows]

    def active_rows(self, kind: str, since: int, length: int, author: str = "") -> Rows:
        """The rows of samples something was done to in a stretch of time (by an author); ascending, each once."""
        sql = (
            f"SELECT n, rows, data ->> '$.new.sample' FROM event WHERE seq > ? AND at >= ? AND at < ? AND {_KIND} = ?"
            " AND (? = '' OR author = ?)"
        )
        code = self._terms.find(author) if author else 0
        values = (self._position_at(since), since, since + length, kind, author, code)
        found: list[Rows] = []
        for n, rows, sample in self._database.rows(sql, values):
            if rows is not None:
                found.append(unpack(rows))
            elif n is None and sample is not None:
                row = self._database.one("SELECT n FROM sample WHERE id = ?", (sample,))
                found.append(np.array([row[0]] if row else [], np.int64))
            elif n is not None:
                found.append(np.array([n], np.int64))
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _position_at(self, since: int) -> int:
        """A position of the journal that lies before a moment: times grow with positions, so halves are enough."""
        low, high = 0, self.change_seq()
        while high - low > 256:
            middle = (low + high) // 2
            row = self._database.one("SELECT seq, at FROM event WHERE seq >= ? ORDER BY seq LIMIT 1", (middle,))
            if row is not None and row[1] < since:
                low = middle
            else:
                high = middle
        return low
