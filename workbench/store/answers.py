"""Reading answers by scheme, counted or as sets of rows, and how schemes came to be as they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import orjson

from workbench.model import Json, TagScheme, TagValue
from workbench.store.codec import dump_value, load_scheme, load_value
from workbench.store.journal import REPLACED, UNDONE
from workbench.store.rows import Event
from workbench.store.rowset import Rows, as_rows, numbers
from workbench.store.samples import Reads

BULK = "bulk_tag"
"""The kind of the journal line that every bulk answer leaves (`Writer.log`)."""


class AnswerCount(NamedTuple):
    """How often one author gave one answer to a scheme, on how many samples; turns count too."""

    value: TagValue
    author: str
    machine: bool
    answers: int
    samples: int


class SchemeVersion(NamedTuple):
    """One version of a scheme: who saved it when, and what it did to the answers of the version before it.

    `moved` says which value each old value became; `review`, which old values people have to look at again.
    """

    scheme: TagScheme
    author: str
    at: int
    moved: Json
    review: tuple[str, ...]
    current: bool


class Told(NamedTuple):
    """A line that was written to the journal with a step, and whether that step is undone."""

    event: Event
    undone: bool


class AnswerReads(Reads):
    """The reads of `Store` about the answers to one scheme."""

    def answers_by(self, author: str, scheme: str, rows: Any) -> list[tuple[TagValue, Rows]]:
        """What an author answered on these whole samples: each value with its row numbers."""
        wanted = as_rows(rows)
        if not len(wanted):
            return []
        sql = "SELECT value, n FROM tag WHERE n IN carray(?) AND scheme = ? AND author = ? AND turn = '' ORDER BY n"
        found = self._database.rows(sql, (numbers(wanted), self._terms.find(scheme), self._terms.find(author)))
        groups: dict[int, list[int]] = {}
        for value, n in found:
            groups.setdefault(value, []).append(n)
        return [(load_value(self._terms.text(code)), np.array(group)) for code, group in groups.items()]

    def answered_by_others(self, author: str, scheme: str, rows: Any) -> int:
        """On how many of these whole samples another person has answered."""
        wanted = as_rows(rows)
        if not len(wanted):
            return 0
        sql = (
            "SELECT count(DISTINCT n) FROM tag WHERE n IN carray(?) AND scheme = ? AND author <> ? AND turn = ''"
            " AND NOT machine"
        )
        row = self._database.one(sql, (numbers(wanted), self._terms.find(scheme), self._terms.find(author)))
        return int(row[0]) if row else 0

    def answer_counts(self, scheme: str) -> list[AnswerCount]:
        """Every answer to a scheme with its author and how often it was given."""
        sql = (
            "SELECT value, author, machine, count(*), count(DISTINCT n) FROM tag WHERE scheme = ?"
            " GROUP BY value, author, machine"
        )
        text = self._terms.text
        return [
            AnswerCount(load_value(text(value)), text(author), bool(machine), answers, samples)
            for value, author, machine, answers, samples in self._database.rows(sql, (self._terms.find(scheme),))
        ]

    def samples_answered(self, scheme: str, values: Collection[TagValue]) -> int:
        """How many samples have one of these values as anybody's answer to a scheme, also on turns."""
        codes = [code for value in values if (code := self._terms.find(dump_value(value)))]
        if not codes:
            return 0
        sql = "SELECT count(DISTINCT n) FROM tag WHERE scheme = ? AND value IN carray(?)"
        row = self._database.one(sql, (self._terms.find(scheme), numbers(np.array(codes))))
        return int(row[0]) if row else 0

    def review_rows(self, scheme: str, author: str | None = None) -> Rows:
        """Samples with an answer to a scheme (of that author) that waits for another look since the scheme changed."""
        sql = "SELECT DISTINCT n FROM tag WHERE scheme = ?1 AND review AND (?2 IS NULL OR author = ?2) ORDER BY n"
        code = None if author is None else self._terms.find(author)
        found = self._database.rows(sql, (self._terms.find(scheme), code))
        return np.array([row[0] for row in found], dtype=np.int64)

    def scheme_versions(self, name: str) -> list[SchemeVersion]:
        """All versions of a scheme, oldest first; of very old ones the author is not known ("")."""
        sql = (
            "SELECT s.record, s.current, c.at, c.author, c.record FROM scheme s LEFT JOIN scheme_change c"
            " USING (name, version) WHERE s.name = ? ORDER BY s.version"
        )
        return [self._version(*row) for row in self._database.rows(sql, (name,))]

    def bulk_records(self, limit: int = 50) -> list[Told]:
        """The journal's lines about bulk answers, newest first, and whether their step is undone."""
        sql = "SELECT seq, at, author, data FROM event WHERE kind = 'log:bulk_tag' ORDER BY seq DESC LIMIT ?"
        found = self._database.rows(sql, (limit,))
        undone = self._database.rows(f"SELECT first, last FROM step WHERE state IN ({UNDONE}, {REPLACED})")
        return [
            Told(
                Event(seq, at, self._terms.text(author), BULK, orjson.loads(data)),
                any(first <= seq <= last for first, last in undone),
            )
            for seq, at, author, data in found
        ]

    def _version(self, record: bytes, current: int, at: int | None, author: int | None, change: Any) -> SchemeVersion:
        told = orjson.loads(change) if change else {}
        who = self._terms.text(author) if author is not None else ""
        review = tuple(told.get("review", ()))
        return SchemeVersion(load_scheme(record), who, at or 0, told.get("moved", {}), review, bool(current))
