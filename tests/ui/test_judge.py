"""A model asked about drafts in the real browser: its opinion beside a draft, and what it is worth."""

from __future__ import annotations

import json

import pytest

from tests.ui.generating import GENERATE, SOON, connected, open_run, press, reject_left
from tests.ui.test_access import violations
from widgets.bench.desk import START_MS

OPINION = f"{GENERATE} .wb-opinion"
MARKS = json.dumps({"natural": 4, "right": 2, "promise": 5, "reason": "The price changes between two answers."})


@pytest.fixture
def begun(lab, page):
    """The Generate page on three drafts, with a model that marks down whatever it is asked about."""
    with connected(lab, lambda _: MARKS, used=(300, 40), model="opinionated") as (ws, _):
        run = ws.generate("noise", ws.ids("language:en origin:imported")[:3]).wait(30)
        open_run(page, lab, run.id)
        page.wait_for_selector(f"{GENERATE} [data-action=judge]", timeout=SOON)
        yield ws, run.id
        ws.set_setting("least_caught", None)
        reject_left(ws, run.id)


def test_an_opinion_stands_beside_its_draft_with_what_it_is_worth(begun, page, shot):
    ws, run = begun
    press(page, "m")
    page.wait_for_selector("[role=dialog] .wb-facts", timeout=SOON)
    assert page.locator("[role=dialog]").get_by_text("it accepts and rejects nothing").is_visible()
    shot(page, "judge-asking")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"{OPINION}[data-reliable=no]", timeout=START_MS)
    page.locator(OPINION).get_by_text("caught 10 of 10 planted mistakes").wait_for(timeout=START_MS)
    said = page.locator(OPINION).inner_text()
    assert "do not rely on it" in said
    page.locator(OPINION).get_by_text("10 false alarms in 10").wait_for(timeout=START_MS)
    assert "The price changes between two answers." in said
    shot(page, "judge-doubt")
    assert violations(page) == []
    ws.set_setting("least_caught", 0.0)
    assert ws.judgements()[0].reliable
    assert [draft.state for draft in ws.drafts(run)] == ["draft"] * len(ws.drafts(run))
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelectorAll('[data-page=generate] .wb-queue-row').length === 2")
    assert page.mistakes == []


@pytest.mark.usefixtures("begun")
def test_the_order_of_drafts_and_comparisons_of_candidates_are_chosen_by_key(page, shot):
    order = f"{GENERATE} .wb-queue-order"
    page.wait_for_selector(f"{order} [data-order=look][aria-disabled=true]", timeout=SOON)
    press(page, "o")
    page.wait_for_selector(f"{order} [role=status]:not([hidden])", timeout=SOON)
    assert "No model was asked about these drafts" in page.locator(order).inner_text()
    shot(page, "judge-order")
    assert violations(page) == []
    press(page, "m")
    page.wait_for_selector("[role=dialog] .wb-facts", timeout=SOON)
    page.locator("[role=dialog] [data-ways=pairs]").press("Enter")
    page.get_by_text("There are no two candidates to compare").wait_for(timeout=SOON)
    assert page.locator("[role=dialog] [data-action=judge-start]").is_disabled()
    shot(page, "judge-pairs")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.mistakes == []
