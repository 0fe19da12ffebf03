"""Runs end to end: rows add up, budgets stop, seeds repeat, an interruption costs nothing twice."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.errors import Cancelled, InvalidInput, ModelError
from workbench.flows.decide import accept, rank, reject
from workbench.flows.generate import estimate, resume_run, start_run
from workbench.flows.runs import drafts_of, read_drafts, read_run, read_runs
from workbench.jobs import Jobs
from workbench.llm import Price, ScriptedModel
from workbench.model import Budget, Run, Source, Turn
from workbench.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(12))
    yield opened
    opened.close()


def start(store, recipe="answer", *, parents=None, model=None, **more):
    more = {"query": "", "params": {}, "budget": Budget(), "seed": 0, **more}
    parents = parents or [f"s{n}" for n in range(12)]
    return start_run(store, Jobs(), author="ana", recipe=recipe, parents=parents, model=model, **more)


def finished(job, store) -> Run:
    with suppress(Cancelled):
        job.wait(60)
    return read_run(store, job.subject)


def echo(request):
    return f"Reply {request.seed}"


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


def test_accepting_gives_a_sample_with_its_whole_origin(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}, seed=4), store)
    (draft,) = drafts_of(store, run.id)
    (sample,) = accept(store, "ben", [draft.id])
    origin = sample.origin
    assert (origin.parents, origin.recipe, origin.version, origin.run, origin.draft) == (
        ("s1",),
        "answer",
        draft.version,
        run.id,
        draft.id,
    )
    assert (origin.depth, origin.model, origin.branch_of, origin.branch_at) == (1, "scripted", "s1", "t1")
    assert (sample.source, sample.language, origin.edited_by) == ("src_test", "en", None)


def test_the_depth_grows_with_each_generation(store):
    parent = "s1"
    for depth in (1, 2, 3):
        run = finished(start(store, "noise", parents=[parent], seed=depth), store)
        (sample,) = accept(store, "ana", [drafts_of(store, run.id)[0].id])
        assert sample.origin.depth == depth
        parent = sample.id


def test_an_edit_before_accepting_is_recorded(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content="Better."), Turn("", "user", "Thanks.")]
    (sample,) = accept(store, "ben", [draft.id], turns=turns)
    assert sample.origin.edited_by == "ben"
    assert [turn.content for turn in sample.turns[-2:]] == ["Better.", "Thanks."]
    assert all(turn.id for turn in sample.turns)


def test_accept_undo_and_accept_again(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    (sample,) = accept(store, "ana", [draft.id])
    store.undo("ana")
    assert store.draft(draft.id).state == "draft"
    assert read_run(store, run.id).counts == {"drafted": 1}
    (again,) = accept(store, "ana", [draft.id])
    assert (again.id, again.state) == (sample.id, "active")


def test_accepted_in_other_words_after_an_undo_it_says_those(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    accept(store, "ana", [draft.id])
    store.undo("ana")
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content="Better.")]
    (edited,) = accept(store, "ana", [draft.id], turns=turns)
    assert (edited.turns[-1].content, edited.origin.edited_by, edited.state) == ("Better.", "ana", "active")
    store.undo("ana")
    assert (store.draft(draft.id).state, store.get(edited.id).state) == ("draft", "archived")
    (as_made,) = accept(store, "ana", [draft.id])
    assert (as_made.turns, as_made.origin.edited_by) == (draft.turns, None)


def test_reject_needs_a_reason_and_is_counted(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 2}), store)
    ids = [draft.id for draft in drafts_of(store, run.id)]
    with pytest.raises(InvalidInput):
        reject(store, "ana", ids, " ")
    reject(store, "ana", ids, "off topic")
    run = read_run(store, run.id)
    assert (run.counts, run.reasons) == ({"rejected": 2}, {"off topic": 2})
    with pytest.raises(InvalidInput):
        accept(store, "ana", ids)


def test_candidates_of_one_request_are_ranked_with_ties(store):
    run = finished(start(store, parents=["s1", "s2"], model=ScriptedModel(echo), params={"variants": 2}), store)
    one, two, other, _ = (draft.id for draft in sorted(drafts_of(store, run.id), key=lambda draft: draft.row))
    rank(store, "ana", {one: 1, two: 1})
    assert [store.draft(draft_id).rank for draft_id in (one, two)] == [1, 1]
    with pytest.raises(InvalidInput, match="one request"):
        rank(store, "ana", {one: 1, other: 2})


def test_an_estimate_counts_calls_without_asking_anybody(store):
    found = estimate(store, "answer", ["s1", "s2"], {"variants": 3, "max_tokens": 100})
    assert (found.rows, found.drafts, found.calls, found.usd) == (2, 6, 6, 0.0)
    assert 0 < found.prompt_tokens + found.completion_tokens < found.tokens_most
    assert estimate(store, "noise", ["s1"], {}).calls == 0


def test_an_unknown_price_stays_unknown_and_cannot_be_limited_in_dollars(store):
    store.set_setting("model", {"base_url": "https://api.example.com/v1", "model": "m"})
    assert estimate(store, "answer", ["s1"], {}).usd is None
    model = ScriptedModel(echo)
    model.price = None
    with pytest.raises(InvalidInput, match="price"):
        start(store, model=model, budget=Budget(usd=1.0))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 10**400, True, "2"])
@pytest.mark.parametrize("limit", ["usd", "tokens", "calls"])
def test_a_limit_that_is_no_amount_is_refused(store, limit, value):
    with pytest.raises(InvalidInput, match=f"a budget cannot have .* {limit}"):
        start(store, budget=Budget(**{limit: value}))


def test_an_estimate_covers_what_the_run_takes(store):
    model = ScriptedModel(lambda request: "word " * 20)
    found = estimate(store, "duet", [f"s{n}" for n in range(12)], {"turns": 4})
    run = finished(start(store, "duet", model=model, params={"turns": 4}), store)
    calls = store.calls(run.id)
    assert found.calls == len(calls)
    assert sum(call.prompt_tokens + call.completion_tokens for call in calls) <= found.tokens_most
