"""Files a person can choose: completion of a path on the kernel's machine, and uploads from the browser."""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput, NothingToRead

MOST_ENTRIES = 200
"""Names shown for one folder."""

MOST_LOOKED_AT = 20_000
"""Entries of one folder that are looked at: a folder of millions must not stop the screen."""

MOST_UPLOAD = 50 * 1024 * 1024
"""Bytes a browser may send: it passes through the notebook's message channel. Larger files are named by path."""

MOST_CHUNK = 4 * 1024 * 1024


def complete(text: str, *, base: Path) -> dict[str, Any]:
    """The folders and files whose path begins with `text`; a relative path is one below `base`.

    What cannot be listed is said in ``note`` instead of raising: it is asked for at every key.
    """
    folder, prefix = _split(text, base)
    try:
        with os.scandir(folder) as entries:
            looked = list(islice(entries, MOST_LOOKED_AT + 1))
    except OSError as exc:
        return {"folder": str(folder), "entries": [], "more": False, "note": _why(folder, exc)}
    found = [entry for entry in looked if _fits(entry.name, prefix)]
    shown = sorted(filter(None, map(_entry, found)), key=lambda item: (not item["folder"], item["name"].casefold()))
    more = len(shown) > MOST_ENTRIES or len(looked) > MOST_LOOKED_AT
    return {"folder": str(folder), "entries": shown[:MOST_ENTRIES], "more": more, "note": ""}


def resolved(text: str, *, base: Path) -> Path:
    """The path a person typed.

    Raises:
        InvalidInput: when nothing was typed.
        NothingToRead: when nothing is there; says which path was understood, and the nearest folder that is there.
    """
    if not text.strip():
        raise InvalidInput("no file was chosen", hint="type the path of a file, or upload one")
    path = base / Path(text.strip()).expanduser()
    try:
        there = path.exists()
    except OSError as exc:
        raise NothingToRead(_why(path, exc), hint="choose another file") from exc
    if not there:
        raise NothingToRead(
            f"there is no file {path}",
            hint="check the spelling; the list below the field shows names",
            folder=_nearest(path),
        )
    return path


def _nearest(path: Path) -> str:
    """The nearest folder above a path that is there, with a slash at its end; "" where none can be told."""
    try:
        return next((f"{folder}/" if folder.name else str(folder) for folder in path.parents if folder.is_dir()), "")
    except OSError:
        return ""


def _split(text: str, base: Path) -> tuple[Path, str]:
    typed = text.strip()
    if typed == "~" or typed.startswith("~/"):
        typed = f"{Path.home()}/{typed[2:]}"
    folder, prefix = os.path.split(typed)
    return base / folder, prefix


def _fits(name: str, prefix: str) -> bool:
    hidden = name.startswith(".") and not prefix.startswith(".")
    return not hidden and name.casefold().startswith(prefix.casefold())


def _entry(entry: os.DirEntry[str]) -> dict[str, Any] | None:
    """A folder or ordinary file; devices, pipes, sockets and what cannot be read are left out."""
    try:
        if entry.is_dir():
            return {"name": entry.name, "path": entry.path + os.sep, "folder": True, "size": 0}
        if entry.is_file():
            return {"name": entry.name, "path": entry.path, "folder": False, "size": entry.stat().st_size}
    except OSError:
        return None
    return None


def _why(path: Path, exc: OSError) -> str:
    return f"{path}: {exc.strerror or exc}"


@dataclass(slots=True)
class _Upload:
    path: Path
    size: int
    received: int = 0


class Uploads:
    """Files on their way from the browser, each in a folder of its own that goes with the kernel."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._open: dict[str, _Upload] = {}
        self._lock = threading.Lock()

    def begin(self, name: str, size: int) -> dict[str, Any]:
        """Announce a file of `size` bytes; refused when it is too large."""
        if size > MOST_UPLOAD:
            raise InvalidInput(
                f"{name} has {size / 1048576:.0f} MB; a browser can send at most {MOST_UPLOAD >> 20} MB",
                hint="copy it to this machine and type its path instead",
            )
        if size <= 0:
            raise InvalidInput(f"{name} is empty", hint="choose another file")
        key = uuid.uuid4().hex
        folder = self._root() / key
        folder.mkdir()
        upload = _Upload(folder / _plain_name(name), size)
        upload.path.touch()
        self._open[key] = upload
        return {"upload": key}

    def chunk(self, upload: str, at: int, data: str) -> dict[str, Any]:
        """Append one piece (base64), which must follow the last; when the file is whole, its path is answered."""
        item = self._open.get(upload)
        if item is None:
            raise InvalidInput("this upload is not known any more", hint="choose the file again")
        piece = _decoded(data)
        with self._lock:
            if at != item.received or item.received + len(piece) > item.size:
                self.cancel(upload)
                raise InvalidInput("the upload lost its order", hint="choose the file again")
            with item.path.open("ab") as file:
                file.write(piece)
            item.received += len(piece)
        if item.received < item.size:
            return {"received": item.received, "path": ""}
        del self._open[upload]
        return {"received": item.received, "path": str(item.path)}

    def cancel(self, upload: str) -> dict[str, Any]:
        """Forget an upload and what came of it."""
        item = self._open.pop(upload, None)
        if item:
            shutil.rmtree(item.path.parent, ignore_errors=True)
        return {"cancelled": item is not None}

    def discard(self, path: Path) -> None:
        """Remove an uploaded file that was imported; a file of somebody else's is left alone."""
        if self._folder and self._folder in path.parents:
            shutil.rmtree(path.parent, ignore_errors=True)

    def _root(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="workbench-upload-"))
            _at_exit(self._folder)
        return self._folder


def _at_exit(folder: Path) -> None:
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _decoded(data: str) -> bytes:
    try:
        piece = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError, TypeError) as exc:
        raise InvalidInput("a piece of the upload cannot be read", hint="choose the file again") from exc
    if len(piece) > MOST_CHUNK:
        raise InvalidInput("a piece of the upload is too large", hint="reload the page")
    return piece


def _plain_name(name: str) -> str:
    """The last part of a name the browser gave, without anything a file system could take as a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")
    return last[-120:] if last.strip(". ") else "upload"


def file_commands(base: Path, uploads: Uploads) -> dict[str, Callable[..., Any]]:
    """Commands ``file.*``."""
    return {
        "file.complete": lambda text="": complete(text, base=base),
        "file.upload": uploads.begin,
        "file.chunk": uploads.chunk,
        "file.cancel": uploads.cancel,
    }
