"""What a call took: as the endpoint reports it, estimated where it does not, in doubt where it broke off."""

from __future__ import annotations

import pytest

from tests.llm.endpoint import chunk, completion, endpoint, well
from tests.llm.faults import ASK, FAULTS, SHAPE, Book, client, wrong
from workbench.errors import CallInDoubt, ModelError
from workbench.llm import LedgeredModel, Request, worst_cost
from workbench.llm.row import RowCalls


@pytest.mark.parametrize("fault", ["bad event after text", "error after text"])
def test_a_stream_that_breaks_after_text_came_may_have_been_charged_and_stays_at_its_worst(fault):
    book = Book()
    with endpoint(FAULTS[fault]) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        with pytest.raises(ModelError) as caught:
            model.reply(ASK, on_text=lambda _: None)
        again = LedgeredModel(client(server), book, "r", 0, log=RowCalls(book.calls.values()), sleep=lambda _: None)
        with pytest.raises(CallInDoubt):
            again.reply(ASK, on_text=lambda _: None)
        assert server.asked(1) == 1, "it is not sent again by itself"
    assert caught.value.maybe_charged
    worst = worst_cost(ASK, None)
    told = [(call.state, call.prompt_tokens, call.completion_tokens) for call in book.calls.values()]
    assert told == [("in_doubt", worst.prompt_tokens, worst.completion_tokens)]


def test_what_a_broken_stream_reported_itself_is_what_it_took():
    usage = {"prompt_tokens": 11, "completion_tokens": 3}
    parts = [chunk("It opens", usage=usage), b"data: {nonsense\n\n"]
    book = Book()
    with endpoint(lambda handler, _: handler.stream(parts)) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        with pytest.raises(ModelError):
            model.reply(ASK, on_text=lambda _: None)
    told = [(call.state, call.prompt_tokens, call.completion_tokens, call.estimated) for call in book.calls.values()]
    assert told == [("failed", 11, 3, False)]


def unreported(handler, body):
    """Answers well and says nothing about tokens."""
    if body.get("stream"):
        handler.stream([chunk("It opens "), chunk("on Monday."), chunk(None, "stop"), b"data: [DONE]\n\n"])
    else:
        handler.send_json(completion(usage=None))


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_tokens_that_the_endpoint_does_not_report_are_estimated_and_called_so(streamed):
    book = Book()
    with endpoint(unreported) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        reply = model.reply(ASK, on_text=(lambda _: None) if streamed else None)
    (call,) = book.calls.values()
    assert reply.text == "It opens on Monday."
    assert reply.estimated
    assert call.estimated
    assert (call.prompt_tokens, call.completion_tokens) == (reply.prompt_tokens, reply.completion_tokens)
    assert call.prompt_tokens > 0
    assert call.completion_tokens > 0
    silent = LedgeredModel(client(server), book, "r", 0, log=RowCalls([call]), sleep=lambda _: None)
    assert silent.reply(ASK).estimated, "also when it is answered from the ledger"


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_tokens_that_the_endpoint_reports_are_not_called_estimated(streamed):
    book = Book()
    with endpoint(well) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        assert not model.reply(ASK, on_text=(lambda _: None) if streamed else None).estimated
    assert [call.estimated for call in book.calls.values()] == [False]


def test_a_useless_answer_without_a_report_is_estimated_too():
    body = completion("Not JSON at all.", usage=None)
    with endpoint(wrong(body)) as server, pytest.raises(ModelError) as caught:
        client(server).reply(Request(ASK.messages, schema=SHAPE))
    assert caught.value.estimated
    assert min(caught.value.tokens) > 0
