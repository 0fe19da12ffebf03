"""A headless Chromium that can reach nothing but this machine, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from workbench import WorkbenchError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "WORKBENCH_CHROMIUM"
HOW = f"install it (Debian: apt-get install chromium) or name it in {VARIABLE}"
WINDOW = {"width": 1280, "height": 800}
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


def found() -> str | None:
    """Chromium's executable, or None where there is none."""
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser() -> Iterator[Any]:
    """A running browser. Raises `WorkbenchError` where Playwright or Chromium is missing."""
    executable = found()
    if executable is None:
        raise WorkbenchError("no Chromium found", hint=HOW)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as exc:
        raise WorkbenchError("Playwright is not installed", hint="pip install 'curation-workbench[test]'") from exc
    with sync_playwright() as playwright:
        opened = launch(playwright, executable)
        try:
            yield opened
        finally:
            opened.close()


def launch(playwright: Any, executable: str) -> Any:
    """Start the browser with the flags every measurement and test uses."""
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)
