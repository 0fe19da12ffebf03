"""Takes every picture of the documentation again: ``python -m tests.ui.pictures`` from the top of the checkout.

The pages at 1280 x 800, light and dark, and some of them in each other language. ``--into FOLDER`` puts them
elsewhere; with ``--scale 1.25`` the same window has room for as much as at 125 %.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import workbench as wb
from tests.ui.scenes import LIST, MAP, theme
from widgets.bench import chromium, desk

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LANGUAGES = ("fr", "zh")
SPOKEN = ("browse", "quality", "release")
"""The pages whose pictures are kept in each language."""
QUERY = "domain:health/* language:en"


def _browse(page: Any) -> None:
    page.locator(LIST).focus()
    desk.search(page, QUERY)
    page.wait_for_timeout(1200)
    page.keyboard.press("j")


def _edit(page: Any) -> None:
    page.locator(LIST).focus()
    page.keyboard.press("e")
    page.locator("[data-page=browse] textarea").first.press_sequentially(" And one more thing.")


def _generate(page: Any) -> None:
    if page.locator("[data-draft-id]").count():
        return
    page.click("[data-recipe=noise]")
    page.wait_for_timeout(600)
    page.click("[data-action=start-run]")
    page.wait_for_selector("[data-draft-id]", timeout=60_000)
    page.wait_for_timeout(1500)


def _quality(page: Any) -> None:
    page.click("[data-action=measure]")
    page.wait_for_selector("[data-page=quality] .js-plotly-plot .main-svg", timeout=60_000)


def _release(page: Any) -> None:
    page.wait_for_timeout(800)
    page.locator("[data-page=release] .wb-slices [data-slice], [data-page=release] [role=option]").first.click(
        timeout=3000
    )


PAGES: tuple[tuple[str, str, Callable[[Any], None]], ...] = (
    ("browse", "browse", _browse),
    ("edit", "browse", _edit),
    ("collect", "collect", lambda page: None),
    ("review", "review", lambda page: None),
    ("generate", "generate", _generate),
    ("map", "map", lambda page: page.wait_for_selector(MAP, timeout=60_000)),
    ("quality", "quality", _quality),
    ("release", "release", _release),
)


def take(page: Any, folder: Path, name: str, tab: str, arrange: Callable[[Any], None]) -> None:
    """One picture; what cannot be arranged is said and the page is taken as it is."""
    page.click(f"[data-tab={tab}]")
    page.wait_for_timeout(1200)
    try:
        arrange(page)
    except Exception as exc:
        print(f"{name}: {str(exc).splitlines()[0]}", file=sys.stderr)
    page.locator(".wb-notice-remark").wait_for(state="detached")  # what an earlier page left says nothing here
    page.wait_for_timeout(900)
    page.screenshot(path=folder / f"{name}.png")
    if tab == "browse" and "edit" not in name and "-" not in name:
        page.locator("[data-page=browse] .wb-tags").screenshot(path=folder / "tags.png")
    page.keyboard.press("Escape")


def _speak(lab: desk.Lab, language: str) -> None:
    with wb.open(lab.workspace, author=desk.AUTHOR) as ws:
        ws.set_preference("language", language)


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description="Take the documentation's pictures.")
    parser.add_argument("--into", type=Path, default=IMAGES, help="the folder (default: the documentation's)")
    parser.add_argument("--scale", type=float, default=1.0, help="how large everything is shown (default 1)")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    window = {
        "viewport": {side: round(length / given.scale) for side, length in chromium.WINDOW.items()},
        "device_scale_factor": given.scale,
    }
    with tempfile.TemporaryDirectory() as top, chromium.browser() as browser:
        folder = Path(top) / "demo.workspace"
        with desk.running(folder, "--sample-data") as lab:
            with wb.open(folder, author=desk.AUTHOR) as ws:
                ws.slice("health", QUERY, title="Health, in English").freeze()
            for name in ("light", "dark"):
                with theme(lab, name):
                    page = browser.new_page(**window)
                    desk.open_app(page, lab)
                    for scene, tab, arrange in PAGES:
                        take(page, given.into, scene if name == "light" else f"{scene}-dark", tab, arrange)
                    page.close()
            for language in LANGUAGES:
                _speak(lab, language)
                page = browser.new_page(**window)
                desk.open_app(page, lab)
                for scene, tab, arrange in PAGES:
                    if scene in SPOKEN:
                        take(page, given.into, f"{scene}-{language}", tab, arrange)
                page.close()


if __name__ == "__main__":
    main()
