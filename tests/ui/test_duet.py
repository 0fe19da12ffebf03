"""A duet in the real browser: run, pause, edit a turn, see later turns go stale, regenerate, accept, find the pair."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

import workbench as wb
from tests.llm.endpoint import Endpoint, chunk, completion, endpoint

READY = "[data-workbench=app][data-ready=true]"
LIVE = "[data-page=generate] .wb-live"
WAIT = 90_000
SOON = 20_000
MINE = "No, that is not right: add them over six first."


class Talker:
    """Answers every request with words of its own; holds an answer back while `gate` is closed."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.numbers = count(1)

    def __call__(self, handler: Any, body: dict[str, Any]) -> None:
        self.gate.wait(30)
        number = next(self.numbers)
        text = f"Well, line number {number} has {number * 7} in it."
        if body.get("stream"):
            usage = b'data: {"model":"m","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":9}}\n\n'
            handler.stream([chunk(text), chunk(None, "stop"), usage, b"data: [DONE]\n\n"])
        else:
            handler.send_json(completion(text))


@pytest.fixture
def model() -> Iterator[tuple[Talker, Endpoint]]:
    talker = Talker()
    with endpoint(talker) as server:
        yield talker, server


@pytest.fixture
def begun(lab, page, model):
    """The Generate page with a duet that has its opening and one new turn, and the workspace from Python."""
    _, server = model
    with wb.open(lab.workspace, author="tester") as ws:
        ws.set_model({"base_url": server.url, "model": "m", "local": True})
        (sample,) = ws.ids("language:en")[:1]
        run = ws.generate("duet", [sample], {"turns": 6, "live": True}).wait(30)
        (draft,) = ws.drafts(run.id)
        page.goto(lab.address())
        page.wait_for_selector(READY, timeout=WAIT)
        page.click("[data-tab=generate], [role=tab]:has-text('Generate')")
        page.wait_for_selector(f"{LIVE}[data-draft-id='{draft.id}'] [data-live-turn]", timeout=SOON)
        yield page, ws, draft.id
        ws.set_model({})


def turns(page: Any, stale: str = "no") -> list[str]:
    return page.locator(f"{LIVE} [data-stale={stale}] .wb-bubble").all_inner_texts()


def wait_for_turns(page: Any, number: int, stale: int = 0) -> None:
    page.wait_for_function(
        """([now, stale]) => document.querySelectorAll('.wb-live [data-stale=no]').length === now
           && document.querySelectorAll('.wb-live [data-stale=yes]').length === stale""",
        arg=[number, stale],
        timeout=SOON,
    )


def press(page: Any, key: str) -> None:
    page.locator("[data-page=generate] .wb-queue").focus()
    page.keyboard.press(key)


def test_run_pause_edit_regenerate_accept_and_the_pair_is_in_the_export(begun, model, shot, tmp_path):
    page, ws, draft = begun
    talker, _ = model
    talker.gate.clear()
    press(page, "r")
    page.wait_for_selector(f"{LIVE} [data-action=live-pause]", timeout=SOON)
    shot(page, "duet-running")
    press(page, "r")  # pause: the turn that is being written is kept
    talker.gate.set()
    wait_for_turns(page, 3)
    page.wait_for_selector(f"{LIVE} [data-action=live-run]", timeout=SOON)
    press(page, "s")
    wait_for_turns(page, 4)
    press(page, "r")
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

    press(page, "r")
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
