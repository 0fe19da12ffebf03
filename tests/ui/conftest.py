"""A real `workbench lab`, and a real headless Chromium that can reach nothing but this machine.

One server per test run, one page per test module (`app`), or a fresh page per test (`page`). Pictures go to
``screenshots/`` (or WORKBENCH_SCREENSHOTS); a failing test leaves one by itself.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCREENSHOTS = Path(os.environ.get("WORKBENCH_SCREENSHOTS", ROOT / "screenshots"))
WINDOW = {"width": 1280, "height": 800}
READY = "[data-workbench=app][data-ready=true]"
START_MS = 90_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "install it (Debian: apt-get install chromium) or name it in WORKBENCH_CHROMIUM"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True, slots=True)
class Lab:
    """A running `workbench lab`: `address(path)` opens a page of it; `workspace` is its folder."""

    workspace: Path
    base: str
    token: str
    process: subprocess.Popen[str]
    said: list[str]

    def address(self, path: str = "") -> str:
        return f"{self.base}/{path}?token={self.token}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.ui)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    if outcome.get_result().failed:
        for page in {id(value): value for value in item.funcargs.values() if hasattr(value, "screenshot")}.values():
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"failed-{item.name}.png")


def _missing(what: str) -> None:
    """Skip, saying how to get it; in continuous integration nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable."""
    named = os.environ.get("WORKBENCH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        _missing(f"no Chromium found: {HOW}")
    return str(found)


def _end_with_parent() -> None:
    """In the child: be told to stop when the test run is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start_lab(folder: Path, *options: str) -> Lab:
    """Start `workbench lab` on a workspace with the sample data and wait until it says its address."""
    token = "test-token"
    command = [sys.executable, "-m", "workbench", "lab", str(folder), "--no-browser", "--sample-data"]
    home = folder.parent / "home"
    process = subprocess.Popen(
        [*command, "--port", "18888", "--token", token, "--author", "tester", "--no-tour", *options],
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_end_with_parent,
    )
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if address := re.search(r"(http://127\.0\.0\.1:\d+)/", line):
            threading.Thread(target=said.extend, args=(process.stdout,), daemon=True).start()
            return Lab(folder, address[1], token, process, said)
    raise AssertionError("workbench lab did not start:\n" + "".join(said))


def stop_lab(lab: Lab) -> int:
    """Stop it as Ctrl-C does; returns its exit code."""
    if lab.process.poll() is None:
        lab.process.send_signal(signal.SIGINT)
    try:
        return lab.process.wait(20)
    finally:
        lab.process.kill()


@pytest.fixture(scope="session")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server all tests here share, on a workspace of its own with the sample data."""
    running = start_lab(tmp_path_factory.mktemp("lab") / "demo.workspace")
    yield running
    stop_lab(running)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def outside() -> list[str]:
    """Every request that tried to leave this machine; the check below keeps it empty."""
    return []


@pytest.fixture(autouse=True)
def _nothing_leaves(outside: list[str]) -> Iterator[None]:
    yield
    assert outside == []


@pytest.fixture(scope="session")
def new_page(browser: Any, outside: list[str]) -> Iterator[Callable[[], Any]]:
    """Open a page with a profile of its own. `page.mistakes` collects errors it throws or logs."""
    contexts = []

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}:
            outside.append(request.url)

    def opened() -> Any:
        context = browser.new_context(viewport=WINDOW)
        contexts.append(context)
        context.on("request", note)
        page = context.new_page()
        page.mistakes = []
        page.on("pageerror", lambda error: page.mistakes.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[[], Any]) -> Iterator[Any]:
    """A fresh page for one test, still empty."""
    opened = new_page()
    yield opened
    opened.context.close()


@pytest.fixture(scope="module")
def app(lab: Lab, new_page: Callable[[], Any]) -> Any:
    """The application after its first data paint. The tests of a module share it: leave it as you found it."""
    opened = new_page()
    opened.goto(lab.address())
    opened.wait_for_selector(READY, timeout=START_MS)
    return opened


@pytest.fixture
def shot() -> Callable[[Any, str], Path]:
    """Take a picture of a page for people to look at."""

    def take(page: Any, name: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return take
