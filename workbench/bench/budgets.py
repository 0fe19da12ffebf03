"""The budgets themselves: each function measures one part and returns its rows of the table."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from workbench.bench import children
from workbench.bench.conversations import DOMAINS, write_conversations
from workbench.bench.measure import Row, bare_sync, milliseconds, parse_and_write, percentile, seconds
from workbench.workspace import Workspace, open_workspace

FILTERS = ("language:en", "language:zh turns>=10", "chars>2000", "domain:health/*", "language:(fr OR zh) turns<6", "")
SORTS = ("newest", "oldest", "longest", "turns")
WORDS = ("baco", "gulo mune", '"lo na"', "fe*", "会", "中国", "zoé")
MEANINGS = ("baco gulo", "mune tu", "zo we", "fe")
_SAME_LINES = "parse and write of the same lines"


class Bench:
    """One run of the suite: a folder, a size, and a filled workspace that the measures share."""

    def __init__(self, folder: Path, size: int, *, runs: int = 3) -> None:
        self.folder = folder
        self.size = size
        self.runs = runs
        self.data = folder / "conversations.jsonl"
        self.workspace = folder / "filled.workspace"
        write_conversations(self.data, size)

    def importing(self) -> list[Row]:
        """Import into a new and into a living workspace, against parse-and-write of the same file, with memory."""
        more = self.folder / "more.jsonl"
        write_conversations(more, self.size, seed=1)
        fresh: list[float] = []
        living: list[float] = []
        peaks: list[float] = []
        for run in range(self.runs):
            target = self.folder / f"new{run}.workspace"
            for ratios, data in ((fresh, self.data), (living, more)):
                floor = self._floor(data)
                took, peak = children.imported(target, data)
                ratios.append(took / floor)
                peaks.append(peak)
        children.imported(self.workspace, self.data)
        return [
            _times("import into a new workspace", statistics.median(fresh), 2.0, _SAME_LINES),
            _times("import into a living workspace", statistics.median(living), 4.0, _SAME_LINES),
            _at_most("memory of an import", max(peaks), 500, "MB"),
        ]

    def opening(self) -> list[Row]:
        """Open a workspace in a new process and read the first page: the store's part, after the first time."""
        children.opened(self.workspace)
        times = [1000 * children.opened(self.workspace) for _ in range(max(3, self.runs))]
        return [_at_most("open and first page, store part", statistics.median(times), 50, "ms")]

    def querying(self) -> list[Row]:
        """Pages and facets, at the 95th percentile; what is made once per change (orders) is made before."""
        with open_workspace(self.workspace, author="bench") as ws:
            _settle(ws)
            for sort in SORTS:
                ws.find(sort=sort)
            pages = [partial(ws.find, q, sort=sort, offset=o) for q, sort, o in _pages(random.Random(1), self.size)]
            facets = [partial(ws.facets, q) for q in FILTERS * 3]
            return [
                _at_most("any page of a sorted filter, p95", _p95(pages), 10, "ms"),
                _at_most("facets with exact counts, p95", _p95(facets), 10, "ms"),
            ]

    def searching(self) -> list[Row]:
        """Words and meaning, at the 95th percentile, when the indexes are complete."""
        with open_workspace(self.workspace, author="bench") as ws:
            ws.find('~"lo na ba"')  # the index of meaning is built from its first use on
            _settle(ws, meaning=True)
            words = [partial(ws.find, q) for q in WORDS * 3]
            meaning = [partial(ws.find, f'~"{q}" language:en') for q in MEANINGS * 3]
            return [
                _at_most("full text, first page, p95", _p95(words), 50, "ms"),
                _at_most("meaning with a filter, p95", _p95(meaning), 30, "ms"),
            ]

    def tagging(self) -> list[Row]:
        """Durable single tags, each beside a bare fdatasync; how soon they are seen; a bulk tag and its undo."""
        with open_workspace(self.workspace, author="bench") as ws, bare_sync(self.folder) as sync:
            _settle(ws)
            ids = [sample.id for sample in ws.find(limit=400).samples]
            pairs = [milliseconds((sync, _tagger(ws, sample))) for sample in ids[:300]]
            floors, tags = zip(*pairs, strict=True)
            delays = children.seen_elsewhere(self.workspace, [_tagger(ws, sample) for sample in ids[300:]])
            query = "" if self.size <= 100_000 else "language:fr"  # a tenth
            count = ws.count(query)
            bulk = seconds(lambda: ws.tag(query, "naturalness", 3))
            back = seconds(ws.undo)
        limit = count / 100_000
        return [
            _times("durable tag", statistics.median(tags) / statistics.median(floors), 2.0, "bare fdatasync, median"),
            _at_most("seen by another process, p95", percentile(delays or [0.0], 0.95), 10, "ms"),
            _at_most(f"bulk tag of {count:,}", bulk, limit, "s"),
            _at_most("its undo", back, limit, "s"),
        ]

    def exporting(self) -> list[Row]:
        """Export everything to JSON Lines, against parse-and-write of the import file, with memory."""
        with open_workspace(self.workspace, author="bench") as ws:
            ws.slice("everything", "").freeze()
        ratios, peaks = [], []
        for run in range(self.runs):
            floor = self._floor(self.data)
            took, peak = children.exported(self.workspace, "everything", self.folder / f"out{run}")
            ratios.append(took / floor)
            peaks.append(peak)
        return [
            _times("export a slice to JSON Lines", statistics.median(ratios), 1.3, _SAME_LINES),
            _at_most("memory of an export", max(peaks), 150, "MB"),
        ]

    def starting(self) -> list[Row]:
        """How long `import workbench` takes beyond starting Python."""
        pairs = [
            (
                seconds(partial(children.python, "-c", "pass")),
                seconds(partial(children.python, "-c", "import workbench")),
            )
            for _ in range(5)
        ]
        bare, full = (statistics.median(times) for times in zip(*pairs, strict=True))
        return [_at_most("import workbench", full - bare, 0.3, "s")]

    def _floor(self, data: Path) -> float:
        return seconds(lambda: parse_and_write(data, self.folder / "floor.jsonl"))


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "import": Bench.importing,
    "open": Bench.opening,
    "query": Bench.querying,
    "search": Bench.searching,
    "tag": Bench.tagging,
    "export": Bench.exporting,
    "start": Bench.starting,
}
"""Every part by the name it is called with; "import" fills the workspace that the others use, so it always runs."""


