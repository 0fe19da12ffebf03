"""The budgets themselves: each function measures one part and returns its rows of the table."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from workbench.bench.conversations import DOMAINS, write_conversations
from workbench.bench.measure import Row, bare_syncs, milliseconds, parse_and_write, percentile, seconds
from workbench.workspace import Workspace, open_workspace

FILTERS = ("language:en", "language:zh turns>=10", "chars>2000", "domain:health/*", "language:(fr OR zh) turns<6", "")
WORDS = ("baco", "gulo mune", '"lo na"', "fe*", "会", "中国", "zoé")


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
        floors, fresh, peaks = [], [], []
        for run in range(self.runs):
            floors.append(seconds(lambda: parse_and_write(self.data, self.folder / "floor.jsonl")))
            target = self.workspace if run == 0 else self.folder / f"new{run}.workspace"
            took, peak = _import_in_child(target, self.data)
            fresh.append(took)
            peaks.append(peak)
        more = self.folder / "more.jsonl"
        write_conversations(more, self.size, seed=1)
        floor = seconds(lambda: parse_and_write(more, self.folder / "floor.jsonl"))
        living, _ = _import_in_child(self.folder / "new1.workspace", more)
        ratio = statistics.median(took / base for took, base in zip(fresh, floors, strict=True))
        return [
            _times("import into a new workspace", ratio, 2.0, "parse and write of the same lines"),
            _times("import into a living workspace", living / floor, 4.0, "parse and write of the same lines"),
            _at_most("memory of an import", max(peaks), 500, "MB"),
        ]

    def opening(self) -> list[Row]:
        """Open a workspace in a new process and read the first page: the store's part."""
        code = (
            "import sys,time,workbench.workspace as w; s=time.perf_counter(); "
            "ws=w.open_workspace(sys.argv[1]); ws.find(limit=50); print(time.perf_counter()-s)"
        )
        times = [1000 * float(_python("-c", code, str(self.workspace))) for _ in range(self.runs + 1)][1:]
        return [_at_most("open and first page, store part", statistics.median(times), 50, "ms")]

    def querying(self) -> list[Row]:
        """Pages, facets, words and meaning, at the 95th percentile."""
        with open_workspace(self.workspace, author="bench") as ws:
            ws.find("the")  # warm: build what is built once
            rng = random.Random(1)
            pages = [partial(ws.find, q, sort=sort, offset=o) for q, sort, o in _pages(rng, self.size)]
            rows = [_at_most("any page of a sorted filter, p95", _p95(pages), 10, "ms")]
            facets = [partial(ws.facets, q) for q in FILTERS * 3]
            rows.append(_at_most("facets with exact counts, p95", _p95(facets), 10, "ms"))
            words = [partial(ws.find, q) for q in WORDS * 3]
            rows.append(_at_most("full text, first page, p95", _p95(words), 50, "ms"))
            ws.find('~"lo na ba"')
            texts = ("baco gulo", "mune tu", "zo we", "fe") * 3
            meaning = [partial(ws.find, f'~"{q}" language:en') for q in texts]
            rows.append(_at_most("meaning with a filter, p95", _p95(meaning), 30, "ms"))
        return rows

    def tagging(self) -> list[Row]:
        """Durable single tags against a bare fdatasync; a bulk tag and its undo."""
        with open_workspace(self.workspace, author="bench") as ws:
            ids = ws.ids("")[:300]
            tags = milliseconds(_tagger(ws, sample) for sample in ids)
            floor = statistics.median(bare_syncs(self.folder, 300))
            most = min(100_000, self.size)
            everything = ws.ids("")[:most]
            bulk = seconds(lambda: ws.tag(everything, "naturalness", 3))
            back = seconds(ws.undo)
        limit = most / 100_000
        return [
            _times("durable tag", statistics.median(tags) / floor, 2.0, "bare fdatasync of 4 KiB, median"),
            _at_most(f"bulk tag of {most:,}", bulk, limit, "s"),
            _at_most("its undo", back, limit, "s"),
        ]

    def exporting(self) -> list[Row]:
        """Export everything to JSON Lines, against parse-and-write of the import file."""
        with open_workspace(self.workspace, author="bench") as ws:
            build = ws.slice("everything", "").freeze()
            ratios = []
            for run in range(self.runs):
                took = seconds(partial(build.export, self.folder / f"out{run}", to="openai-chat"))
                ratios.append(took / seconds(lambda: parse_and_write(self.data, self.folder / "floor.jsonl")))
        return [
            _times("export a slice to JSON Lines", statistics.median(ratios), 1.3, "parse and write of the same lines")
        ]

    def starting(self) -> list[Row]:
        """How long `import workbench` takes beyond starting Python."""
        bare = statistics.median(seconds(lambda: _python("-c", "pass")) for _ in range(5))
        full = statistics.median(seconds(lambda: _python("-c", "import workbench")) for _ in range(5))
        return [_at_most("import workbench", full - bare, 0.3, "s")]


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "import": Bench.importing,
    "open": Bench.opening,
    "query": Bench.querying,
    "tag": Bench.tagging,
    "export": Bench.exporting,
    "start": Bench.starting,
}
"""Every part by the name it is called with; "import" fills the workspace that the others use, so it always runs."""


def _pages(rng: random.Random, size: int) -> list[tuple[str, str, int]]:
    sorts = ("newest", "oldest", "longest", "turns")
    return [(rng.choice(FILTERS), rng.choice(sorts), rng.randrange(max(1, size // 20))) for _ in range(60)]


def _tagger(ws: Workspace, sample: str) -> Callable[[], object]:
    return lambda: ws.tag([sample], "domain", DOMAINS[1])


def _p95(calls: Sequence[Callable[[], object]]) -> float:
    return percentile(milliseconds(calls), 0.95)


def _times(what: str, ratio: float, limit: float, against: str) -> Row:
    return Row(what, against, f"{ratio:.2f} x", f"{limit:g} x", ratio / limit)


def _at_most(what: str, value: float, limit: float, unit: str) -> Row:
    return Row(what, "fixed limit", f"{value:.3g} {unit}", f"{limit:g} {unit}", value / limit)


def _import_in_child(workspace: Path, data: Path) -> tuple[float, float]:
    code = (
        "import sys,time; from workbench.bench.measure import peak_megabytes; import workbench.workspace as w\n"
        "ws=w.open_workspace(sys.argv[1],author='bench'); s=time.perf_counter(); ws.collect(sys.argv[2])\n"
        "print(time.perf_counter()-s, peak_megabytes())"
    )
    took, peak = _python("-c", code, str(workspace), str(data)).split()
    return float(took), float(peak)


def _python(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def run(size: int, parts: list[str], *, runs: int = 3) -> list[Row]:
    """Measure the named parts at one size in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        bench = Bench(Path(folder), size, runs=runs)
        wanted = list(PARTS) if not parts else ["import", *(part for part in parts if part != "import")]
        return [row for part in wanted for row in PARTS[part](bench)]
