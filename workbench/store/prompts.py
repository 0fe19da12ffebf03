"""What models were asked: a line at each call, and the texts that lines name, each kept once and compressed.

The texts stay as long as the workspace, as the calls do. They never leave it with an export.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from workbench.errors import StoreError
from workbench.prompt import Prompt, numbers_in, unpacked
from workbench.store.samples import Reads
from workbench.store.together import Statement

_PUT = "INSERT OR IGNORE INTO prompt_text (number, data) VALUES (?, ?)"
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


def put_texts(texts: Mapping[int, str]) -> list[Statement]:
    """The statements that keep texts; one that is there already stays as it is."""
    return [(_PUT, (number, _shrunk(text))) for number, text in texts.items()]


class PromptReads(Reads):
    """The read of `Store` about what models were asked."""

    def prompts(self, calls: Sequence[int]) -> dict[int, Prompt]:
        """What was asked in these calls, by their ids; those from before prompts were kept are left out."""
        sql = "SELECT id, prompt FROM call WHERE id IN (SELECT value FROM json_each(?)) AND prompt IS NOT NULL"
        rows = self._database.rows(sql, (orjson.dumps(list(calls)).decode(),))
        found = {call: zlib.decompressobj(-15, zdict=_USUAL).decompress(line) for call, line in rows}
        texts = dict(self._texts({number for line in found.values() for number in numbers_in(line)}))
        try:
            return {call: unpacked(line, texts) for call, line in found.items()}
        except KeyError as exc:
            raise StoreError(f"a part of what a model was asked is missing ({exc.args[0]})") from None

    def _texts(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        wanted = sorted(numbers)
        sql = "SELECT number, data FROM prompt_text WHERE number IN (SELECT value FROM json_each(?))"
        for start in range(0, len(wanted), _WINDOW):
            part = orjson.dumps(wanted[start : start + _WINDOW]).decode()
            yield from ((number, _whole(data)) for number, data in self._database.rows(sql, (part,)))


def _shrunk(text: str) -> str | bytes:
    """Compressed where that is shorter; SQLite tells the two apart by their types."""
    data = text.encode()
    small = zlib.compress(data, 9, -15)
    return small if len(small) < len(data) else text


def _whole(data: str | bytes) -> str:
    return data if isinstance(data, str) else zlib.decompress(data, -15).decode()
