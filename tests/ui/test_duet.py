"""A duet in the real browser: run, pause, edit a turn, see later turns go stale, regenerate, accept, find the pair."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

import workbench as wb
from tests.llm.endpoint import Endpoint
from tests.ui.generating import GENERATE, SOON, connected, open_run, press, show
from tests.ui.scenes import theme
from tests.ui.test_access import violations
from widgets.bench.desk import READY, START_MS

LIVE = f"{GENERATE} .wb-live"
MINE = "No, that is not right: add them over six first."


class Talker:
    """Answers every request with words of its own; holds an answer back while `gate` is closed."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.numbers = count(1)
        self.words = ""
        self.breaks = False
        """Whether the connection is broken before the answer, which leaves the call in doubt."""

    def __call__(self, body: dict[str, Any]) -> str | None:
        self.gate.wait(30)
        if self.breaks:
            return None
        number = next(self.numbers)
        return self.words or f"Well, line number {number} has {number * 7} in it."


@pytest.fixture
def talker() -> Talker:
    return Talker()


@pytest.fixture
def connection(lab, talker) -> Iterator[tuple[wb.Workspace, Endpoint]]:
    with connected(lab, talker) as both:
        yield both


@pytest.fixture
def server(connection) -> Endpoint:
    return connection[1]


@pytest.fixture
def begun(lab, page, connection):
    """Opens the Generate page on a new duet; gives the workspace from Python and the draft's id."""
    ws, _ = connection

    def begin(*, live: bool) -> tuple[Any, str]:
        (sample,) = ws.ids("language:en origin:imported")[:1]
        run = ws.generate("duet", [sample], {"turns": 6, "live": live}).wait(30)
        (draft,) = ws.drafts(run.id)
        open_run(page, lab, run.id)  # there may be drafts of other runs
        page.wait_for_selector(f"{GENERATE} [data-draft-id='{draft.id}'] .wb-bubble", timeout=SOON)
        return ws, draft.id

    return begin


def turns(page: Any, stale: str = "no") -> list[str]:
    return page.locator(f"{LIVE} [data-stale={stale}] .wb-bubble").all_inner_texts()


def wait_for_turns(page: Any, number: int, stale: int = 0) -> None:
    page.wait_for_function(
        """([now, stale]) => document.querySelectorAll('.wb-live [data-stale=no]').length === now
           && document.querySelectorAll('.wb-live [data-stale=yes]').length === stale""",
        arg=[number, stale],
        timeout=SOON,
    )


def run(page: Any, key: str = "r") -> None:
    """Press a key that makes turns, once the screen offers it."""
    page.wait_for_selector(f"{LIVE} [data-action=live-run]:enabled", timeout=SOON)
    press(page, key)


def test_run_pause_edit_regenerate_accept_and_the_pair_is_in_the_export(begun, page, talker, shot, tmp_path):
    ws, draft = begun(live=True)
    talker.gate.clear()
    run(page)
    page.wait_for_selector(f"{LIVE} [data-action=live-pause]", timeout=SOON)
    shot(page, "duet-running")
    press(page, "r")  # pause: the turn that is being written is kept
    page.wait_for_selector(f"{LIVE} [data-action=live-pausing]", timeout=SOON)
    talker.gate.set()
    wait_for_turns(page, 3)
    run(page, "s")
    wait_for_turns(page, 4)
    run(page)
    wait_for_turns(page, 6)
    first = turns(page)

    page.click(f"{LIVE} [data-live-turn]:nth-child(4)")
    press(page, "e")
    page.wait_for_selector(f"{LIVE} textarea", timeout=SOON)
    page.locator(f"{LIVE} textarea").fill(MINE)
    shot(page, "duet-editing")
    page.keyboard.press("Control+Enter")
    wait_for_turns(page, 4, stale=2)
    assert turns(page) == [*first[:3], MINE]
    assert turns(page, "yes") == first[4:]
    assert page.locator(f"{LIVE} [data-stale=yes]").first.get_by_text("stale", exact=True).is_visible()
    shot(page, "duet-stale")
    assert violations(page) == []

    run(page)
    wait_for_turns(page, 6)
    again = turns(page)
    assert again[:4] == [*first[:3], MINE]
    assert not set(again[4:]) & set(first)
    press(page, "v")
    page.wait_for_function("text => document.querySelector('.wb-live-turns').innerText.includes(text)", arg=first[3])
    assert turns(page) == first
    shot(page, "duet-earlier")
    press(page, "v")
    page.wait_for_function("text => document.querySelector('.wb-live-turns').innerText.includes(text)", arg=MINE)
    page.wait_for_function("() => document.querySelector('.wb-live-measures').innerText.includes('per 100 turns')")
    shot(page, "duet-done")

    press(page, "a")
    page.wait_for_selector(f"{LIVE}[data-draft-id='{draft}']", state="detached", timeout=SOON)
    sample = ws.get(ws.draft(draft).sample)
    assert [turn.content for turn in sample.turns] == again
    ws.slice("duets", f"id:{sample.id}")
    ws.export(ws.freeze("duets"), tmp_path / "out", to=["trl-preference"])
    (file,) = (tmp_path / "out").rglob("*.jsonl")
    (line,) = [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]
    assert [message["content"] for message in line["chosen"]] == [MINE]
    assert [message["content"] for message in line["rejected"]] == [first[3]]
    assert [message["content"] for message in line["prompt"]] == first[:3]
    assert page.mistakes == []


