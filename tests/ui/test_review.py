"""A review queue worked through by keyboard alone: answered, revealed, left and gone on with after a killed kernel."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

import workbench as wb
from tests.ui.test_tagging import COUNT_MOUSE
from widgets.bench.desk import READY, open_app

WAIT = 90_000
DONE = "[data-fact=done]"
NOW = ".wb-ask-now"
SAVED = ".wb-review[data-pending='0']"


@pytest.fixture
def desk(lab, page):
    """The review page in front, and the same workspace from Python."""
    open_app(page, lab)
    page.keyboard.press("Alt+3")
    page.wait_for_selector(f"[data-part=query]:focus, {NOW}", timeout=WAIT)
    if page.locator(NOW).count():  # a queue that was left open is where the person comes back to
        page.keyboard.press("Escape")
        page.wait_for_selector("[data-part=query]:focus", timeout=WAIT)
    with wb.open(lab.workspace, author="tester") as ws:
        yield page, ws


def _asks(page: Any, scheme: str) -> None:
    page.wait_for_selector(f"{NOW}[data-scheme={scheme}]")


def test_a_queue_is_worked_through_by_keyboard_and_goes_on_after_a_killed_kernel(desk, lab):
    page, ws = desk
    page.evaluate(COUNT_MOUSE)
    page.keyboard.type("language:en missing:domain missing:naturalness")
    page.keyboard.press("Enter")
    for _ in range(4):
        _asks(page, "domain")
        page.keyboard.press("2")
        _asks(page, "naturalness")
        page.keyboard.press("4")
    page.wait_for_function(f"document.querySelector('{DONE}')?.textContent.startsWith('4 ')")
    page.wait_for_selector(SAVED)
    (queue, *_) = ws.queues()
    answered = queue.samples[:4]
    assert [tag.value for tag in ws.tags(answered) if tag.author == "tester" and tag.scheme == "naturalness"] == [4] * 4
    assert ws.queue(queue.id).next == 4
    assert page.evaluate("window.__mouse") == 0
    for number in lab.kernels():
        os.kill(number, signal.SIGKILL)
    page.reload()
    page.wait_for_selector(READY, timeout=WAIT)
    page.keyboard.press("Alt+3")
    page.wait_for_function(f"document.querySelector('{DONE}')?.textContent.startsWith('4 ')", timeout=WAIT)
    page.keyboard.press("u")
    page.wait_for_function(f"document.querySelector('{DONE}')?.textContent.startsWith('3 ')")
    assert ws.queue(queue.id).next == 3
    assert page.mistakes == []


def test_a_blind_answer_is_followed_by_the_others_and_a_change_is_a_flip(desk):
    page, ws = desk
    with wb.open(ws.path, author="ben") as ben:
        ids = ben.ids("language:fr missing:naturalness")[:1]
        ben.tag(ids, "naturalness", 1)
    page.keyboard.type(f"id:{ids[0]}")
    page.keyboard.press("Enter")
    _asks(page, "domain")
    page.keyboard.press("0")
    _asks(page, "naturalness")
    assert "ben" not in page.inner_text(".wb-ask")
    page.keyboard.press("5")
    page.wait_for_selector(".wb-reveal")
    assert "ben" in page.inner_text(".wb-reveal")
    page.keyboard.press("1")
    page.wait_for_selector(".wb-review-end")
    (flip,) = ws.flips("naturalness", ids).flips
    assert (flip.author, flip.before, flip.after) == ("tester", 5, 1)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=query]:focus")
    assert page.mistakes == []
