"""A conversation run turn by turn whose model is at another address than before: no turn is paid twice unasked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.flows.live_desk import OPENING
from tests.flows.two_models import Talker, settings
from tests.llm.endpoint import endpoint
from workbench.errors import CallInDoubt, InvalidInput
from workbench.model import Budget
from workbench.workspace import open_workspace


@contextmanager
def desk(folder):
    """A workspace with a conversation of three turns, the last by the model "big-9" at the first of two endpoints."""
    with (
        endpoint(Talker()) as one,
        endpoint(Talker()) as two,
        open_workspace(folder, author="ana") as ws,
    ):
        with ws._store.write("ana", "import") as writer:
            writer.add_samples([a_sample(OPENING, "Of course. Which one is it?", id="s1")])
        ws.set_model(settings(one, "big-9"))
        run = ws.generate("duet", ["s1"], {"turns": 6, "live": True}, budget=Budget(calls=20)).wait(30)
        (draft,) = ws.drafts(run.id)
        ws.play(draft.id, 1).wait(30)
        yield ws, draft, one, two


@pytest.fixture
def lose_the_turn(monkeypatch):
    """What is left when the process was killed between a call and its turn; the call is changed so."""

    def lose(ws, draft, *, send_again=False, **changes):
        with monkeypatch.context() as killed:
            killed.setattr("workbench.flows.playing.grow", lambda *_: True)
            ws.play(draft.id, 1, send_again=send_again).wait(30)
        if changes:
            ws._store.finish_call(replace(ws.calls(draft.run)[-1], **changes))

    return lose


def test_a_turn_that_was_answered_at_another_address_is_not_paid_again(tmp_path, lose_the_turn):
    with desk(tmp_path / "w") as (ws, draft, one, two):
        lose_the_turn(ws, draft)
        sent = len(one.requests)
        ws.set_model(settings(two, "big-9"))
        with pytest.raises(InvalidInput, match=rf"asked of big-9 at {one.url}, which is at {two.url} now") as caught:
            ws.play(draft.id, budget=Budget(calls=30))
        assert "connect it at that address again" in caught.value.hint
        assert (two.requests, ws.run(draft.run).budget) == ([], Budget(calls=20))
        ws.set_model(settings(one, "big-9"))
        assert len(ws.play(draft.id, 1).wait(30).turns) == 4
        assert len(one.requests) == sent
        ws.set_model(settings(two, "big-9"))
        assert len(ws.play(draft.id, 1).wait(30).turns) == 5, "a model may move between turns"
        assert len(two.requests) == 1


def test_a_turn_that_an_endpoint_did_not_answer_is_asked_for_where_the_model_is_now(tmp_path, lose_the_turn):
    with desk(tmp_path / "w") as (ws, draft, _, two):
        lose_the_turn(ws, draft, state="failed", response="", prompt_tokens=0, completion_tokens=0)
        ws.set_model(settings(two, "big-9"))
        assert len(ws.play(draft.id, 1).wait(30).turns) == 4
        assert len(two.requests) == 1


@pytest.mark.parametrize("state", ["sent", "in_doubt"])
def test_a_turn_that_was_maybe_charged_at_another_address_is_sent_only_when_a_person_says_so(
    tmp_path, lose_the_turn, state
):
    with desk(tmp_path / "w") as (ws, draft, one, two):
        lose_the_turn(ws, draft, state=state, response="")
        ws.set_model(settings(two, "big-9"))
        told = rf"asked of big-9 at {one.url} before the interruption, and may have been charged"
        with pytest.raises(CallInDoubt, match=told) as caught:
            ws.play(draft.id).wait(30)
        assert f"big-9 at {two.url} would be asked now" in caught.value.hint
        assert two.requests == []
        lose_the_turn(ws, draft, send_again=True)
        assert len(ws.play(draft.id, 1).wait(30).turns) == 4, "it was answered when it was sent again"
        assert len(two.requests) == 1


def test_a_turn_asked_of_another_model_is_not_paid_again_either(tmp_path, lose_the_turn):
    with desk(tmp_path / "w") as (ws, draft, one, two):
        lose_the_turn(ws, draft)
        ws.set_model(settings(two, "other-1"))
        with pytest.raises(InvalidInput, match=rf"asked of big-9 at {one.url}, and other-1 would be asked"):
            ws.play(draft.id)


def test_what_is_made_anew_from_an_earlier_turn_asks_whoever_is_connected(tmp_path, lose_the_turn):
    with desk(tmp_path / "w") as (ws, draft, _, two):
        lose_the_turn(ws, draft)
        ws.set_model(settings(two, "big-9"))
        ws.rewind(draft.id, ws.live(draft.id).turns[-1].turn.id)
        assert len(ws.play(draft.id, 1).wait(30).turns) == 3
