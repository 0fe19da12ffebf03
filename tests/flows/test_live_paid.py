"""Conversations run turn by turn: the ledger, the limit, and what is left after a kill."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from tests.flows.live_desk import begun, run_on, talk
from tests.flows.live_desk import store as store  # the fixture
from workbench.errors import BudgetExceeded, CallInDoubt, GenerateError, ModelError, ModelRefused
from workbench.flows.generate import estimate, resume_run, start_run
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.flows.rewinding import rewind
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget, Source
from workbench.store import open_store


def test_every_call_is_in_the_ledger_and_under_the_cap_of_the_run(store):
    draft = begun(store, budget=Budget(calls=3))
    model = ScriptedModel(talk)
    with pytest.raises(BudgetExceeded):
        run_on(store, draft, model)
    assert len(model.history) == 2
    assert len(store.calls(draft.run)) == 3
    assert len(read_live(store, draft.id).turns) == 4
    more = play(store, Jobs(), draft.id, author="ana", model=model, budget=Budget(calls=5)).wait(20)
    assert more.finished
    assert store.run(draft.run).budget == Budget(calls=5)


def test_the_estimate_of_a_conversation_to_run_on_counts_all_its_turns(store):
    whole, begun_only = (estimate(store, "duet", ["s1"], {"turns": 6, "live": live}) for live in (False, True))
    assert (begun_only.calls, begun_only.tokens_most) == (whole.calls, whole.tokens_most)
    assert whole.calls == 5


def test_an_answer_of_no_use_counts_towards_the_cap_of_the_run(store):
    draft = begun(store, budget=Budget(calls=2))
    useless = ModelRefused("I will not")
    useless.tokens = (30, 5)
    with pytest.raises(ModelRefused):
        run_on(store, draft, ScriptedModel([useless]))
    model = ScriptedModel(talk)
    with pytest.raises(BudgetExceeded):
        run_on(store, draft, model)
    assert model.history == []


@pytest.mark.parametrize("nothing", ["User:", "refused"])
def test_a_turn_that_came_out_empty_is_asked_for_anew_and_was_paid_for(store, nothing):
    draft = begun(store)
    refusal = ModelRefused("I will not")
    refusal.tokens = (30, 5)
    first = ScriptedModel([refusal if nothing == "refused" else nothing])
    with pytest.raises((GenerateError, ModelRefused)):
        run_on(store, draft, first)
    second = ScriptedModel(talk)
    live = run_on(store, draft, second, turns=1)
    assert len(live.turns) == 3
    assert second.history[0].seed != first.history[0].seed, "the same question would get the same answer"
    paid = store.calls(draft.run)[1]
    assert paid.prompt_tokens > 0, "the answer of no use stays in the ledger as paid"
    assert paid.id not in live.turns[-1].calls
    assert run_on(store, draft, second).finished


def test_each_turn_says_which_call_gave_it_and_with_which_seed(store):
    draft = begun(store)
    live = run_on(store, draft)
    made = [item for item in live.turns if item.calls]
    assert len(made) == 4
    ledger = {call.id: call for call in store.calls(draft.run)}
    assert [orjson.loads(ledger[item.calls[-1]].response)["text"] for item in made] == [
        item.turn.content for item in made
    ]
    assert len({item.seed for item in made}) == 4
    assert draft.meta["turn_calls"] == {draft.turns[-1].id: draft.calls[0]}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_a_kill_no_kept_turn_is_lost_and_an_answered_call_is_not_sent_again(store, tmp_path, monkeypatch):
    draft = begun(store)
    run_on(store, draft, turns=1)
    model = ScriptedModel(talk)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("workbench.flows.playing.grow", killed)
        job = play(store, Jobs(), draft.id, author="ana", model=model)
        job._thread.join(20)
    assert len(model.history) == 1
    store.close()
    again = open_store(tmp_path / "w")
    assert len(read_live(again, draft.id).turns) == 3
    assert run_on(again, draft, model).finished
    assert len(model.history) == 3
    assert len(again.calls(draft.run)) == 1 + 1 + 3
    again.close()


def test_a_call_in_doubt_is_told_and_regenerating_asks_anew(store):
    draft = begun(store)
    run_on(store, draft, turns=1)
    model = ScriptedModel(talk)
    live = run_on(store, draft, model, turns=1)
    last = store.calls(draft.run)[-1]
    rewind(store, "ana", draft.id, live.turns[-1].turn.id)
    run_on(store, draft, model, turns=1)
    newest = store.calls(draft.run)[-1]
    assert newest.request_hash != last.request_hash
    # The process that asked for the next turn died before the answer: the same request is found "sent".
    probe = ScriptedModel(talk)
    run_on(store, draft, probe, turns=1)
    done = store.calls(draft.run)[-1]
    store.finish_call(replace(done, state="sent", response="", ended_at=None))
    lines = store.live_lines(draft.run, draft.id)
    keep = lines[-1].seq
    with store.write("ana", "cut", undoable=False) as writer:
        writer._tx.database.rows("DELETE FROM event WHERE seq = ?", (keep,))
    with pytest.raises(CallInDoubt, match="may have been charged"):
        run_on(store, draft, model, turns=1)
    assert store.calls(draft.run)[-1].state == "in_doubt"
    current = read_live(store, draft.id)
    rewind(store, "ana", draft.id, current.turns[-1].turn.id)
    assert len(run_on(store, draft, model, turns=1).turns) == len(current.turns)


def test_text_that_may_not_leave_is_not_sent_elsewhere(store):
    with store.write("ana", "source", undoable=False) as writer:
        writer.save_source(Source("hospital", policy="local_only", id="src_test"))
    draft = begun(store)
    model = ScriptedModel(talk)
    model.on_this_machine = False
    with pytest.raises(Exception, match="does not let text leave"):
        run_on(store, draft, model)
    assert model.history == []


def test_a_turn_in_doubt_is_no_doubt_of_the_conversations_that_the_run_has_still_to_make(store):
    params = {"turns": 6, "live": True, "variants": 2}
    model = ScriptedModel(talk)
    run = start_run(store, Jobs(), author="ana", recipe="duet", parents=["s1"], query="", params=params,
                    budget=Budget(calls=1), seed=1, model=model).wait(20)  # fmt: skip
    (draft,) = store.drafts(run=run.id, state="draft")
    with pytest.raises(ModelError):
        play(store, Jobs(), draft.id, author="ana", budget=Budget(), model=ScriptedModel([lost()])).wait(20)
    run = resume_run(store, Jobs(), run.id, author="ana", model=model, budget=Budget()).wait(20)
    assert (run.counts, len(model.history)) == ({"drafted": 2}, 2)


def lost():
    return ModelError("the line broke", maybe_charged=True)
