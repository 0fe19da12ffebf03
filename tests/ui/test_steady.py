"""The frame around the pages: cut connections, a killed kernel, languages, changed keys, the guided start."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.ui.waiting import at_rest
from widgets.bench.desk import CURRENT, READY, SAVED, current, open_app

WAIT = 90_000
MANY = 50

SOCKETS = """() => {
    const Real = window.WebSocket;
    window.__sockets = [];
    window.WebSocket = class extends Real {
        constructor(...args) { super(...args); window.__sockets.push(this); }
    };
    window.__cut = () => window.__sockets.splice(0).filter(socket => socket.url.includes("channels"))
        .map(socket => socket.close(4000)).length;
}"""


@pytest.fixture
def unanswered(lab: Any) -> Iterator[wb.Workspace]:
    """The tester has said of no conversation yet how natural it is, whatever other tests did before."""
    with wb.open(lab.workspace, author="tester") as ws:
        ws.untag(ws.ids(), "naturalness")
        yield ws


@pytest.fixture
def desk(lab: Any, page: Any) -> Any:
    page.add_init_script(f"({SOCKETS})()")
    open_app(page, lab)
    return page


def test_a_connection_cut_amid_fifty_tags_loses_and_doubles_none(unanswered: wb.Workspace, desk: Any) -> None:
    ws, page = unanswered, desk
    newest = max((step.id for step in ws.steps(1)), default=0)
    page.keyboard.press("g")
    tagged, places = [], []
    for at in range(MANY):
        sample = current(page)
        tagged.append(sample)
        places.append(page.get_attribute(CURRENT, "aria-posinset"))
        page.keyboard.press(str(at % 5 + 1))
        if at in {12, 33}:
            assert page.evaluate("window.__cut()") >= 1
        page.keyboard.press("j")
        page.wait_for_function(
            "id => document.querySelector('.wb-item-current')?.dataset.sampleId !== id", arg=sample, timeout=30_000
        )
    assert places == [str(at + 1) for at in range(MANY)], "each key moved on by one"
    page.wait_for_selector(SAVED, timeout=60_000)
    mine = {tag.sample: tag.value for tag in ws.tags(tagged) if (tag.scheme, tag.author) == ("naturalness", "tester")}
    assert mine == {sample: at % 5 + 1 for at, sample in enumerate(tagged)}
    assert len([step for step in ws.steps(2 * MANY) if step.id > newest]) == MANY


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the kernel's process under /proc")
def test_a_killed_kernel_is_told_and_the_page_comes_back_where_it_was(desk: Any, lab: Any) -> None:
    page = desk
    page.click("[data-tab=quality]")
    page.evaluate("document.querySelector('[data-workbench=app]').dataset.old = 'yes'")
    killed = lab.kernels()
    assert killed
    for number in killed:
        os.kill(number, signal.SIGKILL)
    page.wait_for_selector("[data-workbench=app]:not([data-old])", timeout=WAIT)
    page.wait_for_selector("[data-tab=quality][aria-selected=true]", timeout=WAIT)
    page.wait_for_selector(".wb-linkbar", state="hidden")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the kernel's process under /proc")
def test_a_kernel_that_never_answers_is_told_and_can_be_begun_anew(desk: Any, lab: Any) -> None:
    page = desk
    for number in lab.kernels():
        os.kill(number, signal.SIGSTOP)
    page.reload()
    box = page.locator(".workbench-page-silent")
    box.wait_for(timeout=WAIT)
    assert "does not answer" in box.inner_text()
    page.wait_for_selector(".workbench-page-silent button:focus", timeout=WAIT)
    page.keyboard.press("Enter")
    page.wait_for_selector(READY, timeout=WAIT)
    box.wait_for(state="detached")


def test_a_language_is_spoken_at_once_on_the_same_page_and_after_a_reload(desk: Any) -> None:
    page = desk
    page.click("[data-tab=release]")
    for language, word in (("fr", "Réglages"), ("zh", "设置"), ("en", "Settings")):
        page.click(".wb-me")
        page.click(f"[data-language={language}]")
        page.wait_for_selector(f"[data-workbench=app][lang={language}]")
        page.wait_for_selector("[data-tab=release][aria-selected=true]")
        page.wait_for_selector(f".wb-me[title$='{word}']")
        if language == "zh":
            page.reload()
            page.wait_for_selector("[data-workbench=app][lang=zh] .wb-me", timeout=WAIT)
            assert page.locator("[data-tab=release][aria-selected=true]").count() == 1
    assert page.mistakes == []


def test_a_changed_key_works_and_a_taken_one_is_refused(desk: Any) -> None:
    page = desk
    page.click(".wb-me")
    page.get_by_role("button", name="Change keys").click()
    button = page.locator("[data-key='browse/next-conversation']")
    button.click()
    page.keyboard.press("e")
    assert "taken" in page.locator(".wb-keys-said").inner_text()
    page.keyboard.press("z")
    assert button.inner_text().strip() == "z"
    page.keyboard.press("Escape")
    page.wait_for_selector(f"{CURRENT}[data-sample-id]")
    page.locator("[role=listbox][tabindex='0']").first.focus()
    sample = current(page)
    page.keyboard.press("z")
    page.wait_for_function("id => document.querySelector('.wb-item-current')?.dataset.sampleId !== id", arg=sample)
    page.click(".wb-me")
    page.get_by_role("button", name="Change keys").click()
    page.get_by_role("button", name="All keys as they were").click()
    page.keyboard.press("Escape")


def test_the_guided_start_follows_what_is_done_and_takes_no_key(desk: Any) -> None:
    page = desk
    page.click(".wb-me")
    page.get_by_role("button", name="Guided start").click()
    card = page.locator(".wb-tour")
    assert "Find conversations" in card.inner_text()
    page.locator("[role=listbox][tabindex='0']").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("card")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wb-tour h3:has-text('Move through')")
    page.keyboard.press("Escape")
    page.locator("[role=listbox][tabindex='0']").first.focus()
    page.keyboard.press("j")
    page.wait_for_selector(".wb-tour h3:has-text('Answer with one key')")
    at_rest(page)
    overlap = page.evaluate(
        "(() => { const a = document.querySelector('.wb-tour').getBoundingClientRect();"
        "const b = document.querySelector('.wb-tour-ring').getBoundingClientRect();"
        "return Math.min(a.right, b.right) > Math.max(a.left, b.left) &&"
        "       Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top); })()"
    )
    assert overlap is False
    for tab in ("review", "map", "browse"):  # the guide stands in nobody's way on another page
        page.click(f"[data-tab={tab}]", timeout=10_000)
    page.keyboard.press("Alt+Shift+Enter")
    page.wait_for_selector(".wb-tour", state="detached")
