"""One answer for any number of samples: set-based statements, and what was there before as one compressed blob."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import orjson

from workbench.errors import InvalidInput, NotFound
from workbench.model import Json, TagValue
from workbench.store.codec import dump_value
from workbench.store.rowset import Rows, as_rows, numbers
from workbench.store.sample_writes import Writes
from workbench.store.samples import SHOWN
from workbench.store.transaction import TAGS, Transaction

_OF_AUTHOR = "scheme = ?2 AND author = ?3 AND turn = ''"
_PLAIN = " AND NOT machine AND NOT review AND confidence IS NULL"
_IN_ROWS = "n IN carray(?1)"
_COLUMNS = "n, value, at, note, confidence, machine, version, review"


class BulkTagWrites(Writes):
    """The bulk change of `Writer` to tags."""

    def tag_rows(self, rows: Any, scheme: str, value: TagValue | None, *, note: str = "") -> int:
        """Set (or with None remove) this author's answer on row numbers, as one step; returns how many changed."""
        wanted = as_rows(rows)
        if not len(wanted):
            return 0
        _check_rows(self._tx, wanted)
        new = None if value is None else {"value": dump_value(value), "note": note, "at": self._tx.at}
        if new:
            new["version"] = _scheme_version(self._tx, scheme)
        changed = _changed(self._tx, wanted, scheme, new)
        if not len(changed):
            return 0
        before = _read(self._tx, changed, scheme, self._tx.author)
        _write(self._tx, changed, scheme, self._tx.author, new)
        data = {"scheme": scheme, "author": self._tx.author, "samples": len(changed), "new": new}
        inverse = zlib.compress(orjson.dumps(before), level=1) if before else None
        self._tx.log("tag_many", data, what=TAGS, rows=changed, inverse=inverse)
        return len(changed)


def swap_bulk(tx: Transaction, data: Json, rows: Rows, inverse: bytes | None, *, back: bool) -> None:
    """For undo and redo of a bulk answer; `InvalidInput` when one of the answers is not as this step left it."""
    before = [_whole(row) for row in orjson.loads(zlib.decompress(inverse))] if inverse else []
    scheme, author, new = data["scheme"], data["author"], data["new"]
    as_left = _all_are(tx, rows, scheme, author, new) if back else _read(tx, rows, scheme, author) == before
    if not as_left:
        raise InvalidInput(
            f"some answers to {scheme} were changed meanwhile", hint="nothing was changed; look at them first"
        )
    _write(tx, rows, scheme, author, None if back else new)
    if back and before:
        _restore(tx, scheme, author, before)
    tx.log("untag_many" if back else "tag_many", data, what=TAGS, rows=rows)


def _whole(row: list[Any]) -> list[Any]:
    """An answer as it was written down; old lines end before whether it waits for another look."""
    return row if len(row) == len(_COLUMNS.split(",")) else [*row, 0]


def _check_rows(tx: Transaction, rows: Rows) -> None:
    found = tx.database.one(f"SELECT count(*) FROM sample WHERE {_IN_ROWS} AND {SHOWN}", (numbers(rows),))
    if not found or found[0] != len(rows):
        raise NotFound("some of these row numbers are of no sample", hint="run the query again")


def _scheme_version(tx: Transaction, scheme: str) -> int:
    row = tx.database.one("SELECT version FROM scheme WHERE name = ? AND current", (scheme,))
    return int(row[0]) if row else 1


def _changed(tx: Transaction, rows: Rows, scheme: str, new: Json | None) -> Rows:
    """Those rows where the answer is not already so."""
    key = (numbers(rows), tx.terms.code(scheme), tx.author_code)
    sql = f"SELECT n FROM tag WHERE {_IN_ROWS} AND {_OF_AUTHOR}"
    if new is None:
        return _column(tx, sql + " ORDER BY n", key)
    same = f" AND value = ?4 AND note = ?5 AND version = ?6{_PLAIN}"
    values = (tx.terms.code(new["value"]), new["note"], new["version"])
    return np.setdiff1d(rows, _column(tx, sql + same, (*key, *values)), assume_unique=True)


def _column(tx: Transaction, sql: str, values: tuple[Any, ...]) -> Rows:
    found = tx.database.rows(sql, values)
    return np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))


def _read(tx: Transaction, rows: Rows, scheme: str, author: str) -> list[list[Any]]:
    key = (numbers(rows), tx.terms.code(scheme), tx.terms.code(author))
    sql = f"SELECT {_COLUMNS} FROM tag WHERE {_IN_ROWS} AND {_OF_AUTHOR} ORDER BY n"
    return [list(row) for row in tx.database.rows(sql, key)]


def _all_are(tx: Transaction, rows: Rows, scheme: str, author: str, new: Json | None) -> bool:
    """Whether every row has this answer; with None, whether none has any."""
    key = (numbers(rows), tx.terms.code(scheme), tx.terms.code(author))
    sql = f"SELECT count(*) FROM tag WHERE {_IN_ROWS} AND {_OF_AUTHOR}"
    if new is None:
        return tx.database.one(sql, key) == (0,)
    same = f" AND value = ?4 AND at = ?5 AND note = ?6 AND version = ?7{_PLAIN}"
    values = (tx.terms.code(new["value"]), new["at"], new["note"], new["version"])
    return tx.database.one(sql + same, (*key, *values)) == (len(rows),)


def _write(tx: Transaction, rows: Rows, scheme: str, author: str, new: Json | None) -> None:
    key = (numbers(rows), tx.terms.code(scheme), tx.terms.code(author))
    if new is None:
        tx.database.rows(f"DELETE FROM tag WHERE {_IN_ROWS} AND {_OF_AUTHOR}", key)
        return
    tx.database.rows(
        "INSERT OR REPLACE INTO tag (n, scheme, author, turn, value, at, note, confidence, machine, version)"
        " SELECT value, ?2, ?3, '', ?4, ?5, ?6, NULL, 0, ?7 FROM carray(?1)",
        (*key, tx.terms.code(new["value"]), new["at"], new["note"], new["version"]),
    )


def _restore(tx: Transaction, scheme: str, author: str, before: list[list[Any]]) -> None:
    key = (tx.terms.code(scheme), tx.terms.code(author))
    tx.database.many(
        f"INSERT OR REPLACE INTO tag ({_COLUMNS}, scheme, author, turn) VALUES (?,?,?,?,?,?,?,?,?,?,'')",
        ((*row, *key) for row in before),
    )
