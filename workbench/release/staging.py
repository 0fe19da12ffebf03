"""Writing an export so that it is there whole or not at all.

The files go to a hidden folder beside the target; each is flushed to the disk. Then the folder is renamed to the
target, and last of all its manifest gets its name. A killed export therefore leaves either a hidden folder or a target
that holds ``manifest.json.unfinished`` and no ``manifest.json``; both are recognised, and removed by the next export
to the same place. While an export is alive it holds a lock on that file, so that nobody clears away work in progress.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from workbench.errors import ExportRefused
from workbench.release.outputs import FileRecord, GrowingFile, OutputFile

MANIFEST = "manifest.json"
UNFINISHED = "manifest.json.unfinished"


class Staging:
    """The hidden folder an export is written to before it gets its name.

    `files` are those written so far; `header` is what exporters add to the YAML header of the dataset card.
    """

    def __init__(self, folder: Path, target: Path, lock: IO[bytes]) -> None:
        self.folder = folder
        self.target = target
        self.files: list[FileRecord] = []
        self.header: dict[str, Any] = {}
        self._lock = lock
        self._growing: dict[str, GrowingFile] = {}

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[OutputFile]:
        """A new file of that name (with ``/`` for folders) inside the export; synced when the block ends."""
        path = self.folder.joinpath(*_parts(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        file = OutputFile(path, name)
        try:
            yield file
        finally:
            file.close()
        self.files.append(file.fact())

    def append(self, name: str, data: bytes, *, records: int = 0) -> None:
        """Add to a file that other files are written in between; `end_appending` finishes all of these."""
        if name not in self._growing:
            path = self.folder.joinpath(*_parts(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()
            self._growing[name] = GrowingFile(path, name)
        self._growing[name].append(data, records)

    def begun(self, name: str) -> bool:
        """Whether something was appended to that file."""
        return name in self._growing

    def end_appending(self) -> None:
        """Sync the files that were appended to."""
        self.files.extend(file.finished() for file in self._growing.values())
        self._growing = {}

    def publish(self, manifest: bytes) -> None:
        """Give the folder its name, then the manifest: from that moment on the export exists."""
        self._lock.write(manifest)
        self._lock.flush()
        os.fsync(self._lock.fileno())
        for folder, _, _ in os.walk(self.folder):
            _sync_folder(Path(folder))
        if self.target.exists():
            raise _occupied(self.target)
        self.folder.rename(self.target)
        _sync_folder(self.target.parent)
        (self.target / UNFINISHED).rename(self.target / MANIFEST)
        _sync_folder(self.target)

    def discard(self) -> None:
        """Remove what was written, when the export failed."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Staging]:
    """A folder to write an export for `target` to; removed again when the block raises.

    Raises:
        ExportRefused: when `target` exists and is not the rest of a killed export, or cannot be written.
    """
    target = Path(target).resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(target)
        if os.path.lexists(target):
            raise _occupied(target)
        folder = target.parent / f"{_prefix(target)}{secrets.token_hex(6)}"
        folder.mkdir()
        with (folder / UNFINISHED).open("xb") as lock:
            _lock(lock)
            stage = Staging(folder, target, lock)
            try:
                yield stage
            except BaseException:
                stage.discard()
                raise
    except OSError as exc:
        raise ExportRefused(
            f"{target} cannot be written: {exc.strerror or exc}",
            hint="choose a folder you may write to, with enough free space; nothing was left behind",
        ) from exc


def clear_leftovers(target: Path) -> list[Path]:
    """Remove what killed exports to `target` left behind; returns what was removed. Living ones are not touched."""
    candidates = [path for path in target.parent.iterdir() if path.name.startswith(_prefix(target))]
    if (target / UNFINISHED).is_file() and not (target / MANIFEST).exists():
        candidates.append(target)
    removed = []
    for folder in candidates:
        if folder.is_dir() and not folder.is_symlink() and not _alive(folder / UNFINISHED):
            shutil.rmtree(folder)
            removed.append(folder)
    return removed


def _prefix(target: Path) -> str:
    return f".{target.name}.unfinished-"


def _parts(name: str) -> tuple[str, ...]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or path.parts[0].startswith(MANIFEST):
        raise ValueError(f"{name!r} is not a name inside the export")
    return path.parts


def _occupied(target: Path) -> ExportRefused:
    return ExportRefused(
        f"{target} exists already", hint="choose a new folder; an export never overwrites or mixes with what is there"
    )


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its file system orders renames itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(stream: IO[bytes]) -> bool:
    """Hold the file for this process until it is closed; False when another one holds it."""
    try:
        import fcntl
    except ImportError:  # on Windows an open file cannot be deleted, which protects it as well
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(lock: Path) -> bool:
    try:
        with lock.open("rb") as stream:
            return not _lock(stream)
    except FileNotFoundError:  # killed before it made its lock, or while it was being removed
        return False
