"""Tagging by keyboard alone, and what is left of it when the kernel dies the moment after an answer."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from widgets.bench.desk import CURRENT, READY, SAVED, START_MS, current, open_app, search

MANY = int(os.environ.get("WORKBENCH_TAGGED", "200"))
"""Conversations tagged by key."""

KEYS = 200

COUNT_MOUSE = """() => {
    window.__mouse = 0;
    for (const name of ["mousedown", "mouseup", "click", "pointerdown", "wheel"])
        window.addEventListener(name, event => { if (event.detail || event.isTrusted) window.__mouse += 1; }, true);
}"""


@pytest.fixture
def desk(lab, page):
    """The application with the list in focus, and the same workspace from Python under the same name."""
    open_app(page, lab)
    with wb.open(lab.workspace, author="tester") as ws:
        yield page, ws


def _answer(page: Any, naturalness: str, domain: str) -> str:
    """Answer two questions for the open conversation and move on; returns its id. No key waits for the one before."""
    sample = current(page)
    page.keyboard.press(naturalness)
    page.keyboard.press("d")
    page.keyboard.type(domain)
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.wait_for_function(
        "id => document.querySelector('.wb-item-current')?.dataset.sampleId !== id", arg=sample, timeout=30_000
    )
    return sample


def _mine(ws: Any, ids: list[str]) -> set[tuple[str, str, Any]]:
    """What was answered here: other tests on this workspace answer other questions."""
    asked = {"naturalness", "domain"}
    return {(t.sample, t.scheme, t.value) for t in ws.tags(ids) if t.author == "tester" and t.scheme in asked}


def _cells(page: Any) -> list[str]:
    return page.eval_on_selector_all(
        ".jp-Cell", "cells => cells.map(cell => cell.className.match(/jp-[A-Z]\\w+Cell/)[0])"
    )


@pytest.mark.timeout(600)
def test_many_conversations_are_tagged_by_keyboard_alone(desk, lab):
    page, ws = desk
    notebook = lab.workspace / "notebooks" / "workbench.ipynb"
    before, cells = notebook.read_bytes(), _cells(page)
    page.evaluate(COUNT_MOUSE)
    page.keyboard.press("g")
    tagged = [_answer(page, str(at % 5 + 1), "restau") for at in range(MANY)]
    page.wait_for_selector(SAVED)
    expected = {(id, "naturalness", at % 5 + 1) for at, id in enumerate(tagged)}
    assert len(set(tagged)) == MANY
    assert _mine(ws, tagged) == expected | {(id, "domain", "retail/restaurants") for id in tagged}
    assert page.evaluate("window.__mouse") == 0
    assert _cells(page) == cells == ["jp-CodeCell"]
    assert notebook.read_bytes() == before
    assert page.mistakes == []


def test_two_hundred_keys_without_a_pause_lose_nothing(desk):
    page, ws = desk
    page.keyboard.press("g")
    page.wait_for_selector(f"{CURRENT}[aria-posinset='1']")
    ids = ws.ids("", sort="best")[: KEYS // 2]
    for at in range(len(ids)):
        page.keyboard.press(str(5 - at % 5))
        page.keyboard.press("j")
    page.wait_for_selector(SAVED)
    found = _mine(ws, ids)
    assert [at for at, id in enumerate(ids) if (id, "naturalness", 5 - at % 5) not in found] == []
    assert page.mistakes == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the kernel's process under /proc")
def test_none_of_those_without_an_answer_is_passed_over(desk):
    page, ws = desk
    search(page, "missing:naturalness")
    page.get_by_text(f"{ws.count('missing:naturalness')} found", exact=True).wait_for()
    wanted = ws.ids("missing:naturalness")[:14]
    assert current(page) == wanted[0]
    for at in range(len(wanted)):
        page.keyboard.press("3")
        page.wait_for_timeout(700 if at % 5 == 4 else 30)  # now and then there is time to read the list again
        page.keyboard.press("j")
        page.wait_for_timeout(60)
    page.wait_for_selector(SAVED)
    given = {tag.sample for tag in ws.tags(wanted) if tag.author == "tester" and tag.scheme == "naturalness"}
    ws.untag(wanted, "naturalness")
    assert given == set(wanted)


def test_an_answer_given_right_before_the_kernel_is_killed_is_there_after_reload(desk, lab):
    page, ws = desk
    page.keyboard.press("Shift+G")
    page.wait_for_selector(f"{CURRENT}[aria-posinset='{ws.count()}']")
    sample = current(page)
    page.keyboard.press("2")
    page.wait_for_selector(SAVED)
    killed = lab.kernels()
    for number in killed:
        os.kill(number, signal.SIGKILL)
    assert killed
    page.reload()
    page.wait_for_selector(READY, timeout=START_MS)
    assert (sample, "naturalness", 2) in _mine(ws, [sample])
    page.keyboard.press("Shift+G")
    page.wait_for_selector(f"{CURRENT}[data-sample-id='{sample}'] .wb-mini-mine")
