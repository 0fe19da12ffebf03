"""The map in a real browser: drawn, drawn around, selected by key, and used on another page."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbench as wb

MAP = "[data-part=map][data-painted]"
CHOSEN = ".wb-map-chosen .wb-map-actions"
WAIT = 60_000


@pytest.fixture
def drawn(app: Any) -> Any:
    app.click("[data-tab=map]")
    app.wait_for_selector(MAP, timeout=WAIT)
    return app


def test_what_is_drawn_around_becomes_a_query_in_browse(drawn: Any, lab: Any) -> None:
    frame = drawn.locator(MAP).bounding_box()
    left, top = frame["x"] + 8, frame["y"] + 8
    right, bottom = frame["x"] + frame["width"] - 8, frame["y"] + frame["height"] - 8
    drawn.mouse.move(left, top)
    drawn.mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom), (left, top)):
        drawn.mouse.move(x, y, steps=6)
    drawn.mouse.up()
    drawn.wait_for_selector(CHOSEN)
    drawn.click(f"{CHOSEN} [data-action=browse]")
    drawn.wait_for_selector("[data-page=browse]:not([hidden])")
    with wb.open(lab.workspace, author="reader") as ws:
        everything = f"{ws.count()} found"
    drawn.wait_for_function(
        "text => document.querySelector('[data-page=browse] .wb-list-facts').textContent.includes(text)", arg=everything
    )
    assert drawn.mistakes == []


def test_a_region_is_selected_without_a_pointer(drawn: Any, lab: Any) -> None:
    region = int(drawn.locator("tr[data-region]").first.get_attribute("data-region"))
    with wb.open(lab.workspace, author="reader") as ws:
        ws.select_on_map(region=region)
        inside, everything = ws.ids("in:map-selection"), ws.count()
        ws.clear_selection()
    assert 0 < len(inside) < everything
    drawn.locator(".wb-map-region").first.press("Enter")
    told = re.compile(rf"^{len(inside)} conversations? selected$")
    drawn.locator(".wb-map-chosen strong", has_text=told).wait_for(timeout=WAIT)
    assert drawn.locator(CHOSEN).is_visible()
    with wb.open(lab.workspace, author="tester") as ws:
        assert ws.ids("in:map-selection") == inside
        drawn.focus("[data-part=map]")
        drawn.keyboard.press("Escape")
        drawn.wait_for_selector(CHOSEN, state="detached")
        assert ws.selection() is None
    assert drawn.mistakes == []
