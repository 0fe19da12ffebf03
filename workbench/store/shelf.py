"""The small things a workspace keeps by name: schemes, sources, documents, imports, slices, settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any

import orjson

from workbench.errors import InvalidInput, NotFound
from workbench.ids import derived_id
from workbench.model import Document, FrozenSlice, Json, SliceSpec, Source, TagScheme
from workbench.records import to_record
from workbench.store.codec import dump, load, load_document, load_frozen, load_scheme
from workbench.store.rows import ImportRecord, ProblemRecord
from workbench.store.sample_writes import Writes
from workbench.store.samples import Reads
from workbench.store.transaction import Transaction


class ShelfReads(Reads):
    """The reads of `Store` about what is kept by name."""

    def schemes(self) -> list[TagScheme]:
        """The newest version of every scheme."""
        rows = self._database.rows("SELECT record FROM scheme WHERE current ORDER BY name")
        return [load_scheme(row[0]) for row in rows]

    def sources(self) -> list[Source]:
        """All sources."""
        return [Source(**load(row[0])) for row in self._database.rows("SELECT record FROM source ORDER BY rowid")]

    def documents(self) -> list[Document]:
        """All documents."""
        return [load_document(row[0]) for row in self._database.rows("SELECT record FROM document ORDER BY rowid")]

    def document(self, document_id: str) -> Document:
        """One document; raises `NotFound`."""
        row = self._database.one("SELECT record FROM document WHERE id = ?", (document_id,))
        if row is None:
            raise NotFound(f"no document {document_id}")
        return load_document(row[0])

    def imports(self) -> list[ImportRecord]:
        """All imports, newest first."""
        rows = self._database.rows("SELECT record, state FROM import ORDER BY at DESC, rowid DESC")
        texts = {"file": "", "file_hash": "", "format": "", "author": ""}
        return [ImportRecord(**{**texts, **load(record), "state": state}) for record, state in rows]

    def problems(self, import_id: str) -> list[ProblemRecord]:
        """What an import quarantined, in order of row."""
        rows = self._database.rows("SELECT record FROM problem WHERE import = ? ORDER BY row, rowid", (import_id,))
        texts = {"import_id": import_id, "file": "", "line": None, "field": "", "found": "", "hint": ""}
        return [ProblemRecord(**{**texts, **load(row[0])}) for row in rows]

    def slices(self) -> list[SliceSpec]:
        """Saved queries, by name."""
        rows = self._database.rows("SELECT record FROM slice ORDER BY name")
        return [SliceSpec(**{"query": "", **load(row[0])}) for row in rows]

    def frozen(self, name: str | None = None) -> list[FrozenSlice]:
        """Frozen slices (of that name), oldest first."""
        sql = "SELECT record FROM frozen WHERE ?1 IS NULL OR name = ?1 ORDER BY ord"
        return [load_frozen(row[0]) for row in self._database.rows(sql, (name,))]

    def frozen_parts(self, frozen_id: str) -> Iterator[bytes]:
        """What was pinned with a frozen slice, in order, streaming."""
        sql = "SELECT data FROM frozen_part WHERE frozen = ? AND part = ?"
        for number in count():
            row = self._database.one(sql, (frozen_id, number))
            if row is None:
                return
            yield row[0]

    def setting(self, key: str) -> Any:
        """A JSON setting of the workspace, or None."""
        row = self._database.one("SELECT value FROM setting WHERE key = ?", (key,))
        return orjson.loads(row[0]) if row else None


class ShelfWrites(Writes):
    """The changes of `Writer` to what is kept by name."""

    def save_scheme(
        self, scheme: TagScheme, *, moved: Mapping[str, str] = MappingProxyType({}), review: Sequence[str] = ()
    ) -> TagScheme:
        """Add a scheme, or store a changed one as its next version. Returns it with that version.

        `moved` and `review` are kept with it: see `Writer.save_scheme`.
        """
        current = _current_scheme(self._tx, scheme.name)
        if current and not moved and not review and replace(current, version=0) == replace(scheme, version=0):
            return current
        newest = self._tx.database.one("SELECT max(version) FROM scheme WHERE name = ?", (scheme.name,))
        version = int((newest and newest[0]) or 0) + 1
        saved = replace(scheme, version=version)
        _point(self._tx, scheme.name, None)
        self._tx.database.rows("INSERT INTO scheme VALUES (?, ?, 1, ?)", (scheme.name, version, dump(saved)))
        change = dump({"moved": dict(moved), "review": list(review)})
        told = (scheme.name, version, self._tx.at, self._tx.author_code, change)
        self._tx.database.rows("INSERT INTO scheme_change VALUES (?, ?, ?, ?, ?)", told)
        old = current.version if current else None
        self._tx.log("scheme", {"scheme": scheme.name, "old": old, "new": version})
        return saved

    def save_source(self, source: Source) -> Source:
        """Add or change a source by name. Returns it with its id."""
        row = self._tx.database.one("SELECT id, record FROM source WHERE name = ?", (source.name,))
        saved = replace(source, id=row[0] if row else source.id or derived_id("src", source.name))
        if row and orjson.loads(row[1]) == load(dump(saved)):
            return saved
        put_record(self._tx, "source", saved.name, dump(saved))
        old = orjson.loads(row[1]) if row else None
        self._tx.log("source", {"name": saved.name, "old": old, "new": load(dump(saved))}, undoable=row is not None)
        return saved

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Add documents; those whose id exists are skipped. Returns how many are new."""
        new = 0
        for document in documents:
            self._tx.database.rows("INSERT OR IGNORE INTO document VALUES (?, ?)", (document.id, dump(document)))
            if self._tx.database.changed():
                new += 1
                self._tx.log("document", {"id": document.id, "title": document.title}, undoable=False)
        return new

    def add_import(self, record: ImportRecord, problems: Sequence[ProblemRecord]) -> None:
        """Write down an import and what it quarantined."""
        if record.read != record.imported + record.duplicates + record.quarantined:
            raise InvalidInput(f"the counts of import {record.id} do not add up: {record}")
        values = (record.id, record.at or self._tx.at, record.state, dump(record))
        self._tx.database.rows("INSERT INTO import VALUES (?, ?, ?, ?)", values)
        told = ((record.id, problem.row, dump(problem)) for problem in problems)
        self._tx.database.many("INSERT INTO problem VALUES (?, ?, ?)", told)
        self._tx.log("import", {"import": record.id, "file": record.file, "old": "undone", "new": record.state})

    def save_slice(self, spec: SliceSpec) -> None:
        """Add or replace a saved query."""
        saved = replace(spec, created_at=spec.created_at or self._tx.at, author=spec.author or self._tx.author)
        row = self._tx.database.one("SELECT record FROM slice WHERE name = ?", (spec.name,))
        put_record(self._tx, "slice", spec.name, dump(saved))
        old = orjson.loads(row[0]) if row else None
        self._tx.log("slice", {"name": spec.name, "old": old, "new": load(dump(saved))})

    def remove_slice(self, name: str) -> None:
        """Forget a saved query; its frozen slices stay. Raises `NotFound`."""
        row = self._tx.database.one("SELECT record FROM slice WHERE name = ?", (name,))
        if row is None:
            raise NotFound(f"there is no slice {name!r}", hint="somebody may have removed it meanwhile")
        put_record(self._tx, "slice", name, None)
        self._tx.log("slice", {"name": name, "old": orjson.loads(row[0]), "new": None})

    def add_frozen(self, frozen: FrozenSlice, parts: Iterable[bytes] = ()) -> None:
        """Keep a frozen slice. Never changed afterwards. `parts` are what else is pinned with it."""
        known = self._tx.database.one("SELECT 1 FROM frozen WHERE id = ?", (frozen.id,))
        if known:
            raise InvalidInput(f"the frozen slice {frozen.id} exists already", hint="freeze again under a new id")
        self._tx.database.rows(
            "INSERT INTO frozen (id, name, record) VALUES (?, ?, ?)", (frozen.id, frozen.name, dump(frozen))
        )
        numbered = ((frozen.id, number, part) for number, part in enumerate(parts))
        self._tx.database.many("INSERT INTO frozen_part VALUES (?, ?, ?)", numbered)
        data = {"id": frozen.id, "name": frozen.name, "hash": frozen.hash, "samples": len(frozen.members)}
        self._tx.log("freeze", data, undoable=False)

    def save_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting as part of a step: undo brings back what it was."""
        data = {"key": key, "old": _setting(self._tx, key), "new": load(dump(value))}
        _put_setting(self._tx, key, data["new"])
        self._tx.log("setting", data)

    def log(self, kind: str, data: Json) -> None:
        """Append a line to the journal that belongs to no other change (an export, say)."""
        self._tx.log(f"log:{kind}", to_record(data), undoable=False)


def put_record(tx: Transaction, table: str, name: str, record: bytes | None) -> None:
    """Write or (None) remove a slice or a source by name, without a journal line."""
    if record is None:
        tx.database.rows(f"DELETE FROM {table} WHERE name = ?", (name,))
    elif table == "source":
        tx.database.rows("INSERT OR REPLACE INTO source VALUES (?, ?, ?)", (name, orjson.loads(record)["id"], record))
    else:
        tx.database.rows("INSERT OR REPLACE INTO slice VALUES (?, ?)", (name, record))


def swap_record(tx: Transaction, table: str, data: Json, *, back: bool) -> None:
    """For undo and redo of a saved slice or source: the earlier text back, or the later one again."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    row = tx.database.one(f"SELECT record FROM {table} WHERE name = ?", (data["name"],))
    if (orjson.loads(row[0]) if row else None) != expected:
        raise InvalidInput(f"the {table} {data['name']!r} was changed meanwhile", hint="nothing was changed")
    put_record(tx, table, data["name"], None if wanted is None else dump(wanted))
    tx.log(table, {**data, "old": expected, "new": wanted})


