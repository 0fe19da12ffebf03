from __future__ import annotations

import threading

import pytest

from workbench.errors import BudgetExceeded, ModelError, ModelRefused
from workbench.llm import LedgeredModel, Message, Request, ScriptedModel, worst_cost
from workbench.llm.row import RowCalls
from workbench.model import Call

ASK = Request((Message("user", "hello"),), max_tokens=10, seed=1)


class Book:
    def __init__(self):
        self.calls: dict[int, Call] = {}
        self.lock = threading.Lock()

    def reserve_call(self, call, asked=None):
        with self.lock:
            self.calls[len(self.calls) + 1] = call
            return len(self.calls)

    def finish_call(self, call):
        self.calls[call.id] = call


def ledgered(model, book, *, earlier=()):
    return LedgeredModel(model, book, "run", 0, log=RowCalls(earlier), sleep=lambda _: None)


def test_a_call_is_written_down_before_it_is_sent():
    book, seen = Book(), []

    def look(_):
        seen.append([call.state for call in book.calls.values()])
        return "hi"

    ledgered(ScriptedModel(look), book).reply(ASK)
    assert seen == [["sent"]]
    assert [call.state for call in book.calls.values()] == ["done"]


def test_a_call_is_written_down_at_its_worst_and_completed_with_what_it_took():
    book, seen = Book(), []

    def look(_):
        seen.extend(book.calls.values())
        return "hi"

    ledgered(ScriptedModel(look), book).reply(ASK)
    worst = worst_cost(ASK, None)
    assert [(call.prompt_tokens, call.completion_tokens) for call in seen] == [(worst.prompt_tokens, 10)]
    assert [call.prompt_tokens + call.completion_tokens for call in book.calls.values()] == [2]


def test_what_the_ledger_refuses_is_not_sent():
    class Full(Book):
        def reserve_call(self, call, asked=None):
            raise BudgetExceeded("no room")

    model = ScriptedModel(["hi"])
    with pytest.raises(BudgetExceeded):
        ledgered(model, Full()).reply(ASK)
    assert model.history == []


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


@pytest.mark.parametrize("kind", [ModelError, ModelRefused])
def test_an_answer_that_was_paid_for_and_of_no_use_is_the_same_error_again(kind):
    book, useless = Book(), kind("the model did not answer with valid JSON", hint="try another model", raw='{"a": 1,')
    useless.tokens = (500, 40)
    with pytest.raises(ModelError):
        ledgered(ScriptedModel([useless]), book).reply(ASK)
    silent = ScriptedModel([])
    with pytest.raises(kind) as caught:
        ledgered(silent, book, earlier=list(book.calls.values())).reply(ASK)
    again = caught.value
    assert (again.message, again.hint, again.raw) == (useless.message, useless.hint, useless.raw)
    assert (again.tokens, type(again), silent.history) == ((500, 40), kind, [])


def test_a_failure_that_took_no_tokens_is_asked_again():
    book = Book()
    with pytest.raises(ModelError):
        ledgered(ScriptedModel([ModelError("the endpoint answered 500")]), book).reply(ASK)
    assert ledgered(ScriptedModel(["hi"]), book, earlier=list(book.calls.values())).reply(ASK).text == "hi"


def test_a_call_that_may_have_been_charged_stays_at_its_worst():
    book = Book()
    with pytest.raises(ModelError):
        ledgered(ScriptedModel([ModelError("lost", maybe_charged=True)]), book).reply(ASK)
    (call,) = book.calls.values()
    assert (call.state, call.prompt_tokens + call.completion_tokens) == ("in_doubt", worst_cost(ASK, None).tokens)


def test_a_call_that_may_have_been_charged_is_not_sent_again_however_soon_the_endpoint_would_have_it():
    book, model = Book(), ScriptedModel([ModelError("lost", maybe_charged=True, retry_after=0.0), "hi"])
    with pytest.raises(ModelError):
        ledgered(model, book).reply(ASK)
    assert [call.state for call in book.calls.values()] == ["in_doubt"]


def test_a_call_that_was_broken_off_from_outside_may_have_been_charged():
    def broken_off(_):
        raise KeyboardInterrupt

    book = Book()
    with pytest.raises(KeyboardInterrupt):
        ledgered(ScriptedModel(broken_off), book).reply(ASK)
    assert [call.state for call in book.calls.values()] == ["in_doubt"]


def test_an_endpoint_that_asks_for_a_long_wait_ends_the_row_instead_of_holding_it_up():
    slept: list[float] = []
    model = ScriptedModel([ModelError("busy", retry_after=5.0), ModelError("busy", retry_after=61.0), "hi"])
    with pytest.raises(ModelError, match="busy") as caught:
        LedgeredModel(model, Book(), "run", 0, sleep=slept.append).reply(ASK)
    assert caught.value.hint == "it asks to wait 61 s"
    assert len(slept) == 1
    assert 5 <= slept[0] <= 5.25


def test_the_same_request_has_the_same_hash_and_another_seed_another():
    assert ASK.hash("e", "m") == Request(ASK.messages, max_tokens=10, seed=1).hash("e", "m")
    assert ASK.hash("e", "m") != Request(ASK.messages, max_tokens=10, seed=2).hash("e", "m")
