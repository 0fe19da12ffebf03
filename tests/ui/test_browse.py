"""The browse page in a real browser: keys from the first moment, filters, mistakes, places, very long messages."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

import workbench as wb
from tests.ui.waiting import kept
from widgets.bench.desk import CURRENT, READY, START_MS, current, search

INPUT = ".wb-query-input"
WAIT = 20_000
SCRIPTS = ("مرحبا بالعالم ", "你好，世界。", "Hello, world. ", "שלום עולם ", "Bonjour à tous, ", "नमस्ते दुनिया ")
LAID_OUT = 40_000
"""Of a million characters of mixed scripts so many are laid out at most; laid out in one piece they take minutes."""
LONGEST = 5_000
"""Characters of one text node at most: of one piece of text the browser lays out all or nothing."""

LOOK = """async () => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    for (let at = 0; at < 4; at++) await frame();
    const blocks = [...document.querySelectorAll(".wb-block")];
    const unseen = block => getComputedStyle(block).containIntrinsicHeight.replace("auto ", "");
    const laid = blocks.filter(block => `${block.getBoundingClientRect().height}px` !== unseen(block));
    const nodes = document.createTreeWalker(document.querySelector("[data-workbench=app]"), NodeFilter.SHOW_TEXT);
    let longest = 0;
    while (nodes.nextNode()) longest = Math.max(longest, nodes.currentNode.data.length);
    const size = of => of.reduce((sum, block) => sum + block.textContent.length, 0);
    return { all: size(blocks), laid: size(laid), longest };
}"""


@pytest.fixture
def long_message(lab: Any, tmp_path: Any) -> Iterator[tuple[str, str]]:
    """A short conversation and, after it in the list, one with a million characters of mixed scripts."""
    chance = random.Random(3)
    text = "".join(chance.choice(SCRIPTS) for _ in range(110_000))[:1_000_000]
    chats = [[("user", "A very long one, browse test."), ("assistant", text)], [("user", "A short one, browse test.")]]
    file = tmp_path / "long.jsonl"
    rows = [{"messages": [{"role": role, "content": said} for role, said in chat]} for chat in chats]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with wb.open(lab.workspace, author="tester") as ws:
        ws.collect(file)
        found = [ws.ids(f'"A {size} one, browse test"')[0] for size in ("short", "very long")]
        yield found[0], found[1]
        ws.archive(found)


def test_a_slash_before_the_rows_are_there_goes_to_the_query(lab, page):
    page.goto(lab.address())
    page.wait_for_selector(INPUT, timeout=START_MS)
    page.mouse.click(640, 500)
    page.keyboard.press("/")
    page.keyboard.type("refund")
    page.wait_for_selector(READY, timeout=START_MS)
    page.wait_for_timeout(500)
    assert page.locator(INPUT).input_value() == "refund"
    page.wait_for_selector(".wb-item mark", timeout=WAIT)
    assert page.mistakes == []


def test_filters_mistakes_and_the_place_where_one_was(app, lab):
    page = app
    page.locator(".wb-twig").first.click()  # a click at the very left edge reaches the page
    assert page.locator(".wb-twig[aria-expanded=true]").count() == 1
    height = page.evaluate("document.querySelector('.wb-browse').getBoundingClientRect().top")
    search(page, "naturalness>=x")
    page.wait_for_selector(".wb-query-backdrop em", timeout=WAIT)
    assert page.locator(".wb-query-backdrop em").text_content() == "x"
    assert page.evaluate("document.querySelector('.wb-browse').getBoundingClientRect().top") == height
    search(page, "language:zh")
    page.wait_for_selector('[data-facet="language:zh"][aria-pressed=true]', timeout=WAIT)
    page.keyboard.press("j")
    page.keyboard.press("j")
    here = current(page)
    kept(page, here)
    page.reload()
    page.wait_for_selector(READY, timeout=START_MS)
    page.wait_for_selector(f"{CURRENT}[data-sample-id={here}]", timeout=WAIT)
    assert page.locator(INPUT).input_value() == "language:zh"
    page.locator('[data-facet="language:zh"]').click()
    page.wait_for_selector('[data-facet="language:zh"][aria-pressed=false]', timeout=WAIT)


def test_a_link_opens_its_conversation(lab, page):
    with wb.open(lab.workspace, author="tester") as ws:
        wanted = ws.ids("language:fr")[3]
    page.goto(f"{lab.address('doc/tree/notebooks/workbench.ipynb')}#browse=id%3A{wanted}")
    page.wait_for_selector(f"{CURRENT}[data-sample-id={wanted}]", timeout=START_MS)
    assert page.locator(INPUT).input_value() == f"id:{wanted}"


def test_of_a_million_characters_of_mixed_scripts_only_what_is_seen_is_laid_out(app, lab, long_message):
    page = app
    short, long = long_message
    search(page, f"id:({short} OR {long})")
    page.wait_for_selector(f"{CURRENT}[data-sample-id]", timeout=WAIT)
    page.wait_for_function("document.querySelectorAll('.wb-item[data-sample-id]').length === 2", timeout=WAIT)
    page.keyboard.press("g")
    page.wait_for_selector(f"{CURRENT}[data-sample-id={short}]", timeout=WAIT)
    page.locator(".wb-list").first.press("j")
    page.wait_for_selector(".wb-block", timeout=WAIT)
    opened = page.evaluate(LOOK)
    page.evaluate("document.querySelector('.wb-text > .wb-button').click()")  # it lies far below
    page.wait_for_selector(".wb-text > .wb-button", state="detached", timeout=WAIT)
    all_of_it = page.evaluate(LOOK)
    with wb.open(lab.workspace, author="tester") as ws:
        ws.tag([long], "naturalness", 2, turn=ws.get(long).turns[1].id)
    page.wait_for_selector(".wb-turn-tags", timeout=WAIT)  # somebody else's answer draws its turn anew
    drawn_anew = page.evaluate(LOOK)
    search(page, "")
    assert (opened["all"] <= 210_000, all_of_it["all"], drawn_anew["all"]) == (True, 1_000_000, 1_000_000)
    for seen in (opened, all_of_it, drawn_anew):
        assert 0 < seen["laid"] <= LAID_OUT, seen
        assert seen["longest"] <= LONGEST, seen
