"""The files of an export while they are written: hashed on the way, synced at the end."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One written file: its name inside the export, its size, its hash and how many records it holds."""

    name: str
    bytes: int
    sha256: str
    records: int


class OutputFile(io.RawIOBase):
    """A file written once from beginning to end, hashed on the way. `records` is what the exporter counted."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__()
        self.name = name
        self.records = 0
        self._stream: IO[bytes] = path.open("xb", buffering=_BUFFER)
        self._digest = hashlib.sha256()
        self._size = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """How many bytes were written."""
        return self._size

    def write(self, data: Any) -> int:
        """Append bytes."""
        self._digest.update(data)
        size = self._stream.write(data)
        self._size += size
        return size

    def close(self) -> None:
        """Flush to the disk and close."""
        if not self.closed:
            try:
                self._stream.flush()
                os.fsync(self._stream.fileno())
            finally:
                self._stream.close()
                super().close()

    def fact(self) -> FileRecord:
        """Name, size, hash and records; after closing."""
        return FileRecord(self.name, self._size, self._digest.hexdigest(), self.records)


class GrowingFile:
    """A file that is opened for each piece: thousands of them can grow side by side."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self._digest = hashlib.sha256()
        self._size = 0
        self._records = 0

    def append(self, data: bytes, records: int) -> None:
        """Add a piece."""
        with self._path.open("ab") as stream:
            stream.write(data)
        self._digest.update(data)
        self._size += len(data)
        self._records += records

    def finished(self) -> FileRecord:
        """Flush to the disk; name, size, hash and records."""
        with self._path.open("ab") as stream:
            os.fsync(stream.fileno())
        return FileRecord(self._name, self._size, self._digest.hexdigest(), self._records)
