"""Every screen of the application: its pages and what opens on top of them, each reached as a person reaches it.

Accessibility, hostile texts and pictures are all looked at scene by scene. A new page or overlay is one line here.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.ui.waiting import at_rest
from widgets.bench.desk import search

SOON = 60_000
LIST = "[data-page=browse] .wb-list"
Step = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen: the page it is on, how it is reached from there, and how it is left."""

    name: str
    tab: str
    arrange: Step = lambda page: None
    leave: Step = lambda page: page.keyboard.press("Escape")
    alone: bool = False
    """Whether it only makes sense on the sample data."""


def press(*keys: str, waiting: str = "") -> Step:
    """Keys in the list of the browse page, then what should have come up."""

    def step(page: Any) -> None:
        page.locator(LIST).focus()
        for key in keys:
            page.keyboard.press(key)
        if waiting:
            page.wait_for_selector(waiting, timeout=SOON)

    return step


def press_here(key: str) -> Step:
    """A key where the focus is."""
    return lambda page: page.keyboard.press(key)


def click(selector: str, waiting: str = "") -> Step:
    """A press on something, then what should have come up."""

    def step(page: Any) -> None:
        page.locator(selector).first.click()
        if waiting:
            page.wait_for_selector(waiting, timeout=SOON)

    return step


def asks(query: str, waiting: str) -> Step:
    """A query on the browse page, then what should have come up."""

    def step(page: Any) -> None:
        page.locator(LIST).focus()
        search(page, query)
        page.wait_for_selector(waiting, timeout=SOON)

    return step


def both(*steps: Step) -> Step:
    """One step after the other."""

    def step(page: Any) -> None:
        for part in steps:
            part(page)

    return step


def nothing(page: Any) -> None:
    """Leave things as they are."""


def _replacing(page: Any) -> None:
    press("Shift+R", waiting=DIALOG)(page)
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    page.keyboard.type("<b>")
    page.wait_for_selector(".wb-replace-row ins", timeout=SOON)


def _queue(page: Any) -> None:
    page.locator("[data-page=review] [data-part=query]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".wb-ask-now", timeout=SOON)


def _leave_queue(page: Any) -> None:
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-page=review] [data-part=query]:focus", timeout=SOON)


COLOURED = """map => { const canvas = map.querySelector("canvas"), pen = canvas.getContext("2d");
    const { width, height } = canvas, pixels = pen.getImageData(0, 0, width, height).data;
    const strong = at => Math.max(...pixels.slice(at, at + 3)) - Math.min(...pixels.slice(at, at + 3)) > 60;
    for (let at = 4 * width * Math.floor(height / 3); at < pixels.length; at += 4)
        if (pixels[at + 3] > 200 && strong(at)) return [(at / 4) % width / width, Math.floor(at / 4 / width) / height];
}"""
"""Where a point of the map is drawn, as shares of its width and height."""


