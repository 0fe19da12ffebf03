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
    said = page.locator(OPINION).inner_text()
    assert "do not rely on it" in said
    assert "caught 10 of 10 planted mistakes" in said
    assert "10 false alarms in 10" in said
    assert "The price changes between two answers." in said
    shot(page, "judge-doubt")
    assert violations(page) == []
    ws.set_setting("least_caught", 0.0)
    assert ws.judgements()[0].reliable
    assert [draft.state for draft in ws.drafts(run)] == ["draft"] * len(ws.drafts(run))
    page.keyboard.press("a")
    page.wait_for_function("() => document.querySelectorAll('[data-page=generate] .wb-queue-row').length === 2")
    assert page.mistakes == []
