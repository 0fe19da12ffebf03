"""The test of a model asks as runs do: plainly, in pieces, for JSON. It names what failed, within one deadline."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.llm.endpoint import able, completion, endpoint, well
from tests.llm.faults import hang
from workbench.errors import ModelError
from workbench.workspace import open_workspace


@pytest.fixture
def ws(tmp_path):
    with open_workspace(tmp_path / "w") as workspace:
        yield workspace


def connect(ws, url, **more):
    ws.set_model({"base_url": url, "model": "m", **more})


def rejects(field):
    def behave(handler, body):
        if body.get(field):
            handler.send_json({"error": {"message": f"unknown field {field}"}}, status=400)
        else:
            able(handler, body)

    return behave


def thinks(handler, body):
    """Uses up its tokens before it says anything."""
    choice = {"finish_reason": "length", "message": {"content": "", "reasoning_content": "Let me see, hello is"}}
    handler.send_json(completion(choices=[choice]))


def test_what_can_do_all_three_is_told_by_its_plain_answer(ws):
    with endpoint(able) as server:
        connect(ws, server.url)
        assert ws.try_model().text == "It opens on Monday."
        asked = [(bool(body.get("stream")), "response_format" in body) for _, body in server.requests]
    assert asked == [(False, False), (True, False), (True, True)]


@pytest.mark.parametrize(
    ("behave", "says", "hint"),
    [
        (rejects("stream"), "not when its answer is to come in pieces.*unknown field stream", "allow streaming"),
        (rejects("response_format"), "not in JSON of a given shape.*unknown field response_format", "json_schema"),
        (well, "not in JSON of a given shape.*valid JSON", "larger model"),
        (thinks, "reached its length limit before it said anything", "thinks before it answers"),
    ],
)
def test_the_way_of_asking_that_failed_is_named_with_what_to_do(ws, behave, says, hint):
    with endpoint(behave) as server:
        connect(ws, server.url)
        with pytest.raises(ModelError, match=says) as caught:
            ws.try_model()
    assert hint in caught.value.hint


def test_an_endpoint_that_hangs_at_the_second_question_holds_nobody_longer_than_one_deadline(ws, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("workbench.flows.trying.time", SimpleNamespace(monotonic=lambda: clock[0]))

    def slow(handler, body):
        if body.get("stream"):
            hang(handler, body)
        clock[0] += 58.5
        able(handler, body)

    with endpoint(slow) as server:
        connect(ws, server.url, deadline=60)
        with pytest.raises(ModelError, match=r"come in pieces: no complete answer within 2 s"):
            ws.try_model()
