"""An edit carried over to look-alikes in the real browser: offered, looked at, made, taken back, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import workbench as wb
from tests.ui.generating import GENERATE, SOON, open_run, press, reject_left
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from widgets.bench.desk import search
from workbench.llm import ScriptedModel

SHEET = "[role=dialog][aria-label='The same change elsewhere']"
ANSWERS = [
    "Certainly! Order 1042 leaves the house on Monday.",
    "Certainly! You can bring it back within 30 days, with or without the box.",
    "Certainly!",
    "We are open from nine to five.",
    "Certainly! I will look that up for you. Could you tell me the number on the parcel?",
    "We are open from nine to five, and Certainly! is not how I begin.",
    "Certainly! We are open from nine to five.",
]


@pytest.fixture
def begun(lab, page, request) -> Iterator[tuple[Any, list[Any]]]:
    """Generate with seven answers to one question, the first open; the workspace from Python and the drafts."""
    with theme(lab, getattr(request, "param", "light")):
        yield from answered(lab, page)


def answered(lab, page) -> Iterator[tuple[Any, list[Any]]]:
    with wb.open(lab.workspace, author="tester") as ws:
        (sample,) = ws.ids("language:en origin:imported")[:1]
        run = ws.generate("answer", [sample], {"variants": len(ANSWERS)}, model=ScriptedModel(list(ANSWERS))).wait(30)
        drafts = ws.drafts(run.id)
        open_run(page, lab, run.id)
        page.wait_for_selector(f"{GENERATE} [data-run='{run.id}'] .wb-link[aria-pressed=true]", timeout=SOON)
        page.wait_for_selector(f"{GENERATE} .wb-draft-view[data-draft-id='{drafts[0].id}']", timeout=SOON)
        yield ws, drafts
        reject_left(ws, run.id)


def correct(page: Any, old: str, new: str) -> None:
    """Edit the open draft's last turn and accept it."""
    press(page, "e")
    text = page.locator(f"{GENERATE} .wb-draft-edit textarea").last
    text.wait_for(timeout=SOON)
    text.fill(text.input_value().replace(old, new))
    page.keyboard.press("Control+Enter")


def test_what_was_corrected_once_is_corrected_everywhere_under_review(begun, page, shot):
    ws, drafts = begun
    correct(page, "Certainly! ", "")
    offer = page.locator(f"{GENERATE} .wb-same-offer")
    offer.get_by_text("The same change fits 3 other drafts").wait_for(timeout=SOON)
    shot(page, "same-offer")
    assert violations(page) == []

    press(page, "f")
    rows = page.locator(f"{SHEET} [data-fit]")
    rows.first.wait_for(timeout=SOON)
    page.locator(f"{SHEET} .wb-replace-told:has-text('Fits 3 of 6')").wait_for(timeout=SOON)
    assert page.locator(f"{SHEET} .wb-same-sentence").inner_text() == (
        "Assistant, at the start of a turn: leave out “Certainly!”"
    )
    assert rows.locator("del").all_inner_texts() == ["Certainly! "] * 3
    ticks = rows.locator("input[type=checkbox]")
    assert [ticks.nth(at).is_checked() for at in range(3)] == [True, True, False], "then it says what another one says"
    assert rows.nth(2).get_by_text("word for word the same as draft 4 of this run").is_visible()
    shot(page, "same-sheet")
    assert violations(page) == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    assert [ticks.nth(at).is_checked() for at in range(3)] == [True, False, False]
    page.keyboard.press("w")
    page.locator(f"{SHEET} .wb-replace-told:has-text('Fits 4 of 6')").wait_for(timeout=SOON)
    page.keyboard.press("n")
    page.locator(f"{SHEET} .wb-replace-told:has-text('Fits 3 of 6')").wait_for(timeout=SOON)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")  # what a check speaks against is changed because the person says so
    page.keyboard.press("k")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.locator(SHEET).wait_for(state="detached", timeout=SOON)
    page.get_by_text("2 drafts changed. u takes it back.").wait_for(timeout=SOON)
    now = {draft.id: draft for draft in ws.drafts(drafts[0].run)}
    assert sum(len(draft.changes) for draft in now.values()) == 2
    assert all(draft.state in {"draft", "gated"} for draft in now.values() if draft.changes)
    changed = next(draft for draft in now.values() if draft.changes)

    page.locator(f"{GENERATE} .wb-queue [data-draft-id='{changed.id}']").click()
    told = page.locator(f"{GENERATE} .wb-same-changed")
    told.wait_for(timeout=SOON)
    told.locator("summary").click()
    assert "Certainly!" in told.locator("del").inner_text()
    shot(page, "same-changed")
    press(page, "u")
    told.wait_for(state="detached", timeout=SOON)
    assert all(not draft.changes for draft in ws.drafts(drafts[0].run))
    assert page.mistakes == []


