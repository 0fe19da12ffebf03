"""How many calls are under way: up step by step, down by half, and one Retry-After holds for all."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.llm.endpoint import completion, endpoint
from workbench.errors import Cancelled
from workbench.llm import LedgeredModel, Message, Request
from workbench.llm.ledger import ATTEMPTS
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.llm.pace import START, Pace


def nothing():
    return None


def rounds(pace, count):
    for _ in range(count):
        with pace.turn(nothing):
            pass
        pace.answered()


def test_it_begins_small_and_doubles_up_to_the_setting():
    pace = Pace(64)
    assert pace.limit == START
    seen = []
    for _ in range(4):
        rounds(pace, pace.limit)
        seen.append(pace.limit)
    assert seen == [8, 16, 32, 64]
    rounds(pace, 100)
    assert pace.limit == 64
    assert Pace(2).limit == 2


def test_it_halves_once_for_all_calls_that_were_under_way_and_grows_by_one_a_round():
    pace = Pace(64, start=32)
    turns = [pace._enter(nothing) for _ in range(32)]
    for turn in turns:
        pace.slow_down(turn, 0.0)
    assert pace.limit == 16
    for _ in range(17):
        pace.answered()
    assert pace.limit == 17
    pace.slow_down(33, 0.0)
    assert pace.limit == 8
    for turn in range(34, 60):
        pace._begun = turn
        pace.slow_down(turn, 0.0)
    assert pace.limit == 1


def test_a_wait_that_one_call_was_told_holds_for_all():
    now = [0.0]
    pace = Pace(8, clock=lambda: now[0])
    with pace.turn(nothing) as turn:
        pace.slow_down(turn, 5.0)
    looks = []

    def look():
        looks.append(now[0])
        now[0] += 2.0

    with pace.turn(look):
        assert now[0] >= 5.0
    assert looks == [0.0, 2.0, 4.0]


def test_who_waits_can_give_up():
    pace = Pace(1)

    def stop():
        raise Cancelled("stopped")

    with pace.turn(nothing), pytest.raises(Cancelled), pace.turn(stop):
        pass
    assert pace.busy == 0


def test_an_endpoint_that_bears_four_calls_gets_hardly_more_and_every_row_its_answer():
    """It answers 429 to the fifth call at a time, as gateways with a limit do; each answer takes as long as another."""
    now, free, rows, under_way, most, refused = [0.0], 0.0, 120, [], 0, 0
    pace = Pace(32, clock=lambda: now[0])
    while rows or under_way:
        while rows and pace.busy < pace.limit and now[0] >= free:
            turn = pace.turn(nothing)
            under_way.append((now[0] + 0.05, turn, turn.__enter__(), len(under_way) >= 4))
            rows, most = rows - 1, max(most, len(under_way))
        if not under_way:
            now[0] = free
            continue
        now[0], turn, number, full = under_way.pop(0)
        if full:
            pace.slow_down(number, 0.02)
            free, rows, refused = now[0] + 0.02, rows + 1, refused + 1
        else:
            pace.answered()
        turn.__exit__(None, None, None)
    assert pace.limit <= 10
    assert most <= 12
    assert 0 < refused < 60, "without a pace 28 of the first 32 calls are refused, and again at every retry"


def test_threads_that_ask_a_narrow_endpoint_slow_down_and_get_all_their_answers():
    """Nobody is refused more often than a call is tried again."""
    under_way, refused, lock = [0], Counter(), threading.Lock()

    def narrow(handler, body):
        question = body["messages"][-1]["content"]
        with lock:
            under_way[0] += 1
            full = under_way[0] > 4 and refused[question] < ATTEMPTS - 1
            refused[question] += full
        time.sleep(0.05)  # long beside what a call takes here, before and after it is there
        with lock:
            under_way[0] -= 1
        if full:
            handler.send_json({"error": {"message": "slow"}}, status=429, Retry_After="0.02")
        else:
            handler.send_json(completion())

    with endpoint(narrow) as server:
        model, pace = OpenAICompatible(server.url, "m"), Pace(32)

        def row(number):
            asked = LedgeredModel(model, _Book(), "r", number, sleep=time.sleep, pace=pace)
            return asked.reply(Request((Message("user", f"Question {number}"),))).text

        with ThreadPoolExecutor(32) as pool:
            texts = list(pool.map(row, range(120)))
    assert set(texts) == {"It opens on Monday."}
    assert pace.limit < 32, "as many as it may be, had nobody been refused"


class _Book:
    def reserve_call(self, call, asked=None):
        return 1

    def finish_call(self, call):
        pass
