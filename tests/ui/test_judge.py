"""A model asked about drafts in the real browser: its opinion beside a draft, and what it is worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import workbench as wb
from tests.llm.endpoint import Endpoint, chunk, completion, endpoint
from tests.ui.test_access import violations

READY = "[data-workbench=app][data-ready=true]"
OPINION = "[data-page=generate] .wb-opinion"
WAIT = 90_000
SOON = 20_000
MARKS = json.dumps({"natural": 4, "right": 2, "promise": 5, "reason": "The price changes between two answers."})


def always_finds_something(handler: Any, body: dict[str, Any]) -> None:
    """Marks down whatever it is asked about, planted mistake or not."""
    if body.get("stream"):
        usage = b'data: {"model":"m","choices":[],"usage":{"prompt_tokens":300,"completion_tokens":40}}\n\n'
        handler.stream([chunk(MARKS), chunk(None, "stop"), usage, b"data: [DONE]\n\n"])
    else:
        handler.send_json(completion(MARKS))


@pytest.fixture
def model() -> Iterator[Endpoint]:
    with endpoint(always_finds_something) as server:
        yield server


def test_an_opinion_stands_beside_its_draft_with_what_it_is_worth(lab, page, model, shot):
    with wb.open(lab.workspace, author="tester") as ws:
        ws.set_model({"base_url": model.url, "model": "opinionated", "local": True})
        run = ws.generate("noise", ws.ids("language:en origin:imported")[:3]).wait(30)
        try:
            page.goto(lab.address())
            page.wait_for_selector(READY, timeout=WAIT)
            page.click("[data-tab=generate], [role=tab]:has-text('Generate')")
            page.click(f"[data-page=generate] [data-run='{run.id}'] .wb-link")
            page.wait_for_selector("[data-page=generate] [data-action=judge]", timeout=SOON)
            page.locator("[data-page=generate] .wb-queue").focus()
            page.keyboard.press("m")
            page.wait_for_selector("[role=dialog] .wb-facts", timeout=SOON)
            assert page.locator("[role=dialog]").get_by_text("it accepts and rejects nothing").is_visible()
            shot(page, "judge-asking")
            assert violations(page) == []
            page.keyboard.press("Control+Enter")
            page.wait_for_selector(f"{OPINION}[data-reliable=no]", timeout=WAIT)
            said = page.locator(OPINION).inner_text()
            assert "do not rely on it" in said
            assert "caught 10 of 10 planted mistakes" in said
            assert "10 false alarms in 10" in said
            assert "The price changes between two answers." in said
            shot(page, "judge-doubt")
            assert violations(page) == []
            ws.set_setting("least_caught", 0.0)
            assert ws.judgements()[0].reliable
            assert [draft.state for draft in ws.drafts(run.id)] == ["draft"] * len(ws.drafts(run.id))
            page.keyboard.press("a")
            page.wait_for_function("() => document.querySelectorAll('[data-page=generate] .wb-queue-row').length === 2")
            assert page.mistakes == []
        finally:
            ws.set_setting("least_caught", None)
            ws.set_model({})
            left = [draft.id for draft in ws.drafts(run.id) if draft.state in {"draft", "gated"}]
            if left:
                ws.reject(left, "off topic")
