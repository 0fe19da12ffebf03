"""The budgets of the screen, each a function of the running bench that returns its rows of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from widgets.bench import desk
from widgets.bench.chromium import WINDOW
from widgets.bench.longtext import reading
from widgets.bench.probe import Probe
from widgets.bench.reviewing import reviewing
from widgets.bench.rows import at_least, at_most
from workbench.bench import write_conversations
from workbench.bench.measure import Row, percentile
from workbench.workspace import open_workspace

KEYS = 100
QUERIES = (
    "language:en",
    "language:zh turns>=10",
    "domain:health/*",
    "chars>2000",
    "baco",
    "turns<6",
    "language:fr",
    "mune",
)
JUMPS = 30
FRAMES = 180


@dataclass
class Bench:
    """A filled workspace and a browser; each measure opens a page of it."""

    browser: Any
    workspace: Path
    size: int
    million: Path | None = None

    @contextmanager
    def page(self, lab: desk.Lab) -> Iterator[Probe]:
        """The application, opened, with the stopwatch in it."""
        page = self.browser.new_page(viewport=WINDOW)
        try:
            desk.open_app(page, lab)
            yield Probe(page, lab)
        finally:
            page.close()

    def opening(self) -> list[Row]:
        """From the command to the usable screen, the second time; and from a ready kernel to the first page."""
        rows = []
        for _ in range(2):
            total, _ready = self._opened(self.workspace)
        rows.append(at_most(f"command to usable screen, {self.size:,}", total, 10, "s", "fixed limit"))
        if self.million:
            self._opened(self.million)
            total, ready = self._opened(self.million)
            rows.append(at_most("command to usable screen, 1,000,000", total, 10, "s", "fixed limit"))
            rows.append(at_most("first page at 1,000,000 after the kernel is ready", ready, 1, "s", "fixed limit"))
        return rows

    def tagging(self) -> list[Row]:
        """Answers and moves by key, one after the other as a person gives them."""
        with desk.running(self.workspace) as lab, self.page(lab) as probe:
            _settled(self.workspace)
            frame = statistics.median(probe.painted(probe.key("F9", "nothing")) for _ in range(20))
            trip = percentile(probe.round_trips(40), 0.95)
            answers, moves, saved = [], [], []
            for at in range(KEYS):
                value = at % 5 + 1
                index = probe.key(str(value), "answer", f"naturalness={value}")
                answers.append(probe.painted(index))
                saved.append(probe.durable(index))
                moves.append(probe.painted(probe.key("j", "move")))
        empty = f"an empty frame takes {frame:.0f} ms (median)"
        return [
            at_most("answer: key to paint, p95", percentile(answers, 0.95), 50, "ms", empty),
            at_most("next conversation: key to paint, p95", percentile(moves, 0.95), 50, "ms", empty),
            at_most("answer: key to durable, p95", percentile(saved, 0.95), 100, "ms",
                     f"an empty request to the kernel takes {trip:.0f} ms (p95)"),
        ]  # fmt: skip

    def querying(self) -> list[Row]:
        """From Enter in the query bar to the first page of its answer."""
        with desk.running(self.workspace) as lab, self.page(lab) as probe:
            _settled(self.workspace)
            times = []
            for query in QUERIES * 3:
                probe.page.keyboard.press("/")
                probe.page.keyboard.press("ControlOrMeta+a")
                probe.page.keyboard.insert_text(query)
                probe.page.wait_for_timeout(250)
                times.append(probe.painted(probe.key("Enter", "found")))
                probe.page.keyboard.press("Escape")
                probe.page.wait_for_timeout(400)
            trip = percentile(probe.round_trips(40), 0.95)
        floor = f"an empty request to the kernel takes {trip:.0f} ms (p95)"
        return [at_most("query: Enter to first page, p95", percentile(times, 0.95), 150, "ms", floor)]

    def scrolling(self) -> list[Row]:
        """Frames while the list moves, and real rows after a jump."""
        with desk.running(self.workspace) as lab, self.page(lab) as probe:
            _settled(self.workspace)
            idle = 1000 / statistics.mean(probe.frames(FRAMES))
            slow = 1000 / statistics.mean(probe.scroll(40, FRAMES))
            fast = 1000 / statistics.mean(probe.scroll(3000, FRAMES))
            jumps = [probe.jump((at * 0.37) % 1) for at in range(JUMPS)]
        floor = f"an idle page of this browser: {idle:.0f} a second"
        return [
            at_least("frames a second, scrolling", slow, 0.95 * min(60, idle), floor),
            at_least("frames a second, 3,000 pixels a frame", fast, 30, floor),
            at_most("jump in the list to real rows, p95", percentile(jumps, 0.95), 150, "ms", "fixed limit"),
        ]

    def reviewing(self) -> list[Row]:
        """A review queue, by key."""
        with desk.running(self.workspace) as lab, self.page(lab) as probe:
            _settled(self.workspace)
            return reviewing(probe)

    def _opened(self, workspace: Path) -> tuple[float, float]:
        """Seconds from the command to the usable screen, and from the kernel's first work to it."""
        began = time.perf_counter()
        with desk.running(workspace) as lab:
            page = self.browser.new_page(viewport=WINDOW)
            asked: list[float] = []
            page.on("websocket", lambda socket: socket.on("framesent", lambda sent: _note(sent, asked)))
            try:
                desk.open_app(page, lab)
                now = time.perf_counter()
            finally:
                page.close()
        return now - began, now - (asked[0] if asked else began)


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "open": Bench.opening,
    "tag": Bench.tagging,
    "review": Bench.reviewing,
    "query": Bench.querying,
    "scroll": Bench.scrolling,
    "text": lambda bench: reading(bench.browser),
}


def filled(folder: Path, size: int) -> Path:
    """A workspace with that many generated conversations."""
    data, workspace = folder / "conversations.jsonl", folder / "filled.workspace"
    write_conversations(data, size)
    with open_workspace(workspace, author=desk.AUTHOR) as ws:
        ws.collect(data)
    data.unlink()
    return workspace


def _note(sent: Any, asked: list[float]) -> None:
    """The page sends code only once the kernel has said that it is ready."""
    text = sent if isinstance(sent, str) else bytes(sent).decode("utf-8", "ignore")
    if "execute_request" in text:
        asked.append(time.perf_counter())


def _settled(workspace: Path) -> None:
    """Wait until the index of words is complete: building it would take the same two processors."""
    with open_workspace(workspace, author=desk.AUTHOR) as ws:
        while (progress := ws.index_progress()).indexed < progress.total:
            time.sleep(0.1)


def measured(bench: Bench, parts: Sequence[str]) -> list[Row]:
    """The rows of the named parts, or of all."""
    return [row for part in parts or PARTS for row in PARTS[part](bench)]