def test_a_whole_duet_is_gone_through_turn_by_turn_and_pauses_where_something_is_found(begun, lab, page, talker, shot):
    with theme(lab, "dark"):
        ws, draft = begun(live=False)
        press(page, "t")
        wait_for_turns(page, 6)
        press(page, "Shift+K")
        press(page, "Shift+K")
        talker.words = "Certainly! I hope this helps."
        press(page, "g")
        wait_for_turns(page, 4, stale=2)
        page.wait_for_selector(f"{LIVE} .wb-live-told:has-text('paused: look at turn 4')", timeout=SOON)
        assert page.locator(f"{LIVE} .wb-live-pause").get_by_text("it uses a stock phrase").is_visible()
        shot(page, "duet-paused-dark")
        assert violations(page) == []
        talker.words = ""
        run(page)  # going on past it is the person's word
        wait_for_turns(page, 6)
        assert page.locator(f"{LIVE} [data-action=live-version] option").count() == 2
        press(page, "?")
        assert page.locator("[role=dialog]").get_by_text("Regenerate from here").is_visible()
        page.keyboard.press("Escape")
    assert ws.interventions(ws.draft(draft).run).interventions == 1
    assert page.mistakes == []
    ws.reject([draft], "off topic")


def told(page: Any, words: str) -> None:
    page.wait_for_selector(f"{LIVE} .wb-live-told:has-text('{words}')", timeout=SOON)


def test_a_doubtful_turn_a_limit_and_an_earlier_version_are_choices_on_the_screen(begun, page, talker, server, shot):
    ws, draft = begun(live=True)
    of_run = ws.draft(draft).run
    run(page, "s")
    wait_for_turns(page, 3)

    talker.breaks = True
    run(page, "s")
    told(page, "turn 4 was maybe charged")
    assert page.locator(f"{LIVE} .wb-live-choice").get_by_text("It may be paid for twice.").is_visible()
    shot(page, "duet-doubt")
    assert violations(page) == []
    talker.breaks = False
    sent = len(server.requests)
    run(page, "s")  # running on does not send it again by itself
    page.wait_for_timeout(500)
    told(page, "turn 4 was maybe charged")
    assert len(server.requests) == sent
    page.click(f"{LIVE} [data-action=live-send-again]")
    wait_for_turns(page, 4)
    assert len(server.requests) == sent + 1
    assert [call.state for call in ws.calls(of_run)].count("in_doubt") == 1

    spent = ws.spent(of_run).calls
    ws.set_budget(of_run, wb.Budget(calls=spent))
    run(page)
    told(page, f"could pass the limit of calls: {spent}")
    field = page.locator(f"{LIVE} [data-raise=calls]")
    assert page.locator(f"{LIVE} [data-action=raise-limit]").is_disabled()
    shot(page, "duet-limit")
    assert page.locator(".wb-notice-text:visible").count() == 0, "it is told where it can be raised, and only there"
    assert violations(page) == []
    field.fill(str(spent + 20))
    page.click(f"{LIVE} [data-action=raise-limit]")
    wait_for_turns(page, 6)
    assert ws.spent(of_run).budget == wb.Budget(calls=spent + 20)
    first = turns(page)

    page.click(f"{LIVE} [data-live-turn]:nth-child(4)")
    press(page, "e")
    page.locator(f"{LIVE} textarea").fill(MINE)
    page.keyboard.press("Control+Enter")
    wait_for_turns(page, 4, stale=2)
    press(page, "v")
    page.wait_for_selector(f"{LIVE} [data-action=live-return]", timeout=SOON)
    shot(page, "duet-go-on-from-earlier")
    assert violations(page) == []
    press(page, "b")
    page.wait_for_selector(f"{LIVE} [data-action=live-return]", state="detached", timeout=SOON)
    wait_for_turns(page, 6)
    assert turns(page) == first
    press(page, "u")  # going back is a step
    wait_for_turns(page, 4, stale=0)
    assert turns(page) == [*first[:3], MINE]
    press(page, "u")  # and so is the rewriting
    wait_for_turns(page, 6)
    assert turns(page) == first
    assert ws.live(draft).fixes == ()
    assert page.mistakes == []
    ws.reject([draft], "off topic")


