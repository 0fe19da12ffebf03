"""Everything an endpoint can do wrong: always one of our errors, in time, and the ledger counts as the server does."""

from __future__ import annotations

import asyncio
import json
import socket
import time

import pytest

from tests.llm.endpoint import KEY, chunk, completion, endpoint, well
from tests.llm.faults import ASK, DEADLINE, FAULTS, SHAPE, SILENT, Book, busy_until, client, drip_stream, status, wrong
from workbench.errors import ModelError, ModelRefused, ModelUnreachable
from workbench.llm import LedgeredModel, Request
from workbench.llm.openai_compatible import OpenAICompatible


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_fault_is_our_error_in_time_and_in_the_ledger(fault, streamed):
    book, waits = Book(), []
    given = {"deadline": DEADLINE} if fault in SILENT else {}
    with endpoint(FAULTS[fault]) as server:
        model = LedgeredModel(client(server, largest_answer=1_000_000, **given), book, "r", 0, sleep=waits.append)
        with pytest.raises(ModelError) as caught:
            model.reply(ASK, on_text=(lambda _: None) if streamed else None)
        asked = server.asked(len(book.calls))
    assert (f"no complete answer within {DEADLINE:g} s" in caught.value.message) == (fault in SILENT)
    assert len(book.calls) == asked
    assert all(call.state in {"failed", "in_doubt"} for call in book.calls.values())
    assert KEY not in repr(caught.value) + str(caught.value.as_dict()) + caught.value.raw + repr(book.calls)


def test_a_request_into_a_connection_that_was_being_closed_is_in_doubt_in_the_ledger():
    def close_unannounced(handler, _):
        handler.send_json({"error": {"message": "no"}}, status=500, Connection="keep-alive")
        handler.close_connection = True
        handler.connection.recv(1, socket.MSG_PEEK)  # and then it closes: the next request is under way

    book = Book()
    with endpoint(close_unannounced) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        with pytest.raises(ModelError, match="broke before the answer"):
            model.reply(ASK)
    assert [call.state for call in book.calls.values()] == ["failed", "in_doubt"]
    assert len(server.requests) == 1


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "stream"])
def test_a_good_answer_has_text_tokens_and_a_finished_call(streamed):
    book, pieces = Book(), []
    with endpoint(well) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=lambda _: None)
        reply = model.reply(ASK, on_text=pieces.append if streamed else None)
    assert (reply.text, reply.prompt_tokens, reply.completion_tokens) == ("It opens on Monday.", 11, 5)
    assert "".join(pieces) == ("It opens on Monday." if streamed else "")
    assert [call.state for call in book.calls.values()] == ["done"]


@pytest.mark.parametrize(("fault", "kind"), [("refusal", ModelRefused), ("content filter", ModelRefused)])
def test_a_refusal_is_a_kind_of_its_own(fault, kind):
    with endpoint(FAULTS[fault]) as server, pytest.raises(kind):
        client(server).reply(ASK)


@pytest.mark.parametrize("fault", ["hang", "drip", "cut", "reset"])
def test_a_request_that_went_out_without_an_answer_may_have_been_charged(fault):
    given = {"deadline": DEADLINE} if fault in SILENT else {}
    with endpoint(FAULTS[fault]) as server, pytest.raises(ModelError) as caught:
        client(server, **given).reply(ASK)
    assert caught.value.maybe_charged


def test_an_answer_of_another_shape_keeps_its_raw_text():
    asked = Request(ASK.messages, schema=SHAPE)
    with endpoint(wrong(completion('{"age": "old"}'))) as server, pytest.raises(ModelError, match="age") as caught:
        client(server).reply(asked)
    assert caught.value.raw == '{"age": "old"}'


def test_the_schema_is_sent_and_a_fitting_answer_is_taken():
    with endpoint(wrong(completion('{"age": 7}'))) as server:
        reply = client(server).reply(Request(ASK.messages, schema=SHAPE))
        sent = server.requests[0][1]["response_format"]["json_schema"]
    assert json.loads(reply.text) == {"age": 7}
    assert sent["schema"] == SHAPE


def test_retry_after_is_waited_for_and_every_attempt_is_in_the_ledger():
    book, waits, answers = Book(), [], [status(429, Retry_After="7"), status(503), well]
    with endpoint(lambda handler, body: answers.pop(0)(handler, body)) as server:
        model = LedgeredModel(client(server), book, "r", 0, sleep=waits.append)
        assert model.reply(ASK).text == "It opens on Monday."
        assert len(server.requests) == 3
    assert 7 <= waits[0] < 7.3
    assert [call.state for call in book.calls.values()] == ["failed", "failed", "done"]


def test_retry_after_may_be_a_date():
    waits = []
    with endpoint(busy_until) as server, pytest.raises(ModelError):
        LedgeredModel(client(server), Book(), "r", 0, sleep=waits.append).reply(ASK)
    assert len(waits) == 3
    assert 0 <= waits[0] < 1.3


def test_only_the_key_goes_along_and_only_to_this_endpoint(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "another-key")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    with endpoint(well) as server:
        client(server).reply(ASK)
        client(server, key=None).reply(ASK)
        (first, _), (second, _) = server.requests
    assert first["authorization"] == f"Bearer {KEY}"
    assert "authorization" not in second
    assert "org-secret" not in repr([first, second])


def test_the_key_is_nowhere_in_the_client():
    with endpoint(well) as server:
        model = client(server)
        model.reply(ASK)
    assert KEY not in repr(model)
    assert KEY not in repr([vars(lane.client) for lanes in model._lanes.values() for lane in lanes])


def test_nothing_answers():
    with endpoint(well) as server:
        url = server.url
    with pytest.raises(ModelUnreachable, match="nothing answers"):
        OpenAICompatible(url, "m").reply(ASK)


def test_a_call_has_one_deadline_for_all_of_it(monkeypatch):
    given, timeout = [], asyncio.timeout
    monkeypatch.setattr(asyncio, "timeout", lambda seconds: given.append(seconds) or timeout(seconds))
    with endpoint(drip_stream) as server, pytest.raises(ModelError, match="no complete answer"):
        client(server, deadline=0.3).reply(ASK, on_text=lambda _: None)
    assert given == [0.3]


def test_a_person_can_break_off_a_stream():
    heard, ended = [], []

    def stop(piece):
        heard.append(piece)
        raise KeyboardInterrupt

    def long(handler, body):
        drip_stream(handler, body)
        ended.append(True)

    with endpoint(long) as server:
        with pytest.raises(KeyboardInterrupt):
            client(server).reply(ASK, on_text=stop)
        assert (heard, ended) == (["a"], [])


def test_a_server_that_closes_behind_a_stream_unannounced_loses_no_request():
    """The close is late on purpose: a connection that is used again meanwhile would break under the next request."""

    def closes(handler, body):
        handler.send_response_only(200)
        for name, value in {"Server": "llama.cpp", "Content-Type": "text/event-stream"}.items():
            handler.send_header(name, value)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for part in (chunk("Yes."), chunk(None, "stop"), b"data: [DONE]\n\n", b""):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.flush()
        time.sleep(0.05)

    with endpoint(closes) as server:
        model = client(server)
        assert {model.reply(ASK, on_text=lambda _: None).text for _ in range(8)} == {"Yes."}
        assert server.asked(8) == 8
