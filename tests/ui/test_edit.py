"""Editing by keyboard: split, merge, reload, two people on one text, find and replace, and going back."""

from __future__ import annotations

from typing import Any

import pytest

import workbench as wb
from tests.ui.waiting import kept

READY = "[data-workbench=app][data-ready=true]"
CURRENT = ".wb-item-current"
EDITOR = ".wb-editor"
WAIT = 90_000
SOON = 30_000


@pytest.fixture
def desk(lab, page):
    """The application with the list in focus, and the same workspace from Python under the same name."""
    opened(lab, page)
    with wb.open(lab.workspace, author="tester") as ws:
        yield page, ws


def opened(lab: Any, page: Any) -> None:
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=WAIT)
    page.wait_for_selector(f"{CURRENT}[data-sample-id]", timeout=SOON)
    page.wait_for_selector(".wb-turn[data-turn-id]", timeout=SOON)


def edit(page: Any) -> str:
    """Open the editor on the current conversation; returns its id."""
    page.locator("[data-page=browse] .wb-list").focus()
    page.keyboard.press("e")
    page.wait_for_selector(f"{EDITOR} textarea", timeout=SOON)
    return str(page.locator(CURRENT).get_attribute("data-sample-id"))


def save(page: Any) -> None:
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(EDITOR, state="detached", timeout=SOON)


def test_split_and_merge_by_key_keep_the_turns_id(desk):
    page, ws = desk
    sample = edit(page)
    before = ws.get(sample).turns
    page.keyboard.press("Control+Home")
    page.keyboard.type("First half. ")
    page.keyboard.press("Alt+Enter")
    assert page.locator(f"{EDITOR} .wb-turn-form").count() == len(before) + 1
    save(page)
    split = ws.get(sample).turns
    assert (split[0].id, split[0].content, split[1].content) == ("t1", "First half.", before[0].content)
    edit(page)
    page.keyboard.press("Alt+j")
    save(page)
    merged = ws.get(sample).turns
    assert [turn.id for turn in merged] == [turn.id for turn in before]
    assert merged[0].content == f"First half.\n\n{before[0].content}"
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelector('.wb-notices')?.textContent.includes('Taken back')")
    assert len(ws.get(sample).turns) == len(before) + 1


COVERED_TABS = """() => {
  const remark = document.querySelector(".wb-notice-remark").getBoundingClientRect();
  const over = (box) => box.left < remark.right && remark.left < box.right;
  return [...document.querySelectorAll(".wb-tab")].filter((tab) => over(tab.getBoundingClientRect())).length;
}"""


def test_a_remark_covers_no_tab(desk):
    page, _ = desk
    edit(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Kept, not saved.")
    page.keyboard.press("Escape")
    page.wait_for_selector(".wb-notice-remark:has-text('is kept')", timeout=SOON)
    assert page.evaluate(COVERED_TABS) == 0
    page.keyboard.press("e")
    page.click("button:has-text('Throw away')")
    page.keyboard.press("Escape")
    page.wait_for_selector(EDITOR, state="detached", timeout=SOON)


def test_what_is_typed_survives_a_reload_and_is_offered_again(desk, lab):
    page, ws = desk
    sample = edit(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Typed before the reload.")
    kept(page, "Typed before the reload.")
    opened(lab, page)
    page.keyboard.press("Shift+E")
    page.wait_for_selector(f"{EDITOR} .wb-editor-strip", timeout=SOON)
    assert page.locator(f"{EDITOR} textarea").first.input_value().endswith(" Typed before the reload.")
    page.keyboard.press("Escape")
    page.wait_for_selector(EDITOR, state="detached")
    edit(page)
    save(page)
    assert ws.get(sample).turns[0].content.endswith(" Typed before the reload.")


def test_two_people_on_one_text_choose_turn_by_turn(desk, lab, shot):
    page, ws = desk
    sample = edit(page)
    turns = ws.get(sample).turns
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mine.")
    with wb.open(lab.workspace, author="ben") as ben:
        now = ben.get(sample)
        saved = ben.edit(sample, turn=turns[0].id, text=turns[0].content + " Ben's.", base_revision=now.revision)
    page.wait_for_selector(".wb-editor-strip", timeout=SOON)  # told while still typing
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".wb-conflict", timeout=SOON)
    assert ws.get(sample).revision == saved.revision  # nothing was merged or saved unseen
    assert "ben" in page.locator(".wb-conflict-head").inner_text()
    page.keyboard.press("2")
    shot(page, "edit-conflict")
    result = page.locator(".wb-conflict-result").first
    assert result.input_value().endswith(" Mine.")
    result.fill(f"{turns[0].content} Ben's and mine.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(EDITOR, state="detached", timeout=SOON)
    both = ws.get(sample)
    assert (both.revision, both.turns[0].content) == (saved.revision + 1, f"{turns[0].content} Ben's and mine.")


def test_find_and_replace_is_looked_at_done_and_taken_back(desk, shot):
    page, ws = desk
    page.locator("[data-page=browse] .wb-list").focus()
    page.keyboard.press("Shift+R")
    page.wait_for_selector(".wb-replace", timeout=SOON)
    page.keyboard.type("please")
    page.keyboard.press("Tab")
    page.keyboard.type("kindly")
    page.wait_for_selector(".wb-replace-row ins", timeout=SOON)
    shot(page, "edit-replace")
    found = page.locator(".wb-replace-row")
    assert found.count() > 1
    found.first.locator("input").uncheck()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".wb-replace", state="detached", timeout=SOON)
    step = ws.steps()[0]
    assert step.label == "replace “please” with “kindly”"
    page.keyboard.press("Shift+H")
    page.wait_for_selector(".wb-step[aria-selected=true]", timeout=SOON)
    page.wait_for_selector(".wb-steps-samples .wb-link", timeout=SOON)
    shot(page, "edit-steps")
    page.keyboard.press("u")
    page.wait_for_selector(".wb-step-undone", timeout=SOON)
    assert ws.steps()[0].undone
    page.keyboard.press("Shift+U")
    page.wait_for_function("() => !document.querySelector('.wb-step-undone')", timeout=SOON)
    page.keyboard.press("u")
    page.wait_for_selector(".wb-step-undone", timeout=SOON)
    page.keyboard.press("Escape")
    assert page.mistakes == []


def test_a_megabyte_is_compared_when_typing_pauses_and_not_at_every_key(desk):
    page, ws = desk
    sample = edit(page)
    now = ws.get(sample)
    long = "The patient asks when the laboratory opens. 化验室星期天开门吗? " * 16_000
    page.keyboard.press("Escape")
    page.wait_for_selector(EDITOR, state="detached")
    ws.edit(sample, turn=now.turns[0].id, text=long, base_revision=now.revision)
    page.wait_for_function(
        "() => document.querySelector('.wb-turn .wb-text')?.textContent.includes('化验室')", timeout=SOON
    )
    edit(page)
    page.keyboard.press("Control+End")
    compared = page.evaluate(
        """() => {
            const [text, diff] = ['textarea', '.wb-turn-diff'].map(one => document.querySelector(`.wb-editor ${one}`));
            let compared = 0;
            for (let at = 0; at < 5; at++) {
                const before = diff.textContent;
                text.setRangeText('x', text.value.length, text.value.length, 'end');
                text.dispatchEvent(new Event('input'));
                compared += diff.textContent !== before;
            }
            return compared;
        }"""
    )
    assert compared == 0
    page.wait_for_selector(".wb-turn-diff ins", timeout=SOON)
    page.keyboard.press("Escape")
    page.wait_for_selector(EDITOR, state="detached")
    ws.undo()
