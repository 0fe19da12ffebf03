"""Strings that repeat (sources, languages, authors, tag values ...) are stored once and named by a small number."""

from __future__ import annotations

from workbench.store.connection import Database


class Terms:
    """The dictionary of one database. A term is never changed or removed, so what was read once stays true."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts: dict[int, str] = {}
        self._codes: dict[str, int] = {}

    def text(self, code: int) -> str:
        """The string of a code."""
        texts = self._texts
        if code not in texts:
            newest = max(texts, default=0)
            texts.update(self._database.rows("SELECT code, text FROM term WHERE code > ?", (newest,)))
        return texts[code]

    def find(self, text: str) -> int:
        """The code of a string; 0, which is no code, when it is not known."""
        code = self._codes.get(text)
        if code is None:
            row = self._database.one("SELECT code FROM term WHERE text = ?", (text,))
            if row is None:
                return 0
            code = self._codes[text] = row[0]
        return code

    def code(self, text: str) -> int:
        """The code of a string, adding it when it is new. Only inside a writing transaction."""
        code = self.find(text)
        if not code:
            self._database.rows("INSERT INTO term (text) VALUES (?)", (text,))
            code = int(self._database.connection().last_insert_rowid())
            self._codes[text] = code
        return code

    def forget(self) -> None:
        """Drop what was read: called before a rollback, since it may include terms that will not exist."""
        self._texts, self._codes = {}, {}