def _pages(rng: random.Random, size: int) -> list[tuple[str, str, int]]:
    return [(rng.choice(FILTERS), rng.choice(SORTS), rng.randrange(max(1, size // 20))) for _ in range(60)]


def _tagger(ws: Workspace, sample: str) -> Callable[[], object]:
    return lambda: ws.tag([sample], "domain", DOMAINS[1])


def _p95(calls: Sequence[Callable[[], object]]) -> float:
    return percentile(milliseconds(calls), 0.95)


def _times(what: str, ratio: float, limit: float, against: str) -> Row:
    return Row(what, against, f"{ratio:.2f} x", f"{limit:g} x", ratio / limit)


def _at_most(what: str, value: float, limit: float, unit: str) -> Row:
    return Row(what, "fixed limit", f"{value:.3g} {unit}", f"{limit:g} {unit}", value / limit)


def _settle(ws: Workspace, *, meaning: bool = False) -> None:
    """Wait until the indexes that are built in the background are complete: they would take the same processor."""
    while (progress := ws.index_progress()).indexed < progress.total or (meaning and progress.meaning < progress.total):
        time.sleep(0.1)


def run(size: int, parts: list[str], *, runs: int = 3) -> list[Row]:
    """Measure the named parts at one size in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        bench = Bench(Path(folder), size, runs=runs)
        wanted = list(PARTS) if not parts else ["import", *(part for part in parts if part != "import")]
        return [row for part in wanted for row in PARTS[part](bench)]
