"""Approving role cards in the real browser: read, edit, reject, approve all shown, take back, and go on."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from tests.ui.generating import GENERATE, SOON, connected, open_run
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from workbench.generate.recipes.role_cards import FIELDS

PANE = f"{GENERATE} .wb-approve"
CASES = (
    ("a student who moved last week", "keep the flat without a second deposit", "the contract ends in May"),
    ("a baker with a broken oven", "get the repair paid by the insurance", "the guarantee ended last month"),
    ("a nurse on night shifts", "change the appointment to a morning", "there is no car to come by"),
    ("a retired teacher", "understand the new tariff", "last year's bill was half as high"),
)


class Planner:
    """Answers with role cards where these are asked for, else with a line of its own."""

    def __init__(self) -> None:
        self.numbers = count()
        self.sent: list[dict[str, Any]] = []

    def __call__(self, body: dict[str, Any]) -> str:
        self.sent.append(body)
        number = next(self.numbers)
        if not body.get("response_format"):
            return f"Well, line number {number} has {number * 7} in it."
        who, goal, knows = CASES[number % len(CASES)]
        cards = {
            "user_role": f"You are {who}.",
            "user_goal": f"You want to {goal}.",
            "user_knows": f"Only you know: {knows}.",
        }
        other = {name: f"You are the advisor of case {number}, {name[10:]}." for name in FIELDS[3:]}
        return json.dumps(cards | other)


@pytest.fixture
def planner() -> Planner:
    return Planner()


@pytest.fixture
def begun(lab, page, planner):
    """The Generate page with a run that proposed four pairs of cards; gives the workspace and the run's id."""
    with connected(lab, planner, in_flight=1, usd_per_million_in=1.0, usd_per_million_out=3.0) as (ws, _):

        def begin() -> tuple[Any, str]:
            samples = ws.ids("language:en origin:imported")[:4]
            run = ws.generate("role_cards", samples).wait(60)
            assert run.counts == {"drafted": 4}
            open_run(page, lab, run.id, by="[data-action=to-approve]")
            page.wait_for_selector(f"{PANE} [data-item]", timeout=SOON)
            return ws, run.id

        yield begin


def press(page: Any, key: str) -> None:
    page.locator(f"{PANE} .wb-proposals").focus()
    page.keyboard.press(key)


def wait_for_items(page: Any, number: int) -> None:
    page.wait_for_function(
        "n => document.querySelectorAll('.wb-approve [data-item]').length === n", arg=number, timeout=SOON
    )


def wait_for_price(page: Any, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('.wb-approve-next [role=status]').innerText.includes(words)",
        arg=words,
        timeout=SOON,
    )


def told(page: Any) -> str:
    return str(page.locator(f"{PANE} .wb-approve-next [role=status]").inner_text())


def test_cards_are_read_edited_rejected_approved_and_only_then_played(begun, page, planner, shot):
    ws, run = begun()
    asked = len(planner.sent)
    items = [draft.id for draft in sorted(ws.drafts(run), key=lambda draft: draft.row)]
    assert "nothing is sent before you approve" in told(page)
    assert page.locator(f"{PANE} [data-action=approve-next]").is_disabled()
    assert page.locator(f"{PANE} [data-item]").first.get_by_text("What the asker wants (private)").is_visible()
    shot(page, "approve-begun")
    assert violations(page) == []

    press(page, "e")
    page.locator(f"{PANE} [data-part=user_role]").fill("You are a nurse who moved last week.")
    shot(page, "approve-editing")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    wait_for_items(page, 3)
    press(page, "x")
    page.keyboard.press("3")
    wait_for_items(page, 2)
    wait_for_price(page, "from 1 approved: 1 draft at most, 6 calls")
    press(page, "Shift+A")
    wait_for_price(page, "from 3 approved: 3 drafts at most, 18 calls")
    assert "$" in told(page)
    shot(page, "approve-all")
    press(page, "u")  # the two come back, what was decided before stays
    wait_for_items(page, 2)
    press(page, "Shift+A")
    page.wait_for_selector(f"{PANE} .wb-empty:has-text('All are decided')", timeout=SOON)
    shot(page, "approve-empty")
    assert violations(page) == []
    page.click(f"{PANE} [data-shelf=ready]")
    wait_for_items(page, 3)
    assert page.locator(f"{PANE} ins").first.inner_text() != ""
    shot(page, "approve-approved")
    assert len(planner.sent) == asked, "nothing was sent while people decided"

    page.locator(f"{PANE} summary").click()
    page.locator(f"{PANE} [data-param=turns]").fill("4")
    wait_for_price(page, "12 calls")
    shot(page, "approve-settings")
    assert violations(page) == []
    press(page, "g")
    page.wait_for_selector(f"{GENERATE} .wb-queue [data-draft-id]", timeout=SOON)
    page.wait_for_selector(f"{GENERATE} .wb-draft-head:has-text('role cards: approved by tester')", timeout=SOON)
    shot(page, "approve-drafts")
    (made,) = [one for one in ws.runs() if one.follows == run]
    for job in ws.jobs():
        job.wait(30)
    page.wait_for_function("() => document.querySelectorAll('.wb-queue [data-draft-id]').length === 3", timeout=SOON)
    assert made.parents == (items[0], items[2], items[3])
    drafts = sorted(ws.drafts(made.id), key=lambda draft: draft.row)
    assert drafts[0].params["user_role"] == "You are a nurse who moved last week."
    assert ws.draft(items[1]).reason == "off topic"
    spoken = json.dumps(planner.sent[asked:])
    assert "nurse who moved last week" in spoken
    assert ws.draft(items[1]).turns[0].content not in spoken
    assert page.mistakes == []


def test_it_reads_well_in_the_dark_and_offers_its_keys(begun, lab, page, shot):
    with theme(lab, "dark"):
        ws, run = begun()
        press(page, "j")
        assert page.locator(f"{PANE} [data-item]").nth(1).get_attribute("aria-selected") == "true"
        shot(page, "approve-dark")
        assert violations(page) == []
        press(page, "?")
        assert page.locator("[role=dialog]").get_by_text("Approve all shown").is_visible()
        page.keyboard.press("Escape")
    ws.reject(list(ws.approvals(run).waiting), "off topic")
    page.wait_for_selector(f"{PANE} .wb-empty:has-text('Everything was rejected')", timeout=SOON)
    assert page.mistakes == []