def _point(page: Any) -> None:
    """Move over a point of the map until the words of its conversation come up."""
    frame = page.locator(MAP).bounding_box()
    x, y = page.locator(MAP).evaluate(COLOURED)
    page.mouse.move(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"])
    page.wait_for_selector(".wb-map-tip:visible", timeout=SOON)


def _away(page: Any) -> None:
    page.mouse.move(1, 1)


def _open_slice(page: Any) -> None:
    """A slice in front, its build and the preview of its records; made where there is none."""
    if not page.locator(".wb-slice").count():
        page.locator("[data-field=title]").fill("All of it")
        page.click("[data-action=save-slice]")
    page.locator(".wb-slice").first.click()
    page.wait_for_selector(".wb-now-sentence", timeout=SOON)


def _frozen(page: Any) -> None:
    if not page.locator("[data-format=openai-chat]").count():
        page.click("[data-action=freeze]")
    page.locator("[data-format=openai-chat]").check()
    page.wait_for_selector("pre[data-file='openai-chat.jsonl']", timeout=SOON)
    page.locator(".wb-preview").scroll_into_view_if_needed()


def _drafts(page: Any) -> None:
    if page.locator(".wb-back").count():
        page.click(".wb-back")
    page.click("[data-recipe=noise]")
    page.locator("[data-field=where]").fill("")
    page.wait_for_timeout(600)
    page.click("[data-action=start-run]")
    page.wait_for_selector("[data-draft-id]", timeout=60_000)


def _gave(page: Any) -> None:
    """What the newest run gave, gate by gate."""
    page.locator("[data-page=generate] .wb-queue").focus()
    page.keyboard.press("y")
    page.wait_for_selector(".wb-yield-table [data-cell]", timeout=SOON)


BULK = ".wb-overlay-bulk .wb-bulk-count"
CHOICE = ".wb-overlay-schemes .wb-schemes-choice"
DIALOG = "[data-workbench=app] [role=dialog]"
MAP = "[data-part=map][data-painted]"
CHOSEN = ".wb-map-chosen .wb-map-actions"
CARD = ".wb-preview [role=tab][data-view=card]"

SCENES = (
    Scene("collect", "collect"),
    Scene("browse", "browse"),
    Scene("browse-keys", "browse", press("?", waiting=DIALOG)),
    Scene("browse-history", "browse", press("h", waiting=DIALOG)),
    Scene("browse-domains", "browse", press("d", waiting=DIALOG)),
    Scene("browse-guideline", "browse", click("[data-answer='naturalness?']"), click("[data-answer='naturalness?']")),
    Scene("browse-note", "browse", press("n")),
    Scene("browse-turn", "browse", press("Shift+J", "Shift+J")),
    Scene("browse-marked", "browse", press("x", "j", "x")),
    Scene("browse-edit", "browse", press("e", waiting="[data-page=browse] textarea")),
    Scene("browse-replace", "browse", press("Shift+R", waiting=DIALOG)),
    Scene("browse-replacing", "browse", _replacing),
    Scene("browse-steps", "browse", press("Shift+H", waiting=f"{DIALOG} .wb-step")),
    Scene("bulk", "browse", press("Shift+A", waiting=BULK)),
    Scene(
        "bulk-sample",
        "browse",
        both(press("Shift+A", waiting=BULK), click("[data-action=look]", ".wb-bulk-look .wb-turn")),
        both(press_here("Escape"), press_here("Escape")),
    ),
    Scene("questions", "browse", press("Shift+Q", waiting=CHOICE)),
    Scene(
        "questions-split",
        "browse",
        both(press("Shift+Q", waiting=CHOICE), press_here("s")),
        both(press_here("Escape"), press_here("Escape")),
    ),
    Scene("settings", "browse", click(".wb-me", DIALOG)),
    Scene("browse-mistake", "browse", asks("nofield:x", "[data-page=browse] [role=alert]"), asks("", LIST)),
    Scene("browse-nothing", "browse", asks('"qqqzzzqqq"', ".wb-empty"), asks("", ".wb-item-current")),
    Scene("review", "review"),
    Scene("review-queue", "review", _queue, _leave_queue),
    Scene("generate", "generate"),
    Scene("generate-recipe", "generate", click("[data-recipe=noise]", "[data-action=start-run]"), click(".wb-back")),
    Scene("generate-model", "generate", click("[data-action=model-settings]", DIALOG)),
    Scene("generate-drafts", "generate", _drafts, nothing, alone=True),
    Scene("generate-yield", "generate", _gave, alone=True),
    Scene(
        "generate-gated",
        "generate",
        both(_gave, click("[data-cell=' passed ']", ".wb-gated-draft .wb-draft-view")),
        both(press_here("Escape"), press_here("Escape")),
        alone=True,
    ),
    Scene("map", "map", lambda page: page.wait_for_selector(MAP, timeout=SOON)),
    Scene("map-point", "map", _point, _away),
    Scene("map-chosen", "map", click(".wb-map-region", CHOSEN), click(".wb-map-chosen [data-action=clear]")),
    Scene("quality", "quality"),
    Scene("quality-measured", "quality", click("[data-action=measure]", "[data-page=quality] .js-plotly-plot")),
    Scene("release", "release"),
    Scene("release-slice", "release", _open_slice, nothing),
    Scene("release-preview", "release", _frozen, nothing),
    Scene("release-card", "release", click(CARD, ".wb-preview-body .wb-dataset-card"), nothing),
    Scene("code", "release", both(press_here("Alt+c"), lambda page: page.wait_for_selector(".wb-code-row"))),
)


def visit(page: Any, scenes: tuple[Scene, ...] = SCENES) -> Iterator[Scene]:
    """Go to each scene and yield it there; leave it again."""
    for scene in scenes:
        tab = page.locator(f"[data-tab={scene.tab}]")
        if tab.get_attribute("aria-selected") != "true":
            tab.click()
            page.wait_for_timeout(700)
        scene.arrange(page)
        page.wait_for_timeout(350)
        at_rest(page)
        yield scene
        scene.leave(page)


THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


@contextmanager
def theme(lab: Any, name: str) -> Iterator[None]:
    """Pages opened inside this block have that theme; light again afterwards."""
    _choose(lab, THEMES[name])
    try:
        yield
    finally:
        _choose(lab, THEMES["light"])


def _choose(lab: Any, title: str) -> None:
    address = f"{lab.base}/lab/api/settings/@jupyterlab/apputils-extension:themes"
    body = json.dumps({"raw": json.dumps({"theme": title})}).encode()
    request = urllib.request.Request(address, data=body, method="PUT")
    request.add_header("Authorization", f"token {lab.token}")
    urllib.request.urlopen(request).close()
