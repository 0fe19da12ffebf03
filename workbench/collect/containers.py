"""Files inside folders and archives, each as a member with a name and a way to open it.

Nothing is ever written under a name taken from an archive: members are read as streams.
"""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from workbench.collect.base import Problem
from workbench.collect.limits import LIMITS
from workbench.collect.streams import CHUNK, CappedStream
from workbench.errors import CollectError, NothingToRead

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ABOUT = ("readme", "license", "licence", "notice", "dataset_info", "dataset_infos", "dataset_dict", "state.json")
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


@dataclass(frozen=True, slots=True)
class Member:
    """One file to read: a name relative to what was given, its size where known, and a way to open it."""

    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None
    path: Path | None = None

    @property
    def suffix(self) -> str:
        """The last suffix of the name in lower case, ``.gz`` not counted."""
        name = self.name.lower().removesuffix(".gz")
        return PurePosixPath(name).suffix

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes of the file, unpacked; closed afterwards."""
        stream = self.opener()
        try:
            yield stream
        finally:
            stream.close()

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A path that holds the file's bytes, for readers that seek; a temporary copy when it lies in an archive."""
        if self.path:
            yield self.path
            return
        with self.opened() as stream, tempfile.NamedTemporaryFile(suffix=self.suffix) as copy:
            while data := stream.read(CHUNK):
                copy.write(data)
            copy.flush()
            yield Path(copy.name)


def members(path: Path) -> Iterator[Member | Problem]:
    """Every file to read at `path`: itself, or the files of the folder or archive, in order of name.

    Files that describe a data set (README, licence, dataset_info) are passed over in folders and archives.

    Raises:
        NothingToRead: when there is nothing at `path`, or an archive is a bomb.
    """
    if path.is_dir():
        yield from _folder(path)
    elif path.is_file():
        yield from _file(path, path.name)
    elif path.exists():
        raise NothingToRead(f"{str(path)!r} is a pipe, a socket or a device", hint="save what it gives to a file")
    else:
        raise NothingToRead(f"no file or folder {str(path)!r}", hint="check the path")


def _folder(folder: Path) -> Iterator[Member | Problem]:
    found = False
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in PurePosixPath(name).parts):
            continue
        if trouble := _untakable(path, folder, name):
            yield Problem(0, None, "", trouble, "copy the data into a file of the folder", file=name)
        elif path.is_file() and not is_about(name):
            found = True
            yield from _file_of_folder(path, name)
    if not found:
        raise NothingToRead(f"no file to import in {str(folder)!r}", hint="give the folder that holds the data files")


def _file_of_folder(path: Path, name: str) -> Iterator[Member | Problem]:
    """The same as `_file`, but a file that cannot be opened is told and does not stop the others."""
    try:
        yield from _file(path, name)
    except CollectError as exc:
        yield Problem(0, None, "", exc.message, exc.hint, file=name)


def _untakable(path: Path, folder: Path, name: str) -> str:
    """Why an entry of a folder is not read; "" for files, and for folders that are walked through."""
    if path.is_symlink():
        if not path.exists():
            return f"a link that leads nowhere: {name}"
        if _leaves(path, folder):
            return f"a link out of the folder: {name}"
        return f"a link to a folder: {name}" if path.is_dir() else ""
    if path.is_dir():
        return "" if os.access(path, os.R_OK | os.X_OK) else f"a folder that may not be read: {name}"
    return "" if path.is_file() else f"a pipe, a socket or a device: {name}"


def _leaves(path: Path, folder: Path) -> bool:
    return not path.resolve().is_relative_to(folder.resolve())


def is_about(name: str) -> bool:
    """Whether a file of that name describes a data set rather than holding one."""
    return PurePosixPath(name).name.lower().startswith(_ABOUT)


