"""Candidates side by side in the real browser: put in order by key, blind, the best accepted, the pairs exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

import workbench as wb
from tests.llm.endpoint import Endpoint, chunk, completion, endpoint
from tests.ui.scenes import theme
from tests.ui.test_access import violations

READY = "[data-workbench=app][data-ready=true]"
VIEW = "[data-page=generate] .wb-compare"
COLUMN = f"{VIEW} .wb-compare-column"
WAIT = 90_000
SOON = 20_000

ENDINGS = (
    "I would call the front desk before ten and ask for the nurse who was on duty.",
    "I would call the front desk before noon and ask for the doctor who was on duty.",
    "There is nothing to be done about it at the moment, sorry.",
    "Write to us with the date and your file number. We look it up and call you back on the same day, and if it was "
    "our mistake you hear that from us as well, in writing and without having to ask for it a second time.",
    "I would call the front desk before ten and ask for the nurse who was on duty.",
    "Please wait.",
)


class Answers:
    """Answers with one ending after another."""

    def __init__(self) -> None:
        self.numbers = count()

    def __call__(self, handler: Any, body: dict[str, Any]) -> None:
        text = ENDINGS[next(self.numbers) % len(ENDINGS)]
        if body.get("stream"):
            usage = b'data: {"model":"m","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":9}}\n\n'
            handler.stream([chunk(text), chunk(None, "stop"), usage, b"data: [DONE]\n\n"])
        else:
            handler.send_json(completion(text))


@pytest.fixture
def model() -> Iterator[Endpoint]:
    with endpoint(Answers()) as server:
        yield server


@pytest.fixture
def compared(lab, page, model):
    """Opens the page on the candidates of two requests, those of the first side by side; gives the run's id."""
    with wb.open(lab.workspace, author="tester") as ws:
        ws.set_model({"base_url": model.url, "model": "secret-model", "local": True})
        ids = ws.ids("language:en origin:imported turns>=3")[:2]
        run = ws.generate("rank_n", ids, {"variants": 6}).wait(60)

        def begin() -> tuple[Any, str]:
            page.goto(lab.address())
            page.wait_for_selector(READY, timeout=WAIT)
            page.click("[data-tab=generate], [role=tab]:has-text('Generate')")
            page.click(f"[data-page=generate] [data-run='{run.id}'] .wb-link")
            page.wait_for_selector("[data-page=generate] [data-action=compare]", timeout=SOON)
            page.locator("[data-page=generate] .wb-queue").focus()
            page.keyboard.press("c")
            page.wait_for_selector(COLUMN, timeout=SOON)
            return ws, run.id

        yield begin
        left = [draft.id for state in ("draft", "gated") for draft in ws.drafts(run.id, state)]
        if left:
            ws.reject(left, "off topic")
        ws.set_model({})


def places(page: Any) -> list[str]:
    return page.locator(f"{COLUMN} [data-part=place]").all_inner_texts()


def told(page: Any, words: str) -> None:
    page.wait_for_selector(f"{VIEW} .wb-compare-told:has-text('{words}')", timeout=SOON)


def test_an_order_with_ties_is_given_by_key_and_the_pairs_of_it_are_in_the_export(compared, page, shot, tmp_path):
    ws, run = compared()
    assert page.locator(COLUMN).count() == 6
    assert page.locator(f"{VIEW} .wb-compare-shared .wb-bubble").count() >= 1
    assert "secret-model" not in page.locator(VIEW).inner_text()
    shot(page, "compare-blind")
    assert violations(page) == []
    first = page.locator(f"{COLUMN} >> nth=0").get_attribute("data-draft-id")
    for keys in (["2"], ["ArrowRight", "1"], ["ArrowRight", "="], ["ArrowRight", "3"]):
        for key in keys:
            page.keyboard.press(key)
    assert places(page) == ["place 2", "place 1, shared", "place 1, shared", "place 3", "no place yet", "no place yet"]
    page.keyboard.press("d")
    page.wait_for_selector(f"{VIEW} .wb-compare-base", timeout=SOON)
    shot(page, "compare-diff")
    page.keyboard.press("d")
    page.keyboard.press("v")  # the order is kept before anybody says who wrote what
    page.wait_for_selector(f"{VIEW} .wb-compare-maker:has-text('secret-model')", timeout=SOON)
    assert ws.draft(first).rank == 2
    shot(page, "compare-revealed")
    page.keyboard.press("a")
    told(page, "The best was accepted")
    done = [draft for draft in ws.drafts(run, limit=20) if draft.state in {"accepted", "rejected"}]
    assert sorted(draft.state for draft in done) == ["accepted"] * 2 + ["rejected"] * 4
    assert {draft.reason for draft in done if draft.state == "rejected"} == {"not preferred"}
    assert page.locator(COLUMN).count() == 6  # the next request, which was there already
    assert places(page) == ["no place yet"] * 6

    page.keyboard.press("u")
    told(page, "Taken back")
    page.wait_for_function("() => document.querySelectorAll('.wb-compare-column').length === 6")
    assert ws.draft(first).state in {"draft", "gated"}
    for key in ("1", "ArrowRight", "2", "ArrowRight", "2", "a"):
        page.keyboard.press(key)
    told(page, "The best was accepted")
    sample = ws.draft(first).sample
    ws.slice("compared", f"id:{sample}")
    ws.export(ws.freeze("compared"), tmp_path / "out", to=["trl-preference"])
    (file,) = (tmp_path / "out").rglob("*.jsonl")
    lines = [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]
    assert {line["kind"] for line in lines} >= {"ranked"}
    page.keyboard.press("Escape")
    page.wait_for_selector(VIEW, state="detached", timeout=SOON)
    assert page.mistakes == []


def test_it_is_read_in_the_dark_and_at_125_percent(compared, lab, page, shot):
    with theme(lab, "dark"):
        compared()
        page.set_viewport_size({"width": 1024, "height": 640})
        for key in ("1", "ArrowRight", "2", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        box = page.locator(f"{COLUMN} >> nth=5").bounding_box()
        assert box["x"] + box["width"] <= 1024
        page.wait_for_timeout(400)
        shot(page, "compare-dark-125")
        assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.wb-compare-head').innerText.includes('2 of 2')")
    page.keyboard.press("?")
    assert page.locator("[role=dialog]").get_by_text("The same place as the one before").is_visible()
    page.keyboard.press("Escape")
    assert page.mistakes == []
