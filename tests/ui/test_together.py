"""Two people on one workspace, and long work beside short: nobody waits for the other."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

import pytest

import workbench as wb
from widgets.bench import desk
from widgets.bench.probe import Probe
from workbench.bench import write_conversations

VALUES = ("right", "wrong", "right", "wrong", "right")
WATCH = """id => { const row = () => document.querySelector(`[data-workbench=app] [data-sample-id="${id}"]`);
    const word = () => [...(row()?.querySelectorAll(".wb-mini") ?? [])].map(chip => chip.title).join("; ");
    let before = word();
    window.__seen = [];
    new MutationObserver(() => { if (word() !== before) { before = word(); window.__seen.push(Date.now()); } })
        .observe(document.querySelector("[data-workbench=app] .wb-list"),
            {subtree: true, childList: true, attributes: true}); }"""
BOTH = 20_000
KEYS = 12
SLOWER = 12
"""How much longer a key may take beside an import: they share the processors, but it waits for no transaction."""


@pytest.fixture
def ben(lab: Any) -> Iterator[desk.Lab]:
    """A second person's own server and kernel on the same workspace."""
    running = desk.start(lab.workspace, author="ben")
    yield running
    desk.stop(running)


def _give(page: Any, answer: str) -> int:
    """Give an answer by a press; the time at which it was pressed."""
    return int(
        page.evaluate(
            "answer => { document.querySelector(`[data-answer='correctness=${answer}']`).click(); return Date.now(); }",
            answer,
        )
    )


def _saved(page: Any, probe: Probe) -> list[float]:
    """The milliseconds from key to durable of answers to one conversation after the other."""
    taken = []
    for at in range(KEYS):
        index = probe.key(str(at % 5 + 1), "answer", f"naturalness={at % 5 + 1}")
        taken.append(probe.durable(index))
        page.keyboard.press("j")
        page.wait_for_timeout(50)
    return taken


def test_two_people_see_each_others_answers(lab, ben, new_page):
    mine, theirs = new_page(), new_page()
    desk.open_app(mine, lab)
    desk.open_app(theirs, ben)
    sample = desk.current(mine)
    theirs.wait_for_selector(f"[data-sample-id='{sample}']")
    theirs.evaluate(WATCH, sample)
    delays = []
    for value in VALUES:
        mine.wait_for_selector(f"[data-answer='correctness={value}']", timeout=BOTH)
        seen = theirs.evaluate("window.__seen.length")
        pressed = _give(mine, value)
        theirs.wait_for_function("count => window.__seen.length > count", arg=seen, timeout=BOTH)
        delays.append(theirs.evaluate("count => window.__seen[count]", seen) - pressed)
        theirs.wait_for_function("Date.now() - window.__seen.at(-1) > 300", timeout=BOTH)
        mine.wait_for_selector(desk.SAVED, timeout=BOTH)
    with wb.open(lab.workspace, author="reader") as ws:
        assert {tag.author for tag in ws.tags([sample]) if tag.scheme == "correctness"} == {"tester"}
    assert statistics.median(delays) <= 500, delays
    assert (mine.mistakes, theirs.mistakes) == ([], [])


def test_a_long_import_never_blocks_a_key(tmp_path, page, chromium):
    data = tmp_path / "many.jsonl"
    write_conversations(data, 300_000)
    with desk.running(tmp_path / "busy.workspace", "--sample-data") as lab:
        desk.open_app(page, lab)
        probe = Probe(page, lab)
        quiet = _saved(page, probe)
        page.click("[data-tab=collect]")
        page.get_by_label("Path of a file or folder on this machine").fill(str(data))
        page.click("[data-action=preview]")
        page.wait_for_selector("[data-field=source]", timeout=BOTH)
        page.get_by_role("button", name="Import", exact=False).last.click()
        page.wait_for_selector(".wb-jobs [role=progressbar], .wb-jobs progress", state="attached", timeout=BOTH)
        page.click("[data-tab=browse]")
        saved = _saved(page, probe)
        with wb.open(lab.workspace, author="tester") as ws:
            still_importing = ws.count() < 300_000
            answered = [tag for tag in ws.tags(ws.ids("naturalness:*")) if tag.author == "tester"]
    assert still_importing
    assert len(answered) == 2 * KEYS
    assert statistics.median(saved) < SLOWER * statistics.median(quiet), (quiet, saved)