def _file(path: Path, name: str) -> Iterator[Member | Problem]:
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as exc:
        raise NothingToRead(f"{name} may not be read or is gone", hint="check its permissions") from exc
    if start.startswith(_GZIP):
        yield Member(name, lambda: _gunzipped(path), None)
    elif start == _ZIP and not is_workbook(path):
        yield from _archive(path, name)
    else:
        yield Member(name, lambda: path.open("rb"), path.stat().st_size, path)


def _gunzipped(path: Path) -> BinaryIO:
    unpacked = gzip.GzipFile(path)  # closes the file it opened
    packed: Any = unpacked.fileobj
    stream = io.BufferedReader(CappedStream(unpacked, packed.tell, path.name), CHUNK)
    if stream.peek(2)[:2] == _GZIP:
        stream.close()
        raise NothingToRead(f"{path.name} is packed twice", hint="unpack it once and import the result")
    return stream


def is_workbook(path: Path) -> bool:
    """Whether a zip file is a spreadsheet (XLSX); raises `NothingToRead` when it cannot be opened."""
    with _opened_zip(path) as archive:
        names = set(archive.namelist())
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _opened_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise NothingToRead(f"{path.name} is a damaged zip file", hint="pack or download it again") from exc


def check_archive(path: Path) -> list[zipfile.ZipInfo]:
    """The entries of a zip file after the checks against bombs: count, sum of sizes, ratio, overlap.

    Raises:
        NothingToRead: saying which bound is passed.
    """
    with _opened_zip(path) as archive:
        entries = archive.infolist()
    packed, unpacked = path.stat().st_size, sum(entry.file_size for entry in entries)
    if len(entries) > LIMITS.entries:
        raise NothingToRead(f"{path.name} holds {len(entries)} files", hint=f"at most {LIMITS.entries}: import parts")
    if unpacked > LIMITS.unpacked or (unpacked > LIMITS.ratio_from and unpacked > LIMITS.ratio * packed):
        raise NothingToRead(
            f"{path.name} would unpack from {packed} to {unpacked} bytes, which looks like a bomb",
            hint="unpack it yourself if you trust it",
        )
    ends = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    if any(end > later for (_, end), (later, _) in pairwise(ends)):
        raise NothingToRead(f"{path.name} has entries that overlap, which looks like a bomb", hint="do not trust it")
    return entries


def _archive(path: Path, name: str) -> Iterator[Member | Problem]:
    found = False
    for entry in sorted(check_archive(path), key=lambda entry: entry.filename):
        if entry.is_dir() or is_about(entry.filename) or PurePosixPath(entry.filename).name.startswith("."):
            continue
        found = True
        where = f"{name}/{entry.filename[: LIMITS.entry_name]}"
        if trouble := _refusal(entry):
            yield Problem(0, None, "", trouble, "unpack the archive yourself", file=where)
        else:
            yield Member(where, lambda entry=entry: _unzipped(path, entry), entry.file_size)  # type: ignore[misc]
    if not found:
        raise NothingToRead(f"{path.name} holds no file to import", hint="look into the archive")


def _refusal(entry: zipfile.ZipInfo) -> str:
    name, told = entry.filename, repr(entry.filename[:80])
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if entry.flag_bits & 1:
        return f"an encrypted file: {told}"
    if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in entry.orig_filename:
        return f"a name that leaves the archive: {told}"
    if len(name) > LIMITS.entry_name or any(part.split(".")[0].lower() in _RESERVED for part in parts):
        return f"a name that no file can have everywhere: {told}"
    if name.lower().endswith((".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar")):
        return f"an archive inside the archive: {told}"
    return ""


def _unzipped(path: Path, entry: zipfile.ZipInfo) -> BinaryIO:
    archive = _opened_zip(path)
    try:
        unpacked = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as exc:
        archive.close()
        raise NothingToRead(
            f"{entry.filename} cannot be unpacked here", hint="unpack it yourself, or pack it again"
        ) from exc
    archive.close()  # the opened entry keeps the file alive until it is closed
    packed = max(1, entry.compress_size)
    return io.BufferedReader(CappedStream(unpacked, lambda: packed, entry.filename), CHUNK)
