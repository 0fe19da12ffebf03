"""Reading the journal: the change log that indexes follow, the history of tags, and the steps people took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import orjson

from workbench.errors import NotFound
from workbench.store.codec import load_value
from workbench.store.rows import Change, Event, Step, TagEvent
from workbench.store.rowset import as_rows, numbers, row_chunks, unpack
from workbench.store.samples import HOT_CHUNK, SHOWN, Reads, row_numbers
from workbench.store.transaction import WHAT

DONE, UNDONE, REPLACED, FINAL = 0, 1, 2, 3  # a replaced step was undone and can no longer be redone
STEP_COLUMNS = "id, author, at, label, samples, state, why, last - first + 1"
_TAG_KINDS = "('tag', 'untag', 'tag_many', 'untag_many', 'tag_carry')"


class JournalReads(Reads):
    """The reads of `Store` about what was done."""

    def change_seq(self) -> int:
        """The newest position of the change log."""
        row = self._database.one("SELECT max(seq) FROM event")
        return int(row[0] or 0) if row else 0

    def changes(self, after: int, limit: int = 100_000) -> list[Change]:
        """The change log after a position."""
        found: list[Change] = []
        position = after
        while len(found) < limit:
            rows = self._database.rows(
                "SELECT seq, size, what, n, rows FROM event WHERE seq > ? ORDER BY seq LIMIT 1000", (position,)
            )
            for row in rows:
                found.extend(_changes_of(row, after, limit - len(found)))
            if not rows:
                break
            position = rows[-1][0]
        return found

    def events(self, after: int = 0, limit: int = 1000) -> list[Event]:
        """The journal after a position."""
        sql = "SELECT seq, at, author, kind, data FROM event WHERE seq > ? ORDER BY seq LIMIT ?"
        return [self._event(row) for row in self._database.rows(sql, (after, limit))]

    def tag_history(self, sample_id: str) -> list[Event]:
        """Every tagging event of one sample, oldest first."""
        row = self._database.one("SELECT n FROM sample WHERE id = ?", (sample_id,))
        if row is None:
            return []
        single = f"SELECT seq, at, author, kind, data FROM event WHERE n = ? AND kind IN {_TAG_KINDS}"
        found = self._database.rows(single, (row[0],))
        bulk = (
            "SELECT seq, at, author, kind, data, rows FROM event INDEXED BY event_bulk"
            f" WHERE rows IS NOT NULL AND kind IN {_TAG_KINDS}"
        )
        for *event, rows in self._database.rows(bulk):
            numbers = unpack(rows)
            place = int(np.searchsorted(numbers, row[0]))
            if place < len(numbers) and numbers[place] == row[0]:
                found.append(tuple(event))
        return [self._event(event) for event in sorted(found)]

    def tag_events(self, ids: Sequence[str]) -> Iterator[TagEvent]:
        """Answers given to and taken from single samples, each sample's in order; bulk answers are not among them."""
        rows = sorted(row_numbers(self._database, ids).values())
        sql = (
            "SELECT seq, at, author, kind, data FROM event"
            " WHERE n IN carray(?) AND kind IN ('tag', 'untag') ORDER BY n, seq"
        )
        for part in row_chunks(as_rows(rows), HOT_CHUNK):
            for row in self._database.rows(sql, (numbers(part),)):
                yield _tag_event(self._event(row))

    def reviews(self) -> list[Event]:
        """The lines of the journal about reviews (`flows.review` writes them), oldest first."""
        sql = "SELECT seq, at, author, kind, data FROM event WHERE kind = 'log:review' ORDER BY seq"
        return [self._event(row) for row in self._database.rows(sql)]

    def live_lines(self, run: str, draft: str | None = None) -> list[Event]:
        """The lines of the journal about a run's conversations run turn by turn (`flows.live` writes them), in order.

        With `draft` only those of one.
        """
        where, values = (" AND data ->> '$.draft' = ?", (run, draft)) if draft is not None else ("", (run,))
        sql = (
            "SELECT seq, at, author, kind, data FROM event"
            f" WHERE kind = 'log:live' AND data ->> '$.run' = ?{where} ORDER BY seq"
        )
        return [self._event(row) for row in self._database.rows(sql, values)]

    def steps(self, author: str | None = None, limit: int = 50) -> list[Step]:
        """Steps, newest first."""
        where, values = ("WHERE author = ?", (self._terms.find(author),)) if author is not None else ("", ())
        sql = f"SELECT {STEP_COLUMNS} FROM step {where} ORDER BY id DESC LIMIT ?"
        return [self._step(row) for row in self._database.rows(sql, (*values, limit))]

    def step_samples(self, step: int, limit: int = 5) -> list[str]:
        """Ids of the first samples that a step touched; raises `NotFound`."""
        bounds = self._database.one("SELECT first, last FROM step WHERE id = ?", (step,))
        if bounds is None:
            raise NotFound(f"no step {step}", hint="read the list again")
        sql = "SELECT n, rows FROM event WHERE seq BETWEEN ? AND ? AND (n IS NOT NULL OR rows IS NOT NULL) ORDER BY seq"
        found: dict[int, None] = {}
        for n, rows in self._database.rows(f"{sql} LIMIT {limit * 20}", tuple(bounds)):
            found.update(dict.fromkeys([n] if n is not None else unpack(rows)[:limit].tolist()))
            if len(found) >= limit:
                break
        told = self._database.rows(
            f"SELECT n, id FROM sample WHERE n IN carray(?) AND {SHOWN}", (numbers(as_rows(list(found)[:limit])),)
        )
        names = dict(told)
        return [names[n] for n in found if n in names]

    def _event(self, row: tuple[Any, ...]) -> Event:
        seq, at, author, kind, data = row
        return Event(seq, at, self._terms.text(author), kind.removeprefix("log:"), orjson.loads(data))

    def _step(self, row: tuple[Any, ...]) -> Step:
        number, author, at, label, samples, state, why, size = row
        undone = state in (UNDONE, REPLACED)
        undoable = state in (DONE, UNDONE)
        return Step(number, self._terms.text(author), at, label, samples, undone, undoable, why, size)


def _tag_event(event: Event) -> TagEvent:
    data, new = event.data, event.data["new"]
    return TagEvent(
        event.seq, event.at, event.author, data["sample"], data["turn"] or None, data["scheme"], data["author"],
        load_value(new["value"]) if new else None, bool(new and new["machine"]),
    )  # fmt: skip


def _changes_of(row: tuple[Any, ...], after: int, room: int) -> list[Change]:
    seq, size, what, n, rows = row
    if not what or room <= 0:
        return []
    if rows is None:
        return [] if n is None else [Change(seq, n, WHAT[what])]
    first = seq - size + 1
    skip = max(0, after - first + 1)
    some = unpack(rows)[skip : skip + room].tolist()
    return [Change(first + skip + i, number, WHAT[what]) for i, number in enumerate(some)]
