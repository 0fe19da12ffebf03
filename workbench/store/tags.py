"""Tags and notes: one current answer per sample, turn, scheme and author; every change of one is in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import orjson

from workbench.errors import InvalidInput, NotFound
from workbench.ids import new_id
from workbench.model import Json, Note, Tag, TagValue
from workbench.store.codec import dump, dump_value, load_value
from workbench.store.rows import TagRow
from workbench.store.rowset import as_rows, chunks, numbers, row_chunks, strings
from workbench.store.sample_writes import Writes
from workbench.store.samples import HOT_CHUNK, Reads, row_numbers
from workbench.store.transaction import TAGS, Transaction

_PARTS = ("value", "at", "note", "confidence", "machine", "version")
_KEY = "n = ? AND scheme = ? AND author = ? AND turn = ?"


class TagReads(Reads):
    """The reads of `Store` about tags and notes."""

    def tag_rows(self, rows: Sequence[int] | None = None) -> Iterator[TagRow]:
        """Current tags of all samples, or of these row numbers, in order of row number."""
        text = self._terms.text
        values: dict[int, TagValue] = {}
        for n, turn, scheme, author, machine, value in self._tag_columns(rows):
            if value not in values:
                values[value] = load_value(text(value))
            yield TagRow(n, turn, text(scheme), text(author), bool(machine), values[value])

    def tags(self, ids: Sequence[str]) -> list[Tag]:
        """Current tags of these samples and their turns, by all authors."""
        found: list[Tag] = []
        text = self._terms.text
        sql = (
            "SELECT id, tag.scheme, value, author, at, turn, note, confidence, machine, version FROM sample JOIN tag"
            " USING (n) WHERE id IN carray(?) ORDER BY n, tag.at, tag.scheme, turn"
        )
        for part in chunks(list(ids), HOT_CHUNK):
            for row in self._database.rows(sql, (strings(part),)):
                sample, scheme, value, author, at, turn, note, confidence, machine, version = row
                given = (text(scheme), load_value(text(value)), text(author), at, turn or None, note, confidence)
                found.append(Tag(sample, *given, machine=bool(machine), scheme_version=version))
        return found

    def notes(self, sample_id: str) -> list[Note]:
        """Remarks on a sample, oldest first."""
        sql = "SELECT record FROM note WHERE n = (SELECT n FROM sample WHERE id = ?) AND NOT gone ORDER BY at, rowid"
        return [Note(**{"text": "", **orjson.loads(row[0])}) for row in self._database.rows(sql, (sample_id,))]

    def _tag_columns(self, rows: Sequence[int] | None) -> Iterator[tuple[Any, ...]]:
        select = "SELECT n, turn, scheme, author, machine, value FROM tag"
        if rows is not None:
            for part in row_chunks(as_rows(rows), HOT_CHUNK):
                yield from self._database.rows(f"{select} WHERE n IN carray(?) ORDER BY n", (numbers(part),))
            return
        newest = self._database.one("SELECT max(n) FROM sample")
        for first in range(1, int((newest and newest[0]) or 0) + 1, HOT_CHUNK):
            between = (first, first + HOT_CHUNK - 1)
            yield from self._database.rows(f"{select} WHERE n BETWEEN ? AND ? ORDER BY n", between)


class TagWrites(Writes):
    """The changes of `Writer` to tags and notes."""

    def tag(self, tags: Sequence[Tag]) -> int:
        """Set tags (one answer per sample, turn, scheme and author); returns how many answers changed."""
        found = row_numbers(self._tx.database, {tag.sample for tag in tags})
        return sum(self._tag_one(tag, found) for tag in tags)

    def untag(self, keys: Sequence[tuple[str, str | None, str]]) -> int:
        """Remove this author's answers of (sample id, turn id or None, scheme); returns how many were there."""
        found = row_numbers(self._tx.database, {sample for sample, _, _ in keys})
        removed = 0
        for sample, turn, scheme in keys:
            key = {"sample": sample, "turn": turn or "", "scheme": scheme, "author": self._tx.author}
            removed += change_tag(self._tx, _row(found, sample), key, None)
        return removed

    def add_note(self, note: Note) -> Note:
        """Add a remark."""
        n = _row(row_numbers(self._tx.database, [note.sample]), note.sample)
        kept = replace(note, id=note.id or new_id("note"), at=note.at or self._tx.at)
        self._tx.database.rows("INSERT INTO note VALUES (?, ?, ?, 0, ?)", (kept.id, n, kept.at, dump(kept)))
        data = {"sample": note.sample, "note": kept.id, "turn": note.turn, "text": note.text}
        self._tx.log("note", data, what=TAGS, n=n)
        return kept

    def _tag_one(self, tag: Tag, found: dict[str, int]) -> int:
        if "\0" in f"{tag.turn}{tag.scheme}{tag.author}":
            raise InvalidInput("the name of a scheme, a turn or an author holds a NUL character")
        key = {"sample": tag.sample, "turn": tag.turn or "", "scheme": tag.scheme, "author": tag.author}
        new = {
            "value": dump_value(tag.value),
            "at": tag.at or self._tx.at,
            "note": tag.note,
            "confidence": tag.confidence,
            "machine": int(tag.machine),
            "version": tag.scheme_version,
        }
        return change_tag(self._tx, _row(found, tag.sample), key, new)


