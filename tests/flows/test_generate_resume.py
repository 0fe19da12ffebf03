"""Going on with a run: what failed at the endpoint is tried again, what may have been charged is not."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.errors import Cancelled, InvalidInput, ModelError, ModelRefused
from workbench.flows.generate import resume_run, start_run
from workbench.flows.runs import claim, drafts_of, read_drafts, read_run, release
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget, Source
from workbench.store import open_store

DOWN = ModelError("the endpoint is down")
LOST = ModelError("no complete answer", maybe_charged=True)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(12))
    yield opened
    opened.close()


def echo(request):
    return f"Reply {request.seed}"


def ended(store, job):
    with suppress(Cancelled):
        job.wait(60)
    return read_run(store, job.subject)


def run_of(store, model, *, parents=("s1",), variants=4):
    more = {"query": "", "params": {"variants": variants}, "budget": Budget(), "seed": 3}
    return ended(store, start_run(store, Jobs(), author="ana", recipe="answer", parents=parents, model=model, **more))


def resumed(store, run, model):
    return ended(store, resume_run(store, Jobs(), run.id, author="ana", model=model))


def interrupted(store, run, *, row, calls):
    """A run like this one whose process died while the last of its first calls was under way."""
    lost = replace(run, id="run_lost", state="running", ended_at=None, counts={})
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(lost)
    first = store.calls(run.id)[:calls]
    for call in first[:-1]:
        store.finish_call(replace(call, id=store.reserve_call(replace(call, run="run_lost")), run="run_lost"))
    store.reserve_call(replace(first[-1], run="run_lost", row=row, state="sent", response=""))
    return lost


def test_rows_that_failed_at_the_endpoint_are_tried_again(store):
    run = run_of(store, ScriptedModel([DOWN] * 50), parents=[f"s{n}" for n in range(12)], variants=1)
    assert (run.state, sum(run.counts.values())) == ("failed", 12)
    again = resumed(store, run, ScriptedModel(echo))
    assert (again.state, again.counts) == ("done", {"drafted": 12})


def test_a_repaired_run_has_the_drafts_of_one_that_never_failed(store):
    def texts(run):
        return {draft.row: draft.turns for draft in drafts_of(store, run.id)}

    broken = run_of(store, ScriptedModel(["Reply one", DOWN]))
    assert broken.counts == {"drafted": 1, "failed": 3}
    resumed(store, broken, ScriptedModel(echo))
    whole = run_of(store, ScriptedModel(["Reply one", *"xyz"]))
    assert texts(broken)[0] == texts(whole)[0]
    seeds = [call.request_hash for call in store.calls(whole.id)]
    assert [call.request_hash for call in store.calls(broken.id) if call.state == "done"] == seeds


def test_rows_behind_one_in_doubt_are_tried_and_that_one_stays(store):
    run = run_of(store, ScriptedModel(["Fine.", LOST]))
    assert run.counts == {"drafted": 1, "in_doubt": 1, "failed": 2}
    model = ScriptedModel(echo)
    again = resumed(store, run, model)
    assert again.counts == {"drafted": 3, "in_doubt": 1}
    assert len(model.history) == 2
    assert len({draft.turns[-1].content for draft in drafts_of(store, run.id) if draft.turns}) == 3


def test_after_a_crash_the_rows_behind_the_lost_call_are_made_at_once(store):
    model = ScriptedModel(echo)
    lost = interrupted(store, run_of(store, model), row=0, calls=2)
    again = resumed(store, lost, model)
    assert again.counts == {"drafted": 3, "in_doubt": 1}
    assert len(model.history) == 4 + 2


def test_a_refusal_is_an_answer_and_stays_but_rows_behind_it_are_tried(store):
    run = run_of(store, ScriptedModel([ModelRefused("I will not")]))
    again = resumed(store, run, ScriptedModel(echo))
    assert (again.counts, again.reasons["I will not"]) == ({"failed": 1, "drafted": 3}, 1)


def test_every_try_is_kept_but_only_the_newest_counts(store):
    run = run_of(store, ScriptedModel([DOWN, "Fine."]), parents=("s1", "s2"), variants=1)
    resumed(store, run, ScriptedModel(echo))
    assert read_drafts(store, run.id, "failed", 10) == []
    assert [draft.reason for draft in store.drafts(run=run.id, state="failed")] == ["the endpoint is down"]
    assert len(drafts_of(store, run.id)) == 2


def test_a_row_that_fails_again_can_be_tried_a_third_time(store):
    run = run_of(store, ScriptedModel([DOWN]), variants=1)
    run = resumed(store, run, ScriptedModel([DOWN]))
    assert run.counts == {"failed": 1}
    assert resumed(store, run, ScriptedModel(echo)).counts == {"drafted": 1}


def test_text_that_was_held_back_is_sent_once_its_source_allows_it(store):
    class Elsewhere(ScriptedModel):
        on_this_machine = False

    with store.write("ana", "source") as writer:
        source = writer.save_source(Source("calls", policy="local_only"))
        writer.add_samples([a_sample("May I go?", "Yes.", id="kept", source=source.id)])
    run = run_of(store, Elsewhere(echo), parents=("kept",))
    assert run.counts == {"failed": 4}
    with store.write("ana", "source") as writer:
        writer.save_source(replace(source, policy="may_leave"))
    assert resumed(store, run, Elsewhere(echo)).counts == {"drafted": 4}


def test_a_run_whose_rows_are_settled_is_not_resumed(store):
    run = run_of(store, ScriptedModel([LOST]), variants=1)
    with pytest.raises(InvalidInput, match="nothing is left"):
        resume_run(store, Jobs(), run.id, author="ana", model=ScriptedModel(echo))


def test_a_run_that_somebody_has_just_resumed_is_not_resumed_a_second_time(store):
    run = run_of(store, ScriptedModel(["Fine.", ModelError("it is down")]))
    assert claim(store, run.id)
    with pytest.raises(InvalidInput, match="at work"):
        resumed(store, run, ScriptedModel(echo))
    release(store, run.id)
    assert resumed(store, run, ScriptedModel(echo)).counts == {"drafted": 4}


def test_a_run_on_another_machine_is_taken_to_be_at_work(store):
    """Its process cannot be looked for from here: its calls are not put in doubt, and nobody else goes on with it."""
    lost = interrupted(store, run_of(store, ScriptedModel(echo)), row=0, calls=1)
    there = {
        "pid": 2**22 + 1,
        "started": "another boot:1",
        "host": "another machine",
    }  # no process has that number here
    store.set_setting(f"working-on:{lost.id}", there)
    assert read_run(store, lost.id).state == "running"
    with pytest.raises(InvalidInput, match="at work already"):
        resumed(store, lost, ScriptedModel(echo))
    store.set_setting(f"working-on:{lost.id}", {**there, "host": socket.gethostname()})
    assert read_run(store, lost.id).state == "interrupted"


def test_a_run_of_another_version_of_its_recipe_is_not_gone_on_with(store):
    run = run_of(store, ScriptedModel(["Fine.", DOWN]))
    with store.write("ana", "run", undoable=False) as writer:
        writer.save_run(replace(run, version="0"))
    model = ScriptedModel(echo)
    with pytest.raises(InvalidInput, match="now, the run used 0"):
        resumed(store, run, model)
    assert model.history == []


def test_counts_add_up_for_a_run_that_was_killed(store):
    lost = interrupted(store, run_of(store, ScriptedModel(echo)), row=0, calls=1)
    run = read_run(store, lost.id)
    assert (run.state, run.counts, run.requested) == ("interrupted", {"waiting": 4}, 4)


def unread(text):
    lost = ModelError("the model did not answer with valid JSON", raw=text)
    lost.tokens = (500, 40)
    return lost


class Half:
    """Judges that are paid for and cannot be read; the answer of one number breaks the run off."""

    def __init__(self, broken):
        self.broken, self.answers = broken, 0

    def __call__(self, request):
        if request.schema_name == "scores":
            raise unread("{")
        self.answers += 1
        if self.answers == self.broken:
            raise unread("Reply")
        return f"Reply {request.seed}, I believe."


def test_a_judge_that_was_paid_for_and_not_understood_is_not_paid_again(store):
    more = {"query": "", "params": {"variants": 4, "judge": True}, "budget": Budget(), "seed": 3}
    first = ScriptedModel(Half(broken=3))
    run = ended(
        store, start_run(store, Jobs(), author="ana", recipe="rank_n", parents=["s1"], model=first, **more)
    )  # fmt: skip
    assert run.counts == {"drafted": 2, "failed": 2}
    second = ScriptedModel(Half(broken=0))
    assert resumed(store, run, second).counts == {"drafted": 4}
    asked = [request.hash("scripted", "scripted") for request in (*first.history, *second.history)]
    assert len(asked) - len(set(asked)) == 1, "only the answer that the row came to nothing with is asked anew"
    assert [request.schema_name for request in second.history] == ["answer", "scores", "answer", "scores"]
    assert len(store.calls(run.id)) == len(asked) == 9
