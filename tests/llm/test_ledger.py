from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from workbench.errors import BudgetExceeded, ModelError
from workbench.llm import LedgeredModel, Message, Meter, Price, Request, ScriptedModel, worst_cost
from workbench.model import Budget, Call

ASK = Request((Message("user", "hello"),), max_tokens=10, seed=1)


class Book:
    def __init__(self):
        self.calls: dict[int, Call] = {}
        self.lock = threading.Lock()

    def reserve_call(self, call):
        with self.lock:
            self.calls[len(self.calls) + 1] = call
            return len(self.calls)

    def finish_call(self, call):
        self.calls[call.id] = call


def ledgered(model, book, *, budget=None, meter=None, earlier=()):
    meter = meter or Meter(budget or Budget())
    return LedgeredModel(model, book, "run", 0, meter, earlier=earlier, sleep=lambda _: None)


def test_a_call_is_written_down_before_it_is_sent():
    book, seen = Book(), []

    def look(_):
        seen.append([call.state for call in book.calls.values()])
        return "hi"

    ledgered(ScriptedModel(look), book).reply(ASK)
    assert seen == [["sent"]]
    assert [call.state for call in book.calls.values()] == ["done"]


def test_the_worst_case_is_what_a_reserved_call_counts():
    seen = []
    meter = Meter(Budget())
    ledgered(ScriptedModel(lambda _: seen.append(meter.tokens) or "hi"), Book(), meter=meter).reply(ASK)
    assert seen == [worst_cost(ASK, None).tokens]
    assert meter.tokens == 2


@pytest.mark.parametrize("budget", [Budget(calls=3), Budget(tokens=120), Budget(usd=0.00012)])
def test_the_budget_stops_before_the_send(budget):
    book, model = Book(), ScriptedModel(lambda _: "one two three four", price=Price(1.0, 1.0))
    asked = ledgered(model, book, budget=budget)
    with suppress(BudgetExceeded):
        for seed in range(100):
            asked.reply(Request(ASK.messages, max_tokens=10, seed=seed))
    assert len(book.calls) == len(model.history)
    spent = sum(call.prompt_tokens + call.completion_tokens for call in book.calls.values())
    assert spent <= 120
    assert 3 <= len(model.history) < 100


def test_calls_in_flight_never_pass_the_budget_together():
    book, meter = Book(), Meter(Budget(calls=10))
    model = ScriptedModel(lambda _: "hi")

    def ask(seed):
        with suppress(BudgetExceeded):
            ledgered(model, book, meter=meter).reply(Request(ASK.messages, seed=seed))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(40)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(model.history) == 10


def test_an_answered_request_is_taken_from_the_ledger():
    book = Book()
    first = ledgered(ScriptedModel(["hi"]), book).reply(ASK)
    silent = ScriptedModel([])
    again = ledgered(silent, book, earlier=list(book.calls.values())).reply(ASK)
    assert (again.text, again.call_id) == (first.text, first.call_id)
    assert silent.history == []


@pytest.mark.parametrize("state", ["sent", "in_doubt"])
def test_a_call_in_doubt_is_not_sent_again(state):
    model = ScriptedModel(["hi"])
    lost = Call(7, "run", 0, ASK.hash(model.endpoint, model.name), model.endpoint, model.name, state, 0)
    with pytest.raises(ModelError) as caught:
        ledgered(model, Book(), earlier=[lost]).reply(ASK)
    assert caught.value.maybe_charged
    assert model.history == []


def test_a_call_that_may_have_been_charged_keeps_counting():
    meter = Meter(Budget())
    with pytest.raises(ModelError):
        ledgered(ScriptedModel([ModelError("lost", maybe_charged=True)]), Book(), meter=meter).reply(ASK)
    assert meter.tokens == worst_cost(ASK, None).tokens


def test_the_same_request_has_the_same_hash_and_another_seed_another():
    assert ASK.hash("e", "m") == Request(ASK.messages, max_tokens=10, seed=1).hash("e", "m")
    assert ASK.hash("e", "m") != Request(ASK.messages, max_tokens=10, seed=2).hash("e", "m")