def change_tag(tx: Transaction, n: int, key: Json, new: Json | None) -> int:
    """Set or (None) remove one answer; 1 when that changed what is answered, else 0 and nothing is written."""
    place = _place(tx, n, key)
    old = read_tag(tx, place)
    if old == new or (old and new and {**old, "at": 0} == {**new, "at": 0}):
        return 0
    put_tag(tx, place, new)
    tx.log("tag" if new else "untag", {**key, "old": old, "new": new}, what=TAGS, n=n)
    return 1


def swap_tag(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of one answer: put the earlier one back, or the later one again."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    n = _row(row_numbers(tx.database, [data["sample"]]), data["sample"])
    place = _place(tx, n, data)
    if read_tag(tx, place) != expected:
        raise InvalidInput(
            f"the answer to {data['scheme']} was changed meanwhile", hint="nothing was changed; look at it first"
        )
    put_tag(tx, place, wanted)
    tx.log("tag" if wanted else "untag", {**data, "old": expected, "new": wanted}, what=TAGS, n=n)


def swap_note(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of a remark: take it away, or bring it back. It stays in the database."""
    row = tx.database.one("SELECT n FROM note WHERE id = ? AND gone = ?", (data["note"], int(not back)))
    if row is None:
        raise InvalidInput("that remark is not there any more")
    tx.database.rows("UPDATE note SET gone = ? WHERE id = ?", (int(back), data["note"]))
    tx.log("unnote" if back else "note", data, what=TAGS, n=row[0])


def read_tag(tx: Transaction, place: Sequence[Any]) -> dict[str, Any] | None:
    """The current answer at (n, scheme, author, turn), values as text."""
    row = tx.database.one(f"SELECT {', '.join(_PARTS)}, review FROM tag WHERE {_KEY}", place)
    if row is None:
        return None
    waiting = {"review": 1} if row[-1] else {}
    return dict(zip(_PARTS, row[:-1], strict=True)) | {"value": tx.terms.text(row[0])} | waiting


def put_tag(tx: Transaction, place: Sequence[Any], new: Json | None) -> None:
    """Write or (None) remove the answer at (n, scheme, author, turn), without a journal line."""
    if new is None:
        tx.database.rows(f"DELETE FROM tag WHERE {_KEY}", place)
        return
    values = (tx.terms.code(new["value"]), *(new[name] for name in _PARTS[1:]), new.get("review", 0))
    tx.database.rows(
        "INSERT OR REPLACE INTO tag (n, scheme, author, turn, value, at, note, confidence, machine, version, review)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (*place, *values),
    )


def _place(tx: Transaction, n: int, key: Json) -> tuple[Any, ...]:
    return n, tx.terms.code(key["scheme"]), tx.terms.code(key["author"]), key["turn"]


def _row(found: dict[str, int], sample_id: str) -> int:
    if sample_id not in found:
        raise NotFound(f"no sample {sample_id}", hint="look it up by a search")
    return found[sample_id]
