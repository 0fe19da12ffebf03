"""Going on with a run whose conversations were edited meanwhile: what is there is not paid again.

What was sent without an answer is in doubt, also when it would be asked in other words by now.
"""

from __future__ import annotations

import pytest

from tests.flows.changed_desk import drafts, echo, edited, resumed, stopped, unanswered, unwritten
from tests.flows.changed_desk import ws as ws  # the fixture
from workbench.errors import ModelError
from workbench.llm import ScriptedModel


def test_drafts_of_a_conversation_that_was_edited_are_not_paid_again(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model)
    kept = drafts(ws, run)
    edited(ws)
    run = resumed(ws, run, model)
    assert (run.counts, len(model.history)) == ({"drafted": 4}, 4)
    assert kept.items() <= drafts(ws, run).items()
    assert "other shop" in model.history[-1].messages[-1].content


def test_what_was_answered_after_the_edit_is_not_paid_again_either(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model, variants=6)
    edited(ws)
    run = resumed(ws, run, model, calls=5)
    assert run.counts == {"drafted": 5, "waiting": 1}
    kept = drafts(ws, run)
    unwritten(ws, run, rows=1)
    run = resumed(ws, run, model)
    assert (run.counts, len(model.history)) == ({"drafted": 6}, 6)
    assert {row: draft.calls for row, draft in kept.items()}.items() <= {
        row: draft.calls for row, draft in drafts(ws, run).items()
    }.items()


def test_an_edit_that_was_taken_back_leaves_the_run_as_it_was(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model)
    edited(ws)
    run = resumed(ws, run, model, calls=3)
    ws.undo()
    run = resumed(ws, run, model)
    assert (run.counts, len(model.history)) == ({"drafted": 4}, 4)


def test_rows_of_several_edits_are_all_kept(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model, calls=1)
    for calls in (2, 3, 4):
        edited(ws, text=f"What about number {calls}?")
        run = resumed(ws, run, model, calls=calls)
        assert len(model.history) == calls
    assert run.counts == {"drafted": 4}


def test_a_call_without_an_answer_is_in_doubt_also_after_an_edit(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model, variants=1)
    unwritten(ws, run, rows=1)
    unanswered(ws, run)
    edited(ws)
    run = resumed(ws, run, model)
    assert (run.counts, len(model.history)) == ({"in_doubt": 1}, 1)
    (doubt,) = ws.drafts(run.id, state="in_doubt")
    assert doubt.calls == (ws.calls(run.id)[0].id,)
    run = resumed(ws, run, model, send_again=[doubt.id])
    assert (run.counts, len(model.history)) == ({"drafted": 1}, 2)


def test_a_doubt_behind_rows_that_are_there_is_of_the_row_that_was_being_made(ws):
    model = ScriptedModel(echo)
    run = stopped(ws, model, calls=3)
    unwritten(ws, run, rows=1)
    unanswered(ws, run)
    edited(ws)
    run = resumed(ws, run, model)
    assert (run.counts, len(model.history)) == ({"drafted": 3, "in_doubt": 1}, 4)
    (doubt,) = ws.drafts(run.id, state="in_doubt")
    assert (doubt.row, doubt.calls) == (2, (ws.calls(run.id)[2].id,))
    kept = drafts(ws, run)
    run = resumed(ws, run, model, send_again=[doubt.id])
    assert (run.counts, len(model.history)) == ({"drafted": 4}, 5)
    assert kept.items() <= drafts(ws, run).items()


@pytest.mark.parametrize("there", [0, 2])
def test_a_doubt_is_told_also_when_nothing_can_be_made_of_the_edited_text(ws, there):
    model = ScriptedModel(echo)
    run = stopped(ws, model, calls=there + 1)
    unwritten(ws, run, rows=1)
    unanswered(ws, run)
    kept = ws.get("s0")
    ws.edit("s0", turns=kept.turns[1:], base_revision=kept.revision)
    run = resumed(ws, run, model)
    lost = {"in_doubt": 1, "failed": 3 - there}
    assert run.counts == ({"drafted": there, **lost} if there else lost)
    assert run.reasons["there is no user turn to answer"] == 3 - there
    assert len(model.history) == there + 1


def test_a_row_asked_anew_behind_answers_of_another_run_pays_for_no_other(ws):
    first = ScriptedModel(echo)
    stopped(ws, first, variants=2, calls=None)
    model = ScriptedModel([""])
    run = stopped(ws, model, variants=3, calls=None, reuse=True)
    assert (run.counts.get("failed"), run.reused) == (1, 2)
    (lost,) = ws.drafts(run.id, state="failed")
    model = ScriptedModel(echo)
    run = resumed(ws, run, model, only=[lost.id])
    assert (run.counts, len(model.history)) == ({"drafted": 3}, 1)


def test_answers_of_another_run_stay_free_for_rows_behind_some_that_are_there(ws):
    stopped(ws, ScriptedModel(echo), calls=None)
    model = ScriptedModel([])
    run = stopped(ws, model, calls=None, reuse=True)
    unwritten(ws, run, rows=2)
    run = resumed(ws, run, model)
    assert (run.counts, run.reused, model.history) == ({"drafted": 4}, 4, [])


@pytest.mark.parametrize("lost", [True, False], ids=["no answer", "no draft"])
def test_an_edit_that_was_taken_back_behind_a_kill_hides_no_call(ws, lost):
    model = ScriptedModel(echo)
    run = stopped(ws, model)
    edited(ws)
    run = resumed(ws, run, model, calls=3)
    unwritten(ws, run, rows=1)
    if lost:
        unanswered(ws, run)
    ws.undo()
    run = resumed(ws, run, model)
    third = ws.calls(run.id)[2]
    assert run.counts == ({"drafted": 3, "in_doubt": 1} if lost else {"drafted": 4})
    assert [draft.row for draft in ws.drafts(run.id, state="in_doubt") if third.id in draft.calls] == [2] * lost
    assert len(model.history) == (4 if lost else 5)  # an answer to the other text is none to this one


def test_a_doubt_that_a_row_has_told_of_does_not_keep_it_from_being_sent_again(ws):
    """It was asked in other words then: the ledger cannot know it by its request."""
    lost = ModelError("no complete answer", maybe_charged=True)
    run = stopped(ws, ScriptedModel([lost]), variants=1, calls=None)
    edited(ws)
    for answer, left in ((lost, "in_doubt"), ("At ten.", "drafted")):
        (doubt,) = ws.drafts(run.id, state="in_doubt")
        run = resumed(ws, run, ScriptedModel([answer]), send_again=[doubt.id])
        assert run.counts == {left: 1}
    assert [call.state for call in ws.calls(run.id)] == ["in_doubt", "in_doubt", "done"]
