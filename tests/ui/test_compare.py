"""Candidates side by side in the real browser: put in order by key, blind, the best accepted, the pairs exported."""

from __future__ import annotations

import json
from itertools import cycle
from typing import Any

import pytest

from tests.ui.generating import GENERATE, SOON, connected, open_run, press, reject_left
from tests.ui.scenes import theme
from tests.ui.test_access import violations

VIEW = f"{GENERATE} .wb-compare"
COLUMN = f"{VIEW} .wb-compare-column"

ENDINGS = (
    "I would call the front desk before ten and ask for the nurse who was on duty.",
    "I would call the front desk before noon and ask for the doctor who was on duty.",
    "There is nothing to be done about it at the moment, sorry.",
    "Write to us with the date and your file number. We look it up and call you back on the same day, and if it was "
    "our mistake you hear that from us as well, in writing and without having to ask for it a second time.",
    "I would call the front desk before ten and ask for the nurse who was on duty.",
    "Please wait.",
)


@pytest.fixture
def compared(lab, page):
    """Opens the page on the candidates of two requests, those of the first side by side; gives the run's id."""
    endings = cycle(ENDINGS)
    with connected(lab, lambda _: next(endings), model="secret-model") as (ws, _):
        ids = ws.ids("language:en origin:imported turns>=3")[:2]
        run = ws.generate("rank_n", ids, {"variants": 6}).wait(60)

        def begin() -> tuple[Any, str]:
            open_run(page, lab, run.id)
            page.wait_for_selector(f"{GENERATE} [data-action=compare]", timeout=SOON)
            press(page, "c")
            page.wait_for_selector(COLUMN, timeout=SOON)
            return ws, run.id

        yield begin
        reject_left(ws, run.id)


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
