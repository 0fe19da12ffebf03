"""One answer for all, and questions that change: by keyboard, in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import workbench as wb
from tests.ui.waiting import kept
from widgets.bench.desk import open_app, running
from widgets.bench.measures import filled

CURRENT = ".wb-item-current[data-sample-id]"
SHEET = ".wb-overlay-bulk"
WAIT = 90_000


@pytest.fixture
def desk(lab: Any, app: Any) -> Iterator[tuple[Any, Any]]:
    """The application with the list in focus, and the same workspace from Python under the same name."""
    app.keyboard.press("Escape")
    app.wait_for_selector(CURRENT)
    app.locator(".wb-list").first.focus()
    with wb.open(lab.workspace, author="tester") as ws:
        yield app, ws


def _search(page: Any, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def _answer_all(page: Any, ws: Any, query: str) -> int:
    """Give all that a query finds one answer by keyboard, after a look at five of them; how many were found."""
    total = ws.count(query)
    _search(page, query)
    kept(page, json.dumps(query))  # what is found may be as many as before
    page.wait_for_function("total => document.querySelector('[aria-setsize]')?.ariaSetSize == total", arg=total)
    page.keyboard.press("Shift+A")
    page.wait_for_selector(f"{SHEET} .wb-bulk-count")
    page.locator(f"{SHEET} select").select_option("tier")
    page.keyboard.press("Tab")
    page.keyboard.type("raw")
    page.wait_for_selector(f"{SHEET} .wb-bulk-count b:has-text('Raw text')")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wb-bulk-look .wb-turn")
    for key in "fffdf":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    page.wait_for_selector(f"{SHEET} .wb-remark:has-text('4 of 5 fit')")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(SHEET, state="detached")
    return total


def test_all_that_is_found_gets_one_answer_after_a_look_at_a_sample(desk: tuple[Any, Any]) -> None:
    page, ws = desk
    total = _answer_all(page, ws, "language:fr")
    [done, *_] = ws.bulk_tags()
    assert (done.query, done.changed, done.check["fits"]) == ("language:fr", total - 1, 4)
    page.keyboard.press("u")
    page.wait_for_function("() => document.body.textContent.includes('Taken back')")
    assert ws.bulk_tags()[0].undone
    assert page.mistakes == []


def test_ten_thousand_get_one_answer_and_lose_it_in_one_step(new_page: Any, tmp_path: Any) -> None:
    with running(filled(tmp_path, 10_000)) as lab, wb.open(lab.workspace, author="tester") as ws:
        page = new_page()
        open_app(page, lab)
        assert _answer_all(page, ws, "state:active") == 10_000
        assert ws.count("tier:raw") == ws.bulk_tags()[0].changed == 9_999
        page.keyboard.press("u")
        page.wait_for_function("() => document.body.textContent.includes('Taken back')")
        assert ws.count("tier:raw") == 0
        assert page.mistakes == []


def test_a_choice_is_split_and_what_waits_is_found(desk: tuple[Any, Any]) -> None:
    page, ws = desk
    _search(page, "")
    ids = ws.ids("language:en")[:3]
    ws.tag(ids, "tier", "raw")
    page.keyboard.press("Shift+Q")
    page.wait_for_selector(".wb-schemes-choice")
    page.locator(".wb-schemes-name", has_text="Tier").click()
    page.wait_for_selector(".wb-schemes-choice[data-value='raw'][aria-selected='true']")
    page.keyboard.press("s")
    page.wait_for_selector(".wb-schemes-form textarea:focus")
    page.keyboard.type("Chat logs\nLetters")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".wb-schemes-told:has-text('touches 3 answers of tester, in 3 conversations')")
    assert ws.scheme("tier").version == 1
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-action='waiting']:focus")
    assert sorted(ws.ids("stale:tier")) == sorted(ids)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[aria-setsize]')?.ariaSetSize == 3")
    page.locator(".wb-list").first.focus()
    page.keyboard.press("u")
    page.wait_for_function("() => document.body.textContent.includes('Taken back: Changed the question: tier')")
    assert ws.scheme("tier").version == 1
    assert ws.ids("stale:tier") == []
    page.wait_for_selector("[data-answer='tier=raw']")
    assert page.locator("[data-answer^='tier=']", has_text="Chat logs").count() == 0
    assert page.mistakes == []
