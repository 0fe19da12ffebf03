"""Bytes from a file that nobody trusts: unpacked with caps, freed of byte-order marks, cut into bounded lines."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeAlias

from workbench.collect.limits import LIMITS
from workbench.errors import CollectError, NothingToRead

CHUNK = 1 << 20
Bytes: TypeAlias = "io.BufferedReader[Any]"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


NOT_UTF8 = "save as UTF-8, or give its encoding"
"""What helps where bytes are of another encoding."""


def broken_byte(exc: UnicodeDecodeError, offset: int) -> str:
    """Which byte of a file is not UTF-8; `offset` is where the bytes that were decoded begin in it."""
    byte, at = f"{exc.object[exc.start]:02x}", offset + exc.start
    return f"byte 0x{byte} at offset {at} is not UTF-8"


class DamagedFile(NothingToRead):
    """The bytes of a file end early or are damaged; what was read before is good."""


class CappedStream(io.RawIOBase):
    """Reads an unpacking stream and stops at a bomb.

    Args:
        unpacked: the stream of unpacked bytes.
        packed: returns how many packed bytes were used so far.
        name: the file, for messages.

    Raises:
        NothingToRead: when reading passes the size or ratio cap, or the packed data are damaged.
    """

    def __init__(self, unpacked: Any, packed: Callable[[], int], name: str) -> None:
        super().__init__()
        self._unpacked = unpacked
        self._packed = packed
        self._name = name
        self._total = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; see the class for what can go wrong."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # io calls this with a writable buffer
        try:
            data = self._unpacked.read(len(view))
        except EOFError as exc:
            raise DamagedFile(f"{self._name} is damaged: it ends too early", hint="download it again") from exc
        except (OSError, ValueError, zlib.error, zipfile.BadZipFile) as exc:
            raise DamagedFile(f"{self._name} is damaged", hint="pack or download it again") from exc
        view[: len(data)] = data
        self._total += len(data)
        self._check()
        return len(data)

    def close(self) -> None:
        """Close the stream below as well."""
        self._unpacked.close()
        super().close()

    def _check(self) -> None:
        ratio = self._total / max(1, self._packed())
        if self._total > LIMITS.unpacked:
            raise NothingToRead(
                f"{self._name} unpacks to more than {LIMITS.unpacked >> 20} MB", hint="unpack it and import the parts"
            )
        if self._total > LIMITS.ratio_from and ratio > LIMITS.ratio:
            raise NothingToRead(
                f"{self._name} unpacks to {ratio:.0f} times its size, which looks like a bomb",
                hint="unpack it yourself if you trust it",
            )


class _Transcoded(io.RawIOBase):
    """A text stream of another encoding, as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        super().__init__()
        self._text = text
        self._name = name
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # io calls this with a writable buffer
        if not self._rest:
            try:
                self._rest = self._text.read(CHUNK // 4).encode("utf-8", "surrogatepass")
            except UnicodeError as exc:
                raise DamagedFile(
                    f"{self._name} is not {self._text.encoding} throughout",
                    hint="give the encoding, or save it as UTF-8",
                ) from exc
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def buffered(raw: Any) -> Bytes:
    """The stream itself, or with a buffer around it, so that one can look ahead."""
    return raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw, CHUNK)


def as_utf8(raw: BinaryIO, name: str, encoding: str | None = None) -> tuple[Bytes, str]:
    """The stream as UTF-8 bytes without a byte-order mark, and the encoding it had.

    A mark decides when no `encoding` is given; without either the bytes are passed on as they are.
    """
    stream = buffered(raw)
    start = stream.peek(4)[:4]
    marked = next(((bom, found) for bom, found in _BOMS if start.startswith(bom)), None)
    if marked and marked[1] == "utf-8-sig":
        stream.read(len(marked[0]))
        return stream, "utf-8-sig"
    chosen = encoding or (marked[1] if marked else None)
    if chosen is None or codecs_name(chosen) == "utf-8":
        return stream, "utf-8"
    text = io.TextIOWrapper(stream, encoding=chosen, newline="")
    return io.BufferedReader(_Transcoded(text, name), CHUNK), chosen


def codecs_name(encoding: str) -> str:
    """The standard name of an encoding; raises `CollectError` when there is none of that name."""
    try:
        return codecs.lookup(encoding).name
    except LookupError as exc:
        raise CollectError(f"no encoding {encoding!r}", hint="utf-8, utf-16, gb18030, cp1252 are usual") from exc


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end. `data` is None when it was longer than the cap; `size` tells its length."""

    number: int
    offset: int
    data: bytes | None
    size: int


def bounded_lines(stream: BinaryIO, cap: int = LIMITS.record) -> Iterator[Line]:
    """The lines of a stream, never holding more than `cap` bytes of one."""
    number = offset = 0
    while data := stream.readline(cap + 1):
        number += 1
        size = len(data)
        whole: bytes | None = data.rstrip(b"\r\n")
        if size > cap and not data.endswith(b"\n"):
            whole = None
            while rest := stream.readline(CHUNK):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
        yield Line(number, offset, whole, size)
        offset += size
