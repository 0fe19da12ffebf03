"""A repeated command is done once, whatever the connection did to it."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from tests.widgets.widget_fakes import say
from widgets import Workbench
from widgets._once import MOST_ANSWERS, MOST_PAGES, Once


def command(rid: int, done: int = 0, page: str = "p1") -> dict[str, Any]:
    return {"kind": "command", "v": 1, "rid": rid, "page": page, "done": done, "name": "do", "args": {}}


class Work:
    """Counts what is done."""

    def __init__(self) -> None:
        self.done: list[int] = []

    def __call__(self, message: Any) -> dict[str, Any]:
        self.done.append(message["rid"])
        return {"kind": "reply", "rid": message["rid"], "ok": True, "result": len(self.done)}


def test_a_repetition_gets_the_first_answer() -> None:
    once, work = Once(), Work()
    first = once.answer(command(1), work)
    assert once.answer(command(1), work) == first
    assert work.done == [1]


def test_the_same_number_of_another_page_is_another_command() -> None:
    once, work = Once(), Work()
    once.answer(command(1), work)
    once.answer(command(1, page="p2"), work)
    assert work.done == [1, 1]


def test_a_command_without_a_page_is_simply_done() -> None:
    once, work = Once(), Work()
    plain = {"rid": 1, "name": "do"}
    once.answer(plain, work)
    once.answer(plain, work)
    assert work.done == [1, 1]


def test_a_late_repetition_of_a_settled_command_does_nothing() -> None:
    once, work = Once(), Work()
    once.answer(command(1), work)
    once.answer(command(2, done=1), work)
    assert once.answer(command(1), work)["error"]["code"] == "repeated"
    assert work.done == [1, 2]


def test_answers_are_forgotten_once_the_page_has_them() -> None:
    once, work = Once(), Work()
    for rid in range(1, 5001):
        once.answer(command(rid, done=rid - 1), work)
    assert len(once._pages["p1"].answers) == 1


def test_memory_is_bounded_even_when_a_page_never_settles() -> None:
    once, work = Once(), Work()
    for rid in range(1, MOST_ANSWERS + 50):
        once.answer(command(rid), work)
    for page in range(MOST_PAGES + 10):
        once.answer(command(1, page=f"q{page}"), work)
    assert len(once._pages) == MOST_PAGES
    assert all(len(page.answers) <= MOST_ANSWERS for page in once._pages.values())


def test_a_repetition_during_the_work_waits_for_it() -> None:
    once, begun, go_on = Once(), threading.Event(), threading.Event()
    done: list[int] = []

    def slow(message: Any) -> dict[str, Any]:
        begun.set()
        assert go_on.wait(10)
        done.append(message["rid"])
        return {"rid": message["rid"], "ok": True}

    answers: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda: answers.append(once.answer(command(1), slow))) for _ in range(4)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert done == [1]
    assert answers == [{"rid": 1, "ok": True}] * 4


@pytest.mark.parametrize("seed", range(20))
def test_dropped_doubled_and_reordered_messages_do_each_command_once(seed: int) -> None:
    chance, once, work = random.Random(seed), Once(), Work()
    answered: set[int] = set()
    while len(answered) < 50:
        waiting = [rid for rid in range(1, 51) if rid not in answered]
        settled = waiting[0] - 1
        batch = [command(rid, done=settled) for rid in waiting for _ in range(chance.choice((0, 1, 1, 2)))]
        chance.shuffle(batch)
        for message in batch:
            answer = once.answer(message, work)
            if answer["ok"] and chance.random() < 0.6:
                answered.add(answer["rid"])
    assert sorted(work.done) == list(range(1, 51))


def test_a_widget_does_a_repeated_tag_once(ws: Any) -> None:
    app, sample = Workbench(ws), ws.ids()[0]
    message = {**command(1), "name": "tag.set", "args": {"ids": [sample], "scheme": "tier", "value": "raw"}}
    first = say(app, message)
    steps = len(ws.steps())
    assert say(app, message) == first
    assert first["ok"]
    assert len(ws.steps()) == steps
