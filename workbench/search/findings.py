"""What the checks found, as a column beside the store: for each row the names of its findings.

A row counts as looked at for as long as its text is the one that was looked at (`stamps` holds when that text was
saved). The file can always be deleted: its rows are then not looked at, and nothing is said about them.
"""

from __future__ import annotations

import logging
import os
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import orjson

from workbench.search.codes import Array, Dictionary, Mask, chosen, grown
from workbench.search.leftovers import clear_leftovers

logger = logging.getLogger(__name__)

NOTHING = "none"
UNKNOWN = "unknown"
PLAIN = {NOTHING: "Nothing found", UNKNOWN: "Not looked at yet"}
"""Values that every workspace has: looked at without a finding, and not looked at since the text changed."""


@dataclass(frozen=True, slots=True)
class Findings:
    """An immutable picture. `sets` are the combinations of names that occur, one name a line; `titles` name them."""

    version: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)
    sets: Dictionary = field(default_factory=Dictionary)
    codes: Array = field(default_factory=lambda: np.zeros(0, np.uint16))
    stamps: Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def looked_at(self, saved: Array) -> Mask:
        """The rows whose text, saved at these times, is the one that was looked at."""
        found = np.zeros(len(saved), dtype=np.bool_)
        both = min(len(saved), len(self.stamps))
        found[:both] = (self.stamps[:both] == saved[:both]) & (self.codes[:both] != 0)
        return found

    def current(self, saved: Array) -> Array:
        """Each row's code, 0 where nobody looked since the text was saved."""
        codes = grown(self.codes, len(saved))[: len(saved)]
        codes[~self.looked_at(saved)] = 0
        return codes

    def names(self, code: int) -> tuple[str, ...]:
        """The names in a combination; none for code 0."""
        return tuple(filter(None, self.sets.texts[code].split("\n")))

    def having(self, wanted: Mask, saved: Array) -> Mask:
        """Rows whose combination is one of the `wanted` codes."""
        return chosen(wanted, self.current(saved))


class FindingFile:
    """The findings of one workspace on disk. Every process reads what another one wrote, at its next query."""

    def __init__(self, folder: Path) -> None:
        self._arrays = folder / "findings.npz"
        self._known = Findings()
        self._seen: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def now(self) -> Findings:
        """The newest findings; none when the file is missing or cannot be read."""
        mark = self._mark()
        if mark != self._seen:
            with self._lock:
                self._known = self._read(self._known.version + 1) if mark else Findings(self._known.version + 1)
                self._seen = mark
        return self._known

    def put(
        self, rows: Sequence[int], stamps: Array, found: Sequence[Sequence[str]], titles: Mapping[str, str]
    ) -> None:
        """Keep what was found on some rows whose text was saved at these times (milliseconds)."""
        before = self.now()
        with self._lock:
            size = max(len(before.codes), max(rows, default=0) + 1)
            numbers = [before.sets.code("\n".join(sorted(set(names))) or NOTHING) for names in found]
            codes = grown(before.codes, size, max(numbers, default=0))
            moments = grown(before.stamps, size)
            codes[list(rows)] = numbers
            moments[list(rows)] = stamps
            self._write(replace(before, titles={**before.titles, **titles}, codes=codes, stamps=moments))

    def _mark(self) -> tuple[int, int] | None:
        try:
            status = self._arrays.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _read(self, version: int) -> Findings:
        try:
            with np.load(self._arrays, allow_pickle=False) as held:
                words = orjson.loads(held["words"].tobytes())
                codes, stamps = held["codes"], held["stamps"]
            sets = Dictionary(words["sets"])
            if len(codes) != len(stamps) or int(codes.max(initial=0)) >= len(sets):
                raise ValueError("codes without a name")
            return Findings(version, words["titles"], sets, codes, stamps)
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
            logger.warning("%s cannot be read; nothing counts as looked at", self._arrays, exc_info=True)
            return Findings(version)

    def _write(self, findings: Findings) -> None:
        words = orjson.dumps({"sets": list(findings.sets.texts[1:]), "titles": dict(findings.titles)})
        part = self._arrays.with_suffix(f".{os.getpid()}.part")  # two processes may look at once
        self._arrays.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            np.savez(out, words=np.frombuffer(words, np.uint8), codes=findings.codes, stamps=findings.stamps)
        part.replace(self._arrays)
        clear_leftovers(self._arrays.parent, f"{self._arrays.stem}.*.part")
