"""The records of one large JSON document, one at a time.

A list of records, or an object whose values are records, is cut at its top level without reading it whole: memory
stays at one record, a broken record does not spoil its neighbours, and every record knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from workbench.collect.base import BadRecord
from workbench.collect.jsontext import parse_json
from workbench.collect.limits import LIMITS
from workbench.collect.streams import CHUNK

# A whole string (group 1 is its closing quote; without it the text ended inside the string) or a bracket.
_NESTED = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:(")|\\?\Z)|[\[\]{}]', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*+")
_SPACE = re.compile(rb"\s*+")
_OPENING, _CLOSING = b"[{", b"]}"
_SCALAR = re.compile(rb"[^\s,\]}\[{\"]++")


@dataclass(frozen=True, slots=True)
class Element:
    """A member of the document; `data` is None when it was larger than the cap.

    `trouble` tells what is wrong with the document here, and `cut` that it ends within this member.
    """

    line: int
    data: bytes | None
    key: str | None = None
    trouble: str = ""
    cut: bool = False


class _Window:
    """The part of the document in memory, with the line of the last place that was asked for."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.data = b""
        self.at = 0
        self._line = 1
        self._counted = 0

    def more(self) -> bool:
        """Forget what was passed and read on; False at the end."""
        self.line()
        rest = self.data[self.at :]
        chunk = self.stream.read(max(CHUNK, len(rest)))
        self.data = rest + chunk
        self.at = self._counted = 0
        return bool(chunk)

    def line(self) -> int:
        """The line of the present place, counted from 1."""
        self._line += self.data.count(b"\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip(self, pattern: re.Pattern[bytes]) -> bytes:
        """Pass what the pattern matches and return the byte after it; nothing at the end of the document."""
        while True:
            match = pattern.match(self.data, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.data):
                return self.data[self.at : self.at + 1]
            if not self.more():
                return b""


def elements(stream: BinaryIO) -> Iterator[Element]:
    """The members of the list or object that the document is; a last one tells when the document is cut off."""
    window = _Window(stream)
    opening = window.skip(_SPACE)
    window.at += 1
    keyed = opening == b"{"
    closing = b"}" if keyed else b"]"
    while (byte := window.skip(_BETWEEN)) != closing:
        if not byte or byte in b"]}":
            wanted = closing.decode()
            wrong = f"the bracket {byte.decode()!r} where {wanted!r} should stand"
            missing = f"the end of the file where {wanted!r} should stand"
            yield Element(window.line(), None, trouble=wrong if byte else missing)
            return
        element = _element(window, keyed)
        yield element
        if element.cut:
            return
    window.at += 1
    if rest := window.skip(_SPACE):
        yield Element(window.line(), None, trouble=f"text after the end of the document: {rest.decode('latin-1')!r}")


def _element(window: _Window, keyed: bool) -> Element:
    key = None
    line = window.line()
    if keyed:
        name, whole = _value(window)
        colon = window.skip(_SPACE) if whole and name else b""
        if not name or colon != b":":
            return Element(line, None, cut=True)
        window.at += 1
        window.skip(_SPACE)
        try:
            key = str(parse_json(name))
        except BadRecord:  # the record is good all the same; its name is kept as it stands in the file
            key, line = name.decode("utf-8", "replace").strip('"'), window.line()
    data, whole = _value(window)
    return Element(line, data, key, cut=not whole)


def _value(window: _Window) -> tuple[bytes | None, bool]:
    """The bytes of the value that begins here (None when too large), and whether it came to its end."""
    first = window.data[window.at : window.at + 1]
    if first and first in b'[{"':
        return _nested(window)
    parts = []
    while True:
        match = _SCALAR.match(window.data, window.at)
        if match:
            parts.append(match[0])
            window.at = match.end()
        if window.at < len(window.data):
            window.at += 0 if match or parts else 1
            return b"".join(parts), True
        if not window.more():
            return b"".join(parts), False


def _nested(window: _Window) -> tuple[bytes | None, bool]:
    depth = size = 0
    parts: list[bytes] = []
    while True:
        start = window.at
        window.at, depth, closed = _scan(window.data, start, depth)
        size += window.at - start
        parts = [*parts, window.data[start : window.at]] if size <= LIMITS.record else []
        if closed:
            return (b"".join(parts) if size <= LIMITS.record else None), True
        if len(window.data) - window.at > LIMITS.record or not window.more():
            return None, False


def _scan(data: bytes, start: int, depth: int) -> tuple[int, int, bool]:
    """Follow brackets and strings: how far, the depth there, and whether the value is closed."""
    for match in _NESTED.finditer(data, start):
        byte = data[match.start()]
        if byte in _OPENING:
            depth += 1
            continue
        if byte in _CLOSING:
            depth -= 1
        elif match.lastindex is None:
            return match.start(), depth, False  # the string goes on beyond this window: looked at again with more text
        if depth == 0:
            return match.end(), 0, True
    return len(data), depth, False