@pytest.mark.parametrize("begun", ["dark"], indirect=True)
def test_a_rule_is_written_anew_refused_and_fits_nowhere(begun, page, shot):
    correct(page, "Certainly! ", "")
    page.locator(f"{GENERATE} .wb-same-offer").get_by_text("fits 3 other").wait_for(timeout=SOON)
    press(page, "f")
    page.locator(f"{SHEET} [data-fit]").first.wait_for(timeout=SOON)
    shot(page, "same-sheet-dark")
    page.locator(f"{SHEET} select[aria-label='Where in a turn']").select_option("")
    find = page.locator(f"{SHEET} input[type=text]").first
    find.fill("to")
    page.locator(SHEET).get_by_text("alone would be found nearly everywhere").wait_for(timeout=SOON)
    assert violations(page) == []
    find.fill("nobody says this")
    page.locator(SHEET).get_by_text("It fits nowhere else").wait_for(timeout=SOON)
    assert page.locator(f"{SHEET} [data-action=same-apply]").is_disabled()
    find.fill("I will look that up for you.")
    page.locator(SHEET).get_by_text("Fits 1 of 6").wait_for(timeout=SOON)
    page.keyboard.press("Escape")
    page.locator(SHEET).wait_for(state="detached", timeout=SOON)
    assert page.mistakes == []


def test_the_edit_of_an_accepted_conversation_is_offered_for_the_others_of_its_run(begun, page, shot):
    ws, drafts = begun
    accepted = ws.accept([drafts[0].id, drafts[1].id])
    page.click("[data-tab=browse], [role=tab]:has-text('Browse')")
    page.locator("[data-page=browse] .wb-list").focus()
    search(page, f"id:{accepted[0].id}")
    page.wait_for_selector(f".wb-item-current[data-sample-id='{accepted[0].id}']", timeout=SOON)
    page.locator("[data-page=browse] .wb-turn").get_by_text(ANSWERS[0]).wait_for(timeout=SOON)
    page.locator("[data-page=browse] .wb-list").focus()
    page.keyboard.press("e")
    text = page.locator(".wb-editor textarea").last
    text.wait_for(timeout=SOON)
    text.fill(ANSWERS[0].removeprefix("Certainly! "))
    page.keyboard.press("Control+Enter")
    page.get_by_text("The same change fits 3 others of its run.").wait_for(timeout=SOON)
    shot(page, "same-browse")
    page.locator("[data-page=browse] .wb-list").focus()
    page.keyboard.press("Shift+S")
    page.locator(f"{SHEET} [data-fit='{accepted[1].id}']").wait_for(timeout=SOON)
    page.keyboard.press("Control+Enter")
    page.locator(SHEET).wait_for(state="detached", timeout=SOON)
    shot(page, "same-browse-done")
    page.get_by_text("1 conversation changed").wait_for(timeout=SOON)
    assert ws.get(accepted[1].id).turns[-1].content == ANSWERS[1].removeprefix("Certainly! ")
    page.keyboard.press("u")
    page.get_by_text("Taken back").wait_for(timeout=SOON)
    assert ws.get(accepted[1].id).turns[-1].content == ANSWERS[1]
    assert page.mistakes == []
    ws.archive([sample.id for sample in accepted])
