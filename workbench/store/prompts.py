"""What models were asked: a line at each call, and the texts that lines name, each kept once and compressed.

The texts stay as long as the workspace, as the calls do. They never leave it with an export.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import orjson

from workbench.prompt import Prompt, numbers_in, unpacked
from workbench.store.samples import Reads
from workbench.store.together import Statement

_PUT = "INSERT OR IGNORE INTO prompt_text (number, data) VALUES (?, ?)"
_DAMAGED = (zlib.error, ValueError, LookupError, TypeError, AttributeError)
"""What reading a damaged line or text raises: a changed byte can leave no deflate, no UTF-8, no JSON, or other JSON."""

_T = TypeVar("_T")

_MOST_KNOWN = 20_000
"""Numbers of texts that are remembered as written; a call names about five."""

_USUAL = b'{"temperature":0.7,"max_tokens":300,"seed":,"schema":,"schema_name":"conversation"}'
"""What most lines hold, so that it need not be written out in each. Never changed: kept lines are read with it."""

_WINDOW = 500
"""Texts that are read with one statement."""


class WrittenTexts:
    """The texts that this process knows to be on the disk, so that shared ones are not compressed at every call."""

    def __init__(self) -> None:
        self._known: dict[int, None] = {}
        self._lock = threading.Lock()

    def unwritten(self, texts: Mapping[int, str]) -> dict[int, str]:
        """Those of the texts that may not be on the disk yet."""
        with self._lock:
            return {number: text for number, text in texts.items() if number not in self._known}

    def wrote(self, numbers: Iterable[int]) -> None:
        """These are on the disk now; the oldest are forgotten when there are too many."""
        with self._lock:
            self._known.update(dict.fromkeys(numbers))
            while len(self._known) > _MOST_KNOWN:
                del self._known[next(iter(self._known))]


def put_line(line: bytes) -> bytes:
    """The line of a call as its column keeps it."""
    packer = zlib.compressobj(9, wbits=-15, zdict=_USUAL)
    return packer.compress(line) + packer.flush()


def whole_line(data: bytes) -> bytes:
    """The line that `put_line` gave. Raises `zlib.error`, but not for one that is cut off."""
    return zlib.decompressobj(-15, zdict=_USUAL).decompress(data)


def put_texts(texts: Mapping[int, str]) -> list[Statement]:
    """The statements that keep texts; one that is there already stays as it is."""
    return [(_PUT, (number, _shrunk(text))) for number, text in texts.items()]


class PromptReads(Reads):
    """The read of `Store` about what models were asked."""

    def prompts(self, calls: Sequence[int]) -> dict[int, Prompt | None]:
        """What was asked in these calls, by their ids; None where the database no longer has it whole.

        Calls from before prompts were kept are left out.
        """
        sql = "SELECT id, prompt FROM call WHERE id IN (SELECT value FROM json_each(?)) AND prompt IS NOT NULL"
        rows = self._database.rows(sql, (orjson.dumps(list(calls)).decode(),))
        lines = {call: _undamaged(whole_line, kept) or b"" for call, kept in rows}
        texts = dict(self._texts({number for line in lines.values() for number in _undamaged(numbers_in, line) or ()}))
        return {call: _undamaged(unpacked, line, texts) for call, line in lines.items()}

    def _texts(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        wanted = sorted(numbers)
        sql = (
            "SELECT number, typeof(data) = 'text', CAST(data AS BLOB) FROM prompt_text"
            " WHERE number IN (SELECT value FROM json_each(?))"
        )
        for start in range(0, len(wanted), _WINDOW):
            part = orjson.dumps(wanted[start : start + _WINDOW]).decode()
            for number, plain, data in self._database.rows(sql, (part,)):
                text = _undamaged(_whole, plain, data)
                if text is not None:
                    yield number, text


def _shrunk(text: str) -> str | bytes:
    """Compressed where that is shorter; SQLite tells the two apart by their types."""
    data = text.encode()
    small = zlib.compress(data, 9, -15)
    return small if len(small) < len(data) else text


def _whole(plain: bool, data: bytes) -> str:
    return (data if plain else zlib.decompress(data, -15)).decode()


def _undamaged(read: Callable[..., _T], *kept: Any) -> _T | None:
    """What is read from something kept; None where it is damaged, so that it is told of this one alone."""
    try:
        return read(*kept)
    except _DAMAGED:
        return None
