"""How things are measured: medians of alternated runs, percentiles, peak memory, and the floors."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the budget table. `ratio` is measured divided by limit: 1.0 or less keeps the budget."""

    what: str
    against: str
    measured: str
    budget: str
    ratio: float | None
    note: str = ""

    @property
    def verdict(self) -> str:
        """In words: kept, missed or not measured."""
        if self.ratio is None:
            return "not measured"
        return "kept" if self.ratio <= 1 else "missed"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(calls: Iterable[Callable[[], object]]) -> list[float]:
    """How long each call takes, in milliseconds."""
    return [1000 * seconds(call) for call in calls]


def parse_and_write(source: Path, target: Path) -> None:
    """The floor of every import and export: parse each line with orjson, write it out again, sync."""
    with source.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            out.write(orjson.dumps(orjson.loads(line)))
            out.write(b"\n")
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def bare_sync(folder: Path) -> Iterator[Callable[[], None]]:
    """The floor of a durable write: a function that appends 4 KiB to a file and waits for fdatasync."""
    path = folder / "sync.floor"
    block = os.urandom(4096)
    with path.open("wb", buffering=0) as file:

        def write() -> None:
            file.write(block)
            os.fdatasync(file.fileno())

        yield write
    path.unlink()


def peak_megabytes() -> float:
    """The largest resident memory this process ever had, and the largest of its children, in MB.

    Linux hands `ru_maxrss` of a parent on to what it starts, so this process's own peak is read from the kernel's
    other account (VmHWM), where there is one.
    """
    status = Path("/proc/self/status")
    peaks = (
        [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        if status.exists()
        else []
    )
    own = int(peaks[0]) if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def resident_megabytes() -> float:
    """The memory this process has now, in MB; where the system does not tell, the largest it ever had."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return peak_megabytes()
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text."""
    head = ("what", "measured", "budget", "measured / budget", "verdict", "held against")
    lines = [head] + [
        (
            row.what,
            row.measured,
            row.budget,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            row.verdict,
            "; ".join(part for part in (row.against, row.note) if part),
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