def swap_setting(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of a setting kept in a step: the earlier value back, or the later one again."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    if _setting(tx, data["key"]) != expected:
        raise InvalidInput("what was chosen was changed meanwhile", hint="nothing was changed")
    _put_setting(tx, data["key"], wanted)
    tx.log("setting", {"key": data["key"], "old": expected, "new": wanted})


def _setting(tx: Transaction, key: str) -> Any:
    row = tx.database.one("SELECT value FROM setting WHERE key = ?", (key,))
    return orjson.loads(row[0]) if row else None


def _put_setting(tx: Transaction, key: str, value: Any) -> None:
    tx.database.rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, dump(value)))


def swap_scheme(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of a saved scheme: makes another of its stored versions the current one."""
    expected, wanted = (data["new"], data["old"]) if back else (data["old"], data["new"])
    current = _current_scheme(tx, data["scheme"])
    if (current.version if current else None) != expected:
        raise InvalidInput(f"the scheme {data['scheme']!r} was changed meanwhile", hint="nothing was changed")
    if back and _used(tx, data["scheme"], data["new"]):
        raise InvalidInput(
            f"version {data['new']} of the scheme {data['scheme']!r} has answers", hint="take those back first"
        )
    _point(tx, data["scheme"], wanted)
    tx.log("scheme", {**data, "old": expected, "new": wanted})


def swap_import(tx: Transaction, data: Json, *, back: bool) -> None:
    """For undo and redo of an import: marks its record; the samples have a journal line of their own."""
    state = data["old"] if back else data["new"]
    tx.database.rows("UPDATE import SET state = ? WHERE id = ?", (state, data["import"]))
    tx.log("import", {**data, "state": state})


def _current_scheme(tx: Transaction, name: str) -> TagScheme | None:
    row = tx.database.one("SELECT record FROM scheme WHERE name = ? AND current", (name,))
    return load_scheme(row[0]) if row else None


def _point(tx: Transaction, name: str, version: int | None) -> None:
    tx.database.rows("UPDATE scheme SET current = (version IS ?) WHERE name = ?", (version, name))


def _used(tx: Transaction, scheme: str, version: int) -> bool:
    sql = "SELECT 1 FROM tag WHERE scheme = ? AND version = ? LIMIT 1"
    return tx.database.one(sql, (tx.terms.code(scheme), version)) is not None
