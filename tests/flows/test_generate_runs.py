"""Runs end to end: rows add up, budgets stop, seeds repeat, an interruption costs nothing twice."""

from __future__ import annotations

import threading
from dataclasses import replace

from tests.builders import a_sample
from tests.flows.run_desk import echo, finished, start
from tests.flows.run_desk import store as store  # the fixture
from workbench.errors import ModelError
from workbench.flows.generate import resume_run
from workbench.flows.runs import drafts_of, read_drafts, read_run, read_runs
from workbench.jobs import Jobs
from workbench.llm import Price, ScriptedModel
from workbench.model import Budget, Source


def total(run):
    return sum(run.counts.values())


def test_every_requested_row_is_accounted_for(store):
    def sometimes(request):
        if request.seed % 5 == 0:
            raise ModelError("no luck")
        if request.seed % 5 == 1:
            raise ModelError("lost", maybe_charged=True)
        return echo(request)

    run = finished(start(store, params={"variants": 4}, model=ScriptedModel(sometimes)), store)
    assert (run.state, run.requested, total(run)) == ("done", 48, 48)
    assert {"drafted", "failed", "in_doubt"} <= set(run.counts)
    assert {"no luck", "lost"} <= set(run.reasons)
    assert {draft.row for draft in drafts_of(store, run.id)} == set(range(48))


def test_results_do_not_depend_on_the_order_of_work(store):
    def texts(in_flight):
        store.set_setting("model", {"in_flight": in_flight})
        run = finished(start(store, params={"variants": 2}, model=ScriptedModel(echo), seed=9), store)
        return {draft.row: draft.turns for draft in drafts_of(store, run.id)}

    assert texts(1) == texts(8)


def test_the_ledger_holds_every_call_and_each_draft_its_own(store):
    model = ScriptedModel(echo, price=Price(1.0, 1.0))
    run = finished(start(store, model=model, params={"variants": 2}), store)
    calls = store.calls(run.id)
    assert len(calls) == len(model.history) == 24
    assert sorted(call for draft in drafts_of(store, run.id) for call in draft.calls) == [call.id for call in calls]
    assert all(call.usd > 0 for call in calls)


def test_a_budget_stops_the_run_and_a_raised_one_goes_on_without_paying_twice(store):
    model = ScriptedModel(echo)
    run = finished(start(store, model=model, params={"variants": 1}, budget=Budget(calls=5)), store)
    assert (run.state, len(model.history), run.counts) == ("failed", 5, {"drafted": 5, "waiting": 7})
    assert "limit" in run.message
    job = resume_run(store, Jobs(), run.id, author="ana", model=model, budget=Budget(calls=100))
    run = finished(job, store)
    assert (run.state, len(model.history), run.counts) == ("done", 12, {"drafted": 12})


def test_cancel_keeps_what_is_there_and_resume_makes_the_rest(store):
    begun, go_on = threading.Event(), threading.Event()

    def slow(request):
        begun.set()
        go_on.wait(10)
        return echo(request)

    model = ScriptedModel(slow)
    job = start(store, model=model, params={"variants": 1})
    begun.wait(10)
    job.cancel()
    go_on.set()
    run = finished(job, store)
    assert run.state == "cancelled"
    assert run.counts["cancelled"] > 0
    assert total(run) == run.requested == 12
    run = finished(resume_run(store, Jobs(), run.id, author="ana", model=model), store)
    assert (run.state, run.counts, len(model.history)) == ("done", {"drafted": 12}, 12)


def test_a_run_left_by_a_dead_process_is_interrupted_and_its_open_calls_in_doubt(store):
    model = ScriptedModel(echo)
    run = finished(start(store, parents=["s1"], model=model, params={"variants": 2}), store)
    lost = replace(run, id="run_lost", state="running", requested=2, ended_at=None)
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(lost)
    first = store.calls(run.id)[0]
    store.reserve_call(replace(first, run="run_lost", state="sent", response=""))
    assert {one.id: one.state for one in read_runs(store)}["run_lost"] == "interrupted"
    assert [call.state for call in store.calls("run_lost")] == ["in_doubt"]


def test_a_run_whose_process_ended_when_nothing_was_left_to_try_is_done(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 2}), store)
    for left, state in ((0, "done"), (1, "interrupted")):
        with store.write("ana", "run", undoable=False) as writer:
            writer.save_run(replace(run, state="running", requested=2 + left, ended_at=None))
        assert read_run(store, run.id).state == state
    assert read_run(store, run.id).message == "the process ended; resume to go on"


def test_a_call_in_doubt_is_not_sent_again_on_resume(store):
    model = ScriptedModel(echo)
    run = finished(start(store, parents=["s1", "s2"], model=model, params={"variants": 1}), store)
    lost = replace(run, id="run_lost", state="running", ended_at=None)
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(lost)
    first = next(call for call in store.calls(run.id) if call.row == 0)
    store.reserve_call(replace(first, run="run_lost", state="sent", response=""))
    again = finished(resume_run(store, Jobs(), "run_lost", author="ana", model=model), store)
    assert again.counts == {"in_doubt": 1, "drafted": 1}
    assert len(model.history) == 3


def test_an_endpoint_that_only_fails_is_given_up(store):
    model = ScriptedModel([ModelError("the key is wrong")] * 50)
    run = finished(start(store, model=model, params={"variants": 1}), store)
    assert run.state == "failed"
    assert len(model.history) < 12
    assert "one after the other" in run.message


def test_a_broken_recipe_is_a_failed_row_with_its_error(store, monkeypatch):
    from workbench.generate.registry import RECIPES

    def broken(*_):
        raise ZeroDivisionError("oops")
        yield

    noise = replace(RECIPES.get("noise"), make=broken)
    monkeypatch.setitem(RECIPES._entries, "noise", (noise, "workbench"))
    run = finished(start(store, "noise", parents=["s1"]), store)
    assert (run.counts, list(run.reasons)) == ({"failed": 1}, ["the recipe broke: ZeroDivisionError: oops"])


def test_a_copy_of_its_parent_is_set_aside(store):
    replies = ["Question 1, please?", "Answer 1."]
    run = finished(start(store, "paraphrase", parents=["s1"], model=ScriptedModel(replies)), store)
    assert (run.counts, run.reasons) == ({"gated": 1}, {"copy": 1})


class Elsewhere(ScriptedModel):
    on_this_machine = False


def test_text_leaves_this_machine_only_where_its_source_lets_it(store):
    model = Elsewhere(echo)
    run = finished(start(store, parents=["s1"], model=model, params={"variants": 1}), store)
    assert run.counts == {"failed": 1}
    assert model.history == []
    with store.write("ana", "source") as writer:
        source = writer.save_source(Source("open", policy="may_leave"))
        writer.add_samples([a_sample("May I go?", "Yes.", id="free", source=source.id)])
    run = finished(start(store, parents=["free"], model=model, params={"variants": 1}), store)
    assert run.counts == {"drafted": 1}


def test_rows_that_came_to_nothing_are_listed_when_asked_for(store):
    replies = [ModelError("no luck"), "Fine."]
    run = finished(start(store, parents=["s1", "s2"], model=ScriptedModel(replies), params={"variants": 1}), store)
    assert [draft.state for draft in read_drafts(store, run.id, None, 10)] == ["draft"]
    assert [draft.reason for draft in read_drafts(store, run.id, "failed", 10)] == ["no luck"]