def test_a_row_that_came_to_nothing_is_sent_again_alone(begun, page, talker, server, shot):
    """Of three rows one was maybe charged and one failed: each is tried by its own button, the pilot stays one."""
    ws, draft = begun(live=True)
    ids = ws.ids("language:en origin:imported")[:4]
    talker.breaks = True
    run_id = ws.generate("duet", ids, {"turns": 2, "live": True}, pilot=2).wait(60).id
    talker.breaks = False
    lost = ws.drafts(run_id, "in_doubt")
    assert (len(lost), ws.run(run_id).counts) == (2, {"in_doubt": 2, "waiting": 2})
    page.reload()
    page.wait_for_selector(READY, timeout=START_MS)
    show(page)
    page.click(f"{GENERATE} [data-run='{run_id}'] [data-action=lost]")
    page.wait_for_selector(f"[data-draft='{lost[0].id}']", timeout=SOON)
    page.check(f"[data-draft='{lost[0].id}'] input[type=checkbox]")
    shot(page, "generate-lost-rows")
    assert violations(page) == []
    sent = len(server.requests)
    page.click("[data-action=try-chosen]")
    page.wait_for_selector(f"[data-draft='{lost[0].id}']", state="detached", timeout=SOON)
    page.wait_for_selector(f"[data-run='{run_id}']:has-text('1 to decide')", timeout=SOON)
    now = ws.run(run_id)
    assert (now.state, now.pilot, now.counts) == ("interrupted", 2, {"drafted": 1, "in_doubt": 1, "waiting": 2})
    assert len(server.requests) == sent + 1
    assert page.mistakes == []
    ws.reject([draft, *(one.id for one in ws.drafts(run_id))], "off topic")


def test_a_run_that_reached_its_limit_goes_on_under_a_higher_one(begun, page, shot):
    ws, draft = begun(live=True)
    (sample,) = ws.ids("language:en origin:imported")[:1]
    limited = ws.generate("answer", [sample], {"variants": 3}, budget=wb.Budget(calls=1)).wait(30)
    assert (limited.state, limited.counts) == ("failed", {"drafted": 1, "waiting": 2})
    row = f"{GENERATE} tr[data-run='{limited.id}']"
    page.wait_for_selector(f"{row} details[data-raise]", timeout=SOON)
    page.click(f"{row} summary")
    page.locator(f"{row} [data-raise=calls]").fill("5")
    shot(page, "generate-raise-limit")
    assert violations(page) == []
    page.click(f"{row} [data-action=raise-limit]")
    page.wait_for_selector(f"{row}:has-text('3 to decide')", timeout=SOON)
    assert (ws.run(limited.id).state, ws.spent(limited.id).calls) == ("done", 3)
    assert page.mistakes == []
    ws.reject([draft, *(one.id for one in ws.drafts(limited.id))], "off topic")
