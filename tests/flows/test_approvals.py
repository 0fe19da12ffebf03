"""Items are approved before the expensive step: edited, taken back, told apart from drafts, kept for later."""

from __future__ import annotations

from dataclasses import replace

import pytest

import workbench as wb
from tests.flows.approving import by_row, cards, desk, model, questions, total
from workbench.errors import InvalidInput
from workbench.llm.scripted import ScriptedModel
from workbench.model import Budget


@pytest.fixture
def ws(tmp_path, sample_data):
    with desk(tmp_path, sample_data) as opened:
        yield opened


def test_items_are_no_conversations_to_ask_a_model_about(ws):
    run = cards(ws)
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge(run=run.id, canaries=0, model=model())
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge([draft.id for draft in ws.drafts(run.id)], canaries=0, model=model())


def test_nothing_is_made_before_something_is_approved(ws):
    run = cards(ws)
    said = model()
    with pytest.raises(InvalidInput, match="no approved role cards") as told:
        ws.generate_approved(run.id, model=said)
    assert told.value.hint == "3 wait for approval"
    assert said.history == []
    assert [one.id for one in ws.runs()] == [run.id]


def test_an_edited_item_is_used_as_it_was_edited_and_undo_takes_it_back(ws):
    run = cards(ws, samples=1)
    (item,) = ws.drafts(run.id)
    turns = [replace(turn, content="You are a nurse.") if turn.id == "assistant_role" else turn for turn in item.turns]
    (approved,) = ws.approve([item.id], turns=turns)
    assert approved.agreed[3].content == "You are a nurse."
    assert ws.draft(item.id).turns == item.turns
    ws.undo()
    assert (ws.draft(item.id).state, ws.draft(item.id).edited) == ("draft", None)
    ws.redo()
    assert ws.draft(item.id).agreed[3].content == "You are a nurse."
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
    (draft,) = ws.drafts(made.id)
    assert draft.params["assistant_role"] == "You are a nurse."
    assert draft.meta["approved"]["edited"] is True


def test_many_are_approved_in_one_step_and_taken_back_in_one(ws):
    run = questions(ws)
    ids = [draft.id for draft in ws.drafts(run.id)]
    ws.approve(ids)
    assert ws.approvals(run.id).ready == tuple(ids)
    assert ws.undo().label == "approve 4 items"
    assert ws.approvals(run.id).waiting == tuple(ids)


def test_an_approval_taken_back_before_its_turn_holds_the_item_back(ws):
    run = cards(ws, samples=2)
    one, two = ws.drafts(run.id)
    ws.approve([one.id])
    ws.approve([two.id])
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=ScriptedModel([]), budget=Budget(calls=0)).wait()
    assert total(made) == {"waiting": 2}
    ws.undo()
    said = model()
    made = ws.resume(made.id, model=said, budget=Budget()).wait()
    assert total(made) == {"drafted": 1, "failed": 1}
    assert two.turns[0].content not in "".join(request.messages[0].content for request in said.history)
    assert made.reasons == {"the approval was taken back": 1}
    ws.redo()
    assert total(ws.resume(made.id, model=model()).wait()) == {"drafted": 2}


def test_items_are_approved_not_accepted_and_drafts_accepted_not_approved(ws):
    run = cards(ws, samples=1)
    (item,) = ws.drafts(run.id)
    with pytest.raises(InvalidInput, match="is no conversation: it is one of role cards"):
        ws.accept([item.id])
    ws.generate("noise", "turns>=4", limit=1).wait()
    draft = next(one for one in ws.drafts() if one.recipe == "noise")
    with pytest.raises(InvalidInput, match="nothing to approve"):
        ws.approve([draft.id])
    with pytest.raises(InvalidInput, match="proposes nothing to approve"):
        ws.approvals(draft.run)
    with pytest.raises(InvalidInput, match="parts of an item stay"):
        ws.approve([item.id], turns=item.turns[:2])
    ws.approve([item.id])
    with pytest.raises(InvalidInput, match="was approved already by ana"):
        ws.approve([item.id])


def test_approvals_outlive_the_session_that_gave_them(ws, tmp_path):
    run = cards(ws)
    one, two, _ = by_row(ws, run)
    edited = [replace(turn, content=f"{turn.content} Really.") for turn in one.turns]
    ws.approve([one.id], turns=edited)
    ws.reject([two.id], "dull")
    ws.close()
    with wb.open(tmp_path / "w.workspace", author="bo") as again:
        standing = again.approvals(run.id)
        assert (standing.ready, standing.rejected) == ((one.id,), (two.id,))
        made = again.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
        (draft,) = again.drafts(made.id)
        assert draft.params["user_role"].endswith("Really.")
        assert (draft.meta["approved"]["by"], made.author) == ("ana", "bo")
