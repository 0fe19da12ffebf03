"""Answers carried along when a scheme changes: everybody's answers get another value, or wait for another look.

Author, time and the version an answer was given under stay as they are. One journal line holds the keys of all
answers that went from one value to another, so that undo finds exactly them again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import orjson

from workbench.errors import InvalidInput
from workbench.model import Json, TagValue
from workbench.store.codec import dump_value, load_value
from workbench.store.rowset import Rows, as_rows
from workbench.store.sample_writes import Writes
from workbench.store.transaction import TAGS, Transaction

Key = list[Any]
"""An answer: row number, author's code, turn, time, whether it waited for another look before."""


class Carried(NamedTuple):
    """What becomes of an answer: its new value, and whether people have to look at it again."""

    value: TagValue
    review: bool = False


class CarryWrites(Writes):
    """The change of `Writer` to answers of a scheme that changed."""

    def carry_answers(self, scheme: str, becomes: Callable[[TagValue], Carried]) -> int:
        """Give every answer to a scheme (anybody's, also on turns) what `becomes` says; returns how many changed.

        Machines' answers are carried too, but never wait for another look: nobody would take it.
        """
        moves = []
        for code in _values(self._tx, scheme):
            text = self._tx.terms.text(code)
            new, review = becomes(load_value(text))
            after = dump_value(new)
            if after != text or review:
                moves.append((text, after, review, _keys(self._tx, scheme, code, people_only=after == text)))
        for before, after, review, keys in moves:  # all keys are read before any is written: values may change places
            if keys:
                _carry(self._tx, scheme, before, after, keys, review=review)
        return sum(len(keys) for _, _, _, keys in moves)


def swap_carry(tx: Transaction, data: Json, inverse: bytes | None, *, back: bool) -> None:
    """For undo and redo: the earlier value again, or the later one; `InvalidInput` when one was answered meanwhile."""
    keys: list[Key] = orjson.loads(zlib.decompress(inverse or b""))
    scheme, before, after = data["scheme"], data["old"]["value"], data["new"]["value"]
    value = after if back else before
    if _count(tx, scheme, value, keys) != len(keys):
        raise InvalidInput(
            f"some answers to {scheme} were changed meanwhile", hint="nothing was changed; look at them first"
        )
    _put(tx, scheme, before if back else after, keys, review=data["review"] and not back)
    told = {**data, "old": data["new"], "new": data["old"]} if back else data
    tx.log("tag_carry", told, what=TAGS, rows=_rows(keys))


def _values(tx: Transaction, scheme: str) -> list[int]:
    found = tx.database.rows("SELECT DISTINCT value FROM tag WHERE scheme = ?", (tx.terms.code(scheme),))
    return [row[0] for row in found]


def _keys(tx: Transaction, scheme: str, value: int, *, people_only: bool) -> list[Key]:
    people = " AND NOT machine" if people_only else ""
    sql = f"SELECT n, author, turn, at, review FROM tag WHERE scheme = ? AND value = ?{people} ORDER BY n"
    return [list(row) for row in tx.database.rows(sql, (tx.terms.code(scheme), value))]


def _carry(tx: Transaction, scheme: str, before: str, after: str, keys: list[Key], *, review: bool) -> None:
    _put(tx, scheme, after, keys, review=review)
    values = {"old": {"value": before}, "new": {"value": after}}
    data = {"scheme": scheme, **values, "review": review, "answers": len(keys)}
    tx.log("tag_carry", data, what=TAGS, rows=_rows(keys), inverse=zlib.compress(orjson.dumps(keys), level=1))


def _put(tx: Transaction, scheme: str, value: str, keys: list[Key], *, review: bool) -> None:
    code, name = tx.terms.code(value), tx.terms.code(scheme)
    tx.database.many(
        "UPDATE tag SET value = ?, review = CASE machine WHEN 0 THEN ? ELSE 0 END"
        " WHERE n = ? AND scheme = ? AND author = ? AND turn = ?",
        ((code, int(review or waited), n, name, author, turn) for n, author, turn, _, waited in keys),
    )


def _count(tx: Transaction, scheme: str, value: str, keys: list[Key]) -> int:
    """How many of these answers still have this value and the time they were given."""
    row = tx.database.one(
        "SELECT count(*) FROM json_each(?1) k JOIN tag ON tag.n = k.value ->> 0 AND tag.scheme = ?2"
        " AND tag.author = k.value ->> 1 AND tag.turn = k.value ->> 2 AND tag.value = ?3 AND tag.at = k.value ->> 3",
        (orjson.dumps(keys).decode(), tx.terms.code(scheme), tx.terms.code(value)),
    )
    return int(row[0]) if row else 0


def _rows(keys: list[Key]) -> Rows:
    return as_rows(np.array([key[0] for key in keys], dtype=np.int64))
