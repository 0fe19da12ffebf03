"""The word index: which samples hold these words, prefixes or phrases, in any language.

It lives in a file of its own (``index/text.db``) that can be deleted and built again from the store. The position of
the store's change log that it is true for is kept in the same transaction as its rows.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import apsw
import numpy as np
import numpy.typing as npt

from workbench.errors import StoreError
from workbench.store.connection import Database, set_journal
from workbench.store.rowset import Rows
from workbench.store.terms import Terms
from workbench.store.transaction import writing
from workbench.text import search_key

Weights = npt.NDArray[np.float64]

logger = logging.getLogger(__name__)

FORMAT = 2  # raise it when `indexed_form` or the tokenizer changes: an index of another format is built again
_SCHEMA = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS position;
CREATE VIRTUAL TABLE words USING fts5(
  text, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE position (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
INSERT INTO position VALUES (1, 0);
"""
# Beginnings of two and three letters have lists of their own: a third more work to build, ten times faster to find.
# Han, kana and hangul stand without spaces: each character is indexed as a word, and a query for two is a phrase.
_CJK = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af])")
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other; with `prefix` the last one may go on."""

    text: str
    prefix: bool = False


class TextIndex:
    """Words -> row numbers. Safe from any thread and for several processes on one folder."""

    def __init__(self, folder: Path) -> None:
        directory = Path(folder) / "index"
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._database = _opened(directory / "text.db")
        self._terms = Terms(self._database)

    @property
    def position(self) -> int:
        """The position of the store's change log that the index is true for; 0 when nothing is indexed."""
        row = self._database.one("SELECT seq FROM position")
        return int(row[0]) if row else 0

    def update(self, rows: Iterable[tuple[int, str]], removed: Iterable[int], position: int) -> bool:
        """Index (row number, text) anew, drop `removed`, and move to `position`, all in one transaction.

        False, and nothing is changed, when another process has brought the index further than `position`.
        """
        with writing(self._database, self._terms):
            if self.position > position:
                return False
            self._database.many("DELETE FROM words WHERE rowid = ?", ((n,) for n in removed))
            stream = iter(rows)
            while batch := list(islice(stream, _BATCH)):
                values = [(n, indexed_form(text)) for n, text in batch]
                self._database.many("INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)", values)
            self._database.rows("UPDATE position SET seq = ?", (position,))
        return True

    def match(self, *terms: str | Phrase, limit: int | None = None) -> Rows:
        """Row numbers of samples that hold every term, newest (highest) first, at most `limit`.

        Terms are plain text, never query syntax: words of one term must stand beside each other. A term without a
        letter or digit is found nowhere.
        """
        expression = _expression(terms)
        if not expression:
            return np.empty(0, dtype=np.int64)
        if limit is None:
            return self._all_matches(expression)
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
        found = self._database.rows(sql, (expression, limit))
        return np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))

    def _all_matches(self, expression: str) -> Rows:
        """All row numbers in one string: several times faster than a Python object for each (measured at 75,000)."""
        row = self._database.one("SELECT group_concat(rowid) FROM words WHERE words MATCH ?", (expression,))
        if row is None or row[0] is None:
            return np.empty(0, dtype=np.int64)
        return np.sort(np.fromstring(row[0], dtype=np.int64, sep=","))[::-1]

    def ranked(self, *terms: str | Phrase, limit: int) -> tuple[Rows, Weights]:
        """At most `limit` samples that hold every term, best first, and their weights (BM25, larger is better)."""
        expression = _expression(terms)
        sql = "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        found = self._database.rows(sql, (expression, limit)) if expression else []
        rows = np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))
        return rows, np.fromiter((row[1] for row in found), dtype=np.float64, count=len(found))

    def count(self, *terms: str | Phrase) -> int:
        """How many samples hold every term."""
        expression = _expression(terms)
        row = expression and self._database.one("SELECT count(*) FROM words WHERE words MATCH ?", (expression,))
        return int(row[0]) if row else 0

    def clear(self) -> None:
        """Forget everything: the next update builds it anew."""
        with writing(self._database, self._terms):
            self._database.rows("INSERT INTO words (words) VALUES ('delete-all')")
            self._database.rows("UPDATE position SET seq = 0")

    def compact(self) -> None:
        """Rewrite the index as one piece: faster to search, and words of removed texts are gone from the disk.

        Until then a removed text is only marked (an index without its texts cannot know their words).
        """
        with writing(self._database, self._terms):
            self._database.rows("INSERT INTO words (words) VALUES ('optimize')")
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._database.close()


def _opened(path: Path) -> Database:
    """The index's file; a damaged one is thrown away, since the store can fill it again."""
    try:
        return _prepared(path)
    except StoreError as exc:
        if not isinstance(exc.__cause__, (apsw.NotADBError, apsw.CorruptError)):
            raise
        logger.warning("the word index %s is damaged and will be built again", path)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _prepared(path)


def _prepared(path: Path) -> Database:
    database = Database(path)
    try:
        set_journal(database)
        if database.one("PRAGMA user_version") != (FORMAT,):
            with writing(database, Terms(database)):
                if database.one("PRAGMA user_version") != (FORMAT,):  # another process may have done it meanwhile
                    database.rows(_SCHEMA + f"PRAGMA user_version={FORMAT}")
    except BaseException:
        database.close()
        raise
    return database


def indexed_form(text: str) -> str:
    """Text as it is indexed and looked for: compatibility forms unified, case folded, CJK characters set apart."""
    return _CJK.sub(r" \1 ", search_key(text)).replace("\0", " ")


def _expression(terms: Iterable[str | Phrase]) -> str:
    """The terms as quoted phrases, all of which must be found; "" when one of them can never be."""
    return " AND ".join(parts) if (parts := list(_quoted(terms))) and all(parts) else ""


def _quoted(terms: Iterable[str | Phrase]) -> Iterator[str]:
    for term in terms:
        phrase = Phrase(term) if isinstance(term, str) else term
        text = indexed_form(phrase.text).strip()
        wordless = not any(character.isalnum() for character in text)
        yield "" if wordless else '"' + text.replace('"', '""') + '"' + (" *" if phrase.prefix else "")
