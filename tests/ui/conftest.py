"""A real `workbench lab`, and a real headless Chromium that can reach nothing but this machine.

One server per test run, one page per test module (`app`), or a fresh page per test (`page`). Pictures go to
``screenshots/`` (or WORKBENCH_SCREENSHOTS); a failing test leaves one by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import playwright.sync_api
import pytest

from widgets.bench import desk
from widgets.bench.chromium import FLAGS, HOW, WINDOW, found, launch
from widgets.bench.desk import READY, START_MS, Lab

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCREENSHOTS = Path(os.environ.get("WORKBENCH_SCREENSHOTS", ROOT / "screenshots"))
__all__ = ["FLAGS", "READY", "Lab", "start_lab", "stop_lab"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.ui)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    if report.failed:
        for page in {id(value): value for value in item.funcargs.values() if hasattr(value, "screenshot")}.values():
            SCREENSHOTS.mkdir(exist_ok=True)
            try:
                page.screenshot(path=SCREENSHOTS / f"failed-{item.name}.png")
            except playwright.sync_api.Error as error:  # a browser that died must not take the other reports with it
                report.sections.append(("no picture", str(error)))


def _missing(what: str) -> None:
    """Skip, saying how to get it; in continuous integration nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable."""
    executable = found()
    if not executable:
        _missing(f"no Chromium found: {HOW}")
    return str(executable)


def start_lab(folder: Path, *options: str) -> Lab:
    """Start `workbench lab` on a workspace with the sample data and wait until it says its address."""
    return desk.start(folder, "--sample-data", *options)


stop_lab = desk.stop


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
        opened = launch(playwright, chromium)
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
def opened(browser: Any, outside: list[str]) -> Callable[[], AbstractContextManager[Callable[[], Any]]]:
    """Opens pages, each with a profile of its own, and closes them at the end of its `with`.

    None may stay open longer: each hears every word of the kernel that all share. `page.mistakes` collects errors that
    a page throws or logs.
    """

    def note(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}:
            outside.append(request.url)

    @contextmanager
    def opening() -> Iterator[Callable[[], Any]]:
        with ExitStack() as contexts:

            def new_page() -> Any:
                context = browser.new_context(viewport=WINDOW)
                contexts.callback(context.close)
                context.on("request", note)
                page = context.new_page()
                page.mistakes = []
                page.on("pageerror", lambda error: page.mistakes.append(str(error)))
                return page

            yield new_page

    return opening


@pytest.fixture
def new_page(opened: Any) -> Iterator[Callable[[], Any]]:
    """Opens fresh pages, still empty, for one test."""
    with opened() as new:
        yield new


@pytest.fixture
def page(new_page: Callable[[], Any]) -> Any:
    """A fresh page for one test, still empty."""
    return new_page()


@pytest.fixture(scope="module")
def app(lab: Lab, opened: Any) -> Iterator[Any]:
    """The application after its first data paint. The tests of a module share it: leave it as you found it."""
    with opened() as new:
        page = new()
        page.goto(lab.address())
        page.wait_for_selector(READY, timeout=START_MS)
        yield page


@pytest.fixture
def shot() -> Callable[[Any, str], Path]:
    """Take a picture of a page for people to look at."""

    def take(page: Any, name: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return take
