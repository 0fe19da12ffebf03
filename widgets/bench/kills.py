"""kill -9 of the kernel or the browser at random moments while answers are given by key.

The oracle: an answer after which the screen said "Saved" is in the workspace afterwards, unless a later key of the
same person replaced it; and the screen comes back. Both processes are found under ``/proc``, so on Linux only.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from widgets.bench import chromium, desk
from workbench.bench.measure import percentile
from workbench.workspace import open_workspace

KILLED = "kernel and browser"
SCHEME = "naturalness"
LONGEST = 1.2
"""Seconds of work before a kill, at most, where an answer is saved at once."""

ANSWERS = 12
"""On a slow machine the work lasts, at most, as long as so many answers take from key to "Saved"."""

FOLLOW = """() => {
    const find = selector => document.querySelector(`[data-workbench=app] ${selector}`);
    window.addEventListener("keydown", event => {
        const row = find(".wb-item-current");
        if (/^[1-5]$/.test(event.key) && row) window.__tried(row.dataset.sampleId, Number(event.key));
    }, true);
    const saved = find(".wb-saved");
    new MutationObserver(() => saved.dataset.pending === "0" && window.__saved())
        .observe(saved, {attributes: true, childList: true});
}"""


@dataclass
class Book:
    """What the screen was asked and said: sample -> its answers in order, and how many of them were called saved."""

    tried: dict[str, list[int]] = field(default_factory=dict)
    saved: dict[str, int] = field(default_factory=dict)

    def try_(self, sample: str, value: int) -> None:
        """An answer was given."""
        self.tried.setdefault(sample, []).append(value)

    def save(self) -> None:
        """The screen said that everything given so far is saved."""
        self.saved = {sample: len(values) for sample, values in self.tried.items()}

    def possible(self) -> dict[str, set[int]]:
        """Sample -> the answers it may now have: the last one said to be saved, or one given after it."""
        return {sample: set(self.tried[sample][count - 1 :]) for sample, count in self.saved.items()}


@dataclass(frozen=True, slots=True)
class KillReport:
    """`lost`: acknowledged answers that were not there; `back`: seconds until the screen was usable again, p95."""

    kills: int
    acknowledged: int
    lost: int
    back: float


def kill_round(browser: Any, folder: Path, count: int, *, seed: int = 20_261) -> KillReport:
    """Kill kernel and browser in turn, `count` times in all, and compare the workspace with what the screen said."""
    rng = random.Random(seed)
    lost, acknowledged, back = 0, 0, []
    with desk.running(folder / "killed.workspace", "--sample-data") as lab:
        work = _Work(browser, lab, folder / "profile", rng)
        work.measure()
        for number in range(count):
            book = work.until_killed("kernel" if number % 2 == 0 else "browser")
            back.append(work.back())
            lost += missing(lab.workspace, book)
            acknowledged += sum(book.saved.values())
        work.end()
    return KillReport(count, acknowledged, lost, percentile(back, 0.95))


def missing(workspace: Path, book: Book) -> int:
    """How many acknowledged answers are not in the workspace."""
    possible = book.possible()
    with open_workspace(workspace, author=desk.AUTHOR) as ws:
        tags = [tag for tag in ws.tags(list(possible)) if (tag.author, tag.scheme) == (desk.AUTHOR, SCHEME)]
    now = {tag.sample: tag.value for tag in tags}
    return sum(now.get(sample) not in values for sample, values in possible.items())


class _Work:
    """A person at a browser with a profile of its own, whose kernel and browser die under their hands."""

    def __init__(self, browser: Any, lab: desk.Lab, profile: Path, rng: random.Random) -> None:
        self.kind = browser.browser_type
        self.lab = lab
        self.profile = profile
        self.rng = rng
        self.context: Any = None
        self.page: Any = None
        self.book = Book()
        self.killed = 0.0
        self.longest = LONGEST
        self.start()

    def start(self) -> None:
        """Open the browser on its profile, and the application in it."""
        self.context = self.kind.launch_persistent_context(
            str(self.profile), executable_path=chromium.found(), args=chromium.FLAGS, viewport=chromium.WINDOW
        )
        self.page = self.context.pages[0]
        self.page.expose_function("__tried", lambda sample, value: self.book.try_(sample, value))
        self.page.expose_function("__saved", lambda: self.book.save())
        try:
            desk.open_app(self.page, self.lab)
        except Exception:
            if not _processes(self.profile):
                raise
            self.page.reload()  # JupyterLab could not fetch the notebook: a person loads the page once more
            self._ready()
        self.page.evaluate(FOLLOW)

    def measure(self) -> None:
        """Take the time of some answers, one after the other, so that the kills fall amid answers on any machine."""
        taken = []
        for value in (1, 2, 3):
            book = self.book = Book()
            began = time.perf_counter()
            self.page.keyboard.press(str(value))
            while not book.saved and time.perf_counter() - began < desk.START_MS / 1_000:
                self.page.wait_for_timeout(10)
            taken.append(time.perf_counter() - began)
            self.page.keyboard.press("j")
        self.longest = max(LONGEST, ANSWERS * statistics.median(taken))

    def until_killed(self, victim: str) -> Book:
        """Answer and move until the victim is dead; what was asked and said."""
        self.book = Book()
        self.page.keyboard.press("g" if self.rng.random() < 0.3 else "j")
        with self._killing(victim, self.rng.uniform(0.05, self.longest)) as dead, suppress(Exception):
            while not dead.is_set():
                self.page.keyboard.press(str(self.rng.randint(1, 5)))
                self.page.keyboard.press("j")
                self.page.wait_for_timeout(self.rng.uniform(0, 40))
        return self.book

    def back(self) -> float:
        """Come back as a person does: reload the page, or start the browser again. Seconds from the kill."""
        book, self.book = self.book, Book()
        try:
            self.page.reload()
            self._ready()
            self.page.evaluate(FOLLOW)
        except Exception:
            if _processes(self.profile):
                raise
            with suppress(Exception):
                self.context.close()
            self.start()
        self.page.wait_for_function("() => !(Number(document.querySelector('.wb-saved')?.dataset.pending ?? 0) > 0)")
        self.book = book
        return time.perf_counter() - self.killed

    def _ready(self) -> None:
        self.page.wait_for_selector(desk.READY, timeout=desk.START_MS)
        self.page.wait_for_selector(desk.CURRENT, timeout=desk.START_MS)

    def end(self) -> None:
        """Close the browser."""
        self.context.close()

    @contextmanager
    def _killing(self, victim: str, delay: float) -> Iterator[threading.Event]:
        dead = threading.Event()

        def kill() -> None:
            for number in self.lab.kernels() if victim == "kernel" else _processes(self.profile):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            self.killed = time.perf_counter()
            dead.set()

        timer = threading.Timer(delay, kill)
        timer.start()
        try:
            yield dead
        finally:
            timer.join()


def _processes(profile: Path) -> list[int]:
    """The browser's own process on that profile; its helpers end with it."""
    wanted = f"--user-data-dir={profile}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            if wanted in words and not any(word.startswith(b"--type=") for word in words):
                found.append(int(entry.name))
    return found
