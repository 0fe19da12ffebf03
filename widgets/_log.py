"""The file with the details of unexpected errors: what a person sends when they are asked for it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

FOLDER = "logs"
NAME = "screen.log"
MOST_BYTES = 1_000_000
KEPT = 2
"""Older files beside the current one: screen.log.1 is the newest of them."""


class ErrorFile(logging.Handler):
    """Appends errors to a file of the workspace, opened for each: several kernels may write and turn it over.

    Holds what the exceptions say and where they were raised; no values, and so no sample text of its own.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(logging.ERROR)
        self.path = path
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a full or read-only disk costs the log, never the answer."""
        try:
            self.path.parent.mkdir(exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
                self._turn_over()
            with self.path.open("a", encoding="utf-8") as file:
                file.write(self.format(record) + "\n")
        except OSError:
            self.handleError(record)

    def _turn_over(self) -> None:
        for number in range(KEPT, 0, -1):
            older = self.path.with_name(f"{NAME}.{number - 1}") if number > 1 else self.path
            if older.exists():
                older.replace(self.path.with_name(f"{NAME}.{number}"))


_files: dict[Path, ErrorFile] = {}
_lock = threading.Lock()


def log_file(workspace: Path) -> Path:
    """Where errors of widgets on this workspace are written."""
    return workspace / FOLDER / NAME


def error_log(workspace: Path) -> logging.Logger:
    """The logger of a workspace's widgets; its errors go to `log_file`."""
    path = log_file(workspace)
    log = logging.getLogger(f"widgets.screen.{path.parent.parent.name.replace('.', '_')}-{abs(hash(path)):x}")
    with _lock:
        if path not in _files:
            _files[path] = ErrorFile(path)
            log.addHandler(_files[path])
    return log
