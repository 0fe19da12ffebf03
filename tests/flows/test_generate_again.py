"""Paying twice only when a person says so, and not at all for what the ledger knows: sending again and reuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.errors import GenerateError, InvalidInput, ModelError, ModelRefused
from workbench.flows.generate import resume_run, start_run
from workbench.flows.runs import drafts_of, read_drafts, read_run
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store

LOST = ModelError("no complete answer", maybe_charged=True)
DOWN = ModelError("the endpoint is down")


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(4))
    opened.set_setting("model", {"in_flight": 1})  # one after the other, as the scripts have it
    yield opened
    opened.close()


def echo(request):
    return f"Reply {request.seed}"


def run_of(store, model, *, parents=("s1",), variants=4, seed=3, **more):
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=parents, query="", params={"variants": variants},
        budget=Budget(), seed=seed, model=model, **more,
    )  # fmt: skip
    job.wait(60)
    return read_run(store, job.run)


def resumed(store, run, model, *rows, **more):
    ids = [draft.id for draft in drafts_of(store, run.id) if draft.row in rows]
    resume_run(store, Jobs(), run.id, author="ana", model=model, send_again=ids, **more).wait(60)
    return read_run(store, run.id)


def texts(store, run):
    return {draft.row: draft.turns[-1].content for draft in drafts_of(store, run.id) if draft.turns}


def test_a_row_in_doubt_is_sent_again_only_when_it_is_named(store):
    run = run_of(store, ScriptedModel(["Fine.", LOST]))
    run = resumed(store, run, ScriptedModel(echo))
    assert run.counts == {"drafted": 3, "in_doubt": 1}
    others = texts(store, run)
    model = ScriptedModel(["Sent again."])
    run = resumed(store, run, model, 1)
    assert (run.counts, len(model.history)) == ({"drafted": 4}, 1)
    assert texts(store, run) == {**others, 1: "Sent again."}
    assert read_drafts(store, run.id, "in_doubt", 10) == []
    assert sum(call.state == "in_doubt" for call in store.calls(run.id)) == 1, "the ledger keeps the doubtful line"


def test_two_rows_in_doubt_are_sent_again_one_after_the_other(store):
    """What was made behind a lost row has a seed of its own and is neither made nor paid for a second time."""
    run = run_of(store, ScriptedModel([LOST]))
    run = resumed(store, run, ScriptedModel([LOST]))
    run = resumed(store, run, ScriptedModel(["Third.", DOWN]))
    assert run.counts == {"in_doubt": 2, "drafted": 1, "failed": 1}
    for row, left in ((0, {"in_doubt": 1, "drafted": 2, "failed": 1}), (1, {"drafted": 3, "failed": 1})):
        model = ScriptedModel([f"Row {row}.", DOWN])
        run = resumed(store, run, model, row)
        assert run.counts == left
        assert len(model.history) == 2, "the row that was named, and the one that failed"
    last = ScriptedModel(["Fourth."])
    run = resumed(store, run, last)
    assert texts(store, run) == {0: "Row 0.", 1: "Row 1.", 2: "Third.", 3: "Fourth."}
    assert len(last.history) == 1


def test_a_row_that_is_lost_again_stays_in_doubt_and_can_be_named_again(store):
    run = run_of(store, ScriptedModel([LOST]), variants=1)
    run = resumed(store, run, ScriptedModel([LOST]), 0)
    assert run.counts == {"in_doubt": 1}
    with pytest.raises(InvalidInput, match="nothing is left"):
        resumed(store, run, ScriptedModel(echo))
    assert resumed(store, run, ScriptedModel(echo), 0).counts == {"drafted": 1}
    assert [call.state for call in store.calls(run.id)] == ["in_doubt", "in_doubt", "done"]


@pytest.mark.parametrize("row", [0, 2])
def test_only_what_is_in_doubt_can_be_named(store, row):
    run = run_of(store, ScriptedModel(["Fine.", LOST]))
    with pytest.raises(InvalidInput, match="may have been charged"):
        resumed(store, run, ScriptedModel(echo), row)


def test_the_same_run_again_is_answered_from_the_ledger_when_that_is_wanted(store):
    first = run_of(store, ScriptedModel(echo), parents=("s1", "s2"))
    silent = ScriptedModel([])
    again = run_of(store, silent, parents=("s1", "s2"), reuse=True)
    assert silent.history == []
    assert (again.counts["drafted"], again.reused) == (8, 8)
    assert texts(store, again) == texts(store, first)
    assert all(draft.meta["reused"] for draft in drafts_of(store, again.id))
    assert store.calls(again.id) == [], "it cost nothing"


@pytest.mark.parametrize("lost", [LOST, DOWN], ids=["in doubt", "failed"])
def test_what_came_to_nothing_in_another_run_is_no_answer_and_is_sent(store, lost):
    run_of(store, ScriptedModel([lost]), variants=1)
    model = ScriptedModel(echo)
    run = run_of(store, model, variants=1, reuse=True)
    assert (run.counts, len(model.history)) == ({"drafted": 1}, 1)


def test_without_being_asked_for_nothing_is_reused(store):
    run_of(store, ScriptedModel(echo))
    model = ScriptedModel(echo)
    assert run_of(store, model).reused == 0
    assert len(model.history) == 4


@pytest.mark.parametrize(
    "change", [{"seed": 4}, {"model": "other"}, {"instructions": "Be long."}, {"temperature": 0.1}]
)
def test_only_the_very_same_request_is_reused(store, change):
    run_of(store, ScriptedModel(echo))
    model = ScriptedModel(echo, name=change.get("model", "scripted"))
    params = {"variants": 4, **{name: change[name] for name in change.keys() & {"instructions", "temperature"}}}
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=("s1",), query="", params=params, budget=Budget(),
        seed=change.get("seed", 3), model=model, reuse=True,
    )  # fmt: skip
    assert job.wait(30).reused == 0
    assert len(model.history) == 4


def test_what_is_not_in_the_ledger_is_sent_and_counted(store):
    run_of(store, ScriptedModel(echo), variants=2)
    model = ScriptedModel(echo)
    run = run_of(store, model, reuse=True)
    assert (run.counts, run.reused, len(model.history)) == ({"drafted": 4}, 2, 2)
    assert len(store.calls(run.id)) == 2


def test_a_resumed_run_goes_on_reusing(store):
    run_of(store, ScriptedModel(echo))
    stopped = run_of(store, ScriptedModel(echo), parents=("s1", "s2"), variants=2, reuse=True, pilot=1)
    assert stopped.state == "interrupted"
    model = ScriptedModel(echo)
    run = resumed(store, replace(stopped), model)
    assert run.counts == {"drafted": 4}
    assert run.reused == 4 - len(model.history)
    assert run.reused >= 2


def just(store, run, model, *rows, **more):
    """Only these rows of the run are tried."""
    ids = [draft.id for draft in drafts_of(store, run.id) if draft.row in rows]
    resume_run(store, Jobs(), run.id, author="ana", model=model, only=ids, **more).wait(60)
    return read_run(store, run.id)


def states(store, run):
    return {draft.row: draft.state for draft in drafts_of(store, run.id)}


def test_one_row_is_sent_again_and_nothing_else_is_paid(store):
    run = run_of(store, ScriptedModel([LOST]), parents=("s1", "s2", "s3"), variants=1, pilot=1)
    assert (run.state, run.counts) == ("interrupted", {"in_doubt": 1, "waiting": 2})
    (doubtful,) = read_drafts(store, run.id, "in_doubt", 10)
    model = ScriptedModel(echo)
    after = just(store, run, model, doubtful.row, send_again=[doubtful.id])
    assert len(model.history) == 1
    assert after.counts == {"drafted": 1, "waiting": 2}
    assert (after.state, after.message, after.pilot) == (run.state, run.message, 1)
    resume_run(store, Jobs(), run.id, author="ana", model=model).wait(60)
    assert (read_run(store, run.id).counts, len(model.history)) == ({"drafted": 3}, 3)


def test_a_row_in_doubt_has_to_be_named_in_both(store):
    run = run_of(store, ScriptedModel([LOST, "Fine.", DOWN]), parents=("s1", "s2", "s3"), variants=1)
    lost = {draft.state: draft for draft in drafts_of(store, run.id)}
    with pytest.raises(InvalidInput, match="charged twice"):
        just(store, run, ScriptedModel([]), lost["in_doubt"].row)
    with pytest.raises(InvalidInput, match="others sent again"):
        just(store, run, ScriptedModel([]), lost["failed"].row, send_again=[lost["in_doubt"].id])
    with pytest.raises(InvalidInput, match="came to nothing"):
        just(store, run, ScriptedModel([]), lost["draft"].row)


def test_one_of_several_that_failed_is_tried_and_the_others_stay(store):
    run = run_of(store, ScriptedModel([DOWN] * 3), parents=("s1", "s2", "s3"), variants=1)
    model = ScriptedModel(echo)
    run = just(store, run, model, 1)
    assert (states(store, run), len(model.history)) == ({0: "failed", 1: "draft", 2: "failed"}, 1)
    assert just(store, run, model, 0, 2).counts == {"drafted": 3}
    assert len(model.history) == 3


def test_a_row_behind_one_that_failed_is_made_alone_and_never_paid_twice(store):
    """Row 2 of one conversation, whose row 1 failed: it has a seed of its own, which a later resume knows."""
    run = run_of(store, ScriptedModel(["Fine.", DOWN]))
    model = ScriptedModel(echo)
    run = just(store, run, model, 2)
    assert (states(store, run), len(model.history)) == ({0: "draft", 1: "failed", 2: "draft", 3: "failed"}, 1)
    resume_run(store, Jobs(), run.id, author="ana", model=model).wait(60)
    assert (read_run(store, run.id).counts, len(model.history)) == ({"drafted": 4}, 3)
    assert len(set(texts(store, run).values())) == 4


def test_a_refused_row_of_a_run_that_is_done_is_asked_anew_with_other_numbers(store):
    run = run_of(store, ScriptedModel([ModelRefused("I will not"), "Fine."]), parents=("s1", "s2"), variants=1)
    assert (run.state, run.counts) == ("done", {"drafted": 1, "failed": 1})
    (refused,) = read_drafts(store, run.id, "failed", 10)
    model = ScriptedModel(["So be it."])
    after = just(store, run, model, refused.row)
    assert (after.state, after.counts) == ("done", {"drafted": 2})
    asked = [call.request_hash for call in store.calls(run.id) if call.row == refused.row]
    assert len(set(asked)) == 2


def test_a_row_whose_answer_could_not_be_read_is_asked_anew_even_when_the_request_is_the_same(store, monkeypatch):
    """The ledger has the answer of no use: it is not given again, neither now nor when the run is resumed later."""
    monkeypatch.setattr("random.Random.getrandbits", lambda self, bits: 7)  # a recipe that always sends the same
    with monkeypatch.context() as patch:
        patch.setattr("workbench.generate.recipes.answer.Candidate", broken)
        run = run_of(store, ScriptedModel(["An answ"]), variants=2, reuse=True)
    assert run.counts == {"failed": 2}
    model = ScriptedModel(["An answer."])
    run = just(store, run, model, 0)
    assert (texts(store, run), len(model.history)) == ({0: "An answer."}, 1)
    run = just(store, run, ScriptedModel(["Another."]), 1)
    assert texts(store, run) == {0: "An answer.", 1: "Another."}


def test_an_answer_of_no_use_is_not_taken_again_later_when_the_row_asked_anew_was_lost(store, monkeypatch):
    monkeypatch.setattr("random.Random.getrandbits", lambda self, bits: 7)  # a recipe that always sends the same
    with monkeypatch.context() as patch:
        patch.setattr("workbench.generate.recipes.answer.Candidate", broken)
        run = run_of(store, ScriptedModel(["An answ"]), variants=1)
    run = just(store, run, ScriptedModel([DOWN]), 0)
    assert run.counts == {"failed": 1}
    assert texts(store, resumed(store, run, ScriptedModel(["An answer."]))) == {0: "An answer."}


def broken(*_, **__):
    raise GenerateError("the model did not answer with valid JSON", raw="An answ")


def test_a_row_sent_again_that_then_fails_does_not_pay_for_its_neighbours_later(store):
    """What was made behind it keeps its seed, however often the row itself is tried."""
    run = run_of(store, ScriptedModel([LOST]))
    run = resumed(store, run, ScriptedModel(["Second.", "Third.", DOWN]))
    run = resumed(store, run, ScriptedModel([DOWN, DOWN]), 0)
    run = resumed(store, run, ScriptedModel(["First.", DOWN]))
    assert run.counts == {"drafted": 3, "failed": 1}
    model = ScriptedModel(["Fourth."])
    run = resumed(store, run, model)
    assert (run.counts, len(model.history)) == ({"drafted": 4}, 1)
    assert texts(store, run) == {0: "First.", 1: "Second.", 2: "Third.", 3: "Fourth."}


def test_a_stopped_run_stays_stopped_when_one_row_of_it_is_tried(store):
    run = run_of(store, ScriptedModel([DOWN, "Fine."]), parents=("s1", "s2", "s3"), variants=1, pilot=2)
    with store.write("ana", "stop", undoable=False) as writer:
        writer.save_run(replace(run, state="cancelled", message="stopped on request"))
    (failed,) = read_drafts(store, run.id, "failed", 10)
    after = just(store, run, ScriptedModel(echo), failed.row)
    assert (after.state, after.message, after.counts) == (
        "cancelled",
        "stopped on request",
        {"drafted": 2, "cancelled": 1},
    )
