"""An endpoint that answers nothing but errors is given up; one whose answers are only looked at slowly is not."""

from __future__ import annotations

import time

import pytest

from tests.builders import a_sample
from workbench.errors import ModelError
from workbench.flows.gating import Gating
from workbench.flows.generate import resume_run, start_run
from workbench.flows.runs import drafts_of, read_run
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store

ROWS = 16


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(ROWS))
    opened.set_setting("model", {"in_flight": 8})
    yield opened
    opened.close()


def a_run(store, model):
    return start_run(store, Jobs(), author="ana", recipe="answer", parents=[f"s{n}" for n in range(ROWS)], query="",
                     params={"variants": 1}, budget=Budget(), seed=1, model=model)  # fmt: skip


def test_failures_that_come_while_good_answers_are_looked_at_do_not_end_a_run(store, monkeypatch):
    look = Gating.look

    def slowly(*given):
        time.sleep(1.0)
        return look(*given)

    monkeypatch.setattr(Gating, "look", slowly)
    number = iter(range(ROWS))

    def model(request):
        if next(number) % 4:
            raise ModelError("the endpoint answered 500")
        return f"Reply {request.seed}"

    run = read_run(store, a_run(store, ScriptedModel(model)).wait(60).id)
    assert (run.state, sum(run.counts.values()), run.counts["failed"]) == ("done", ROWS, 3 * ROWS // 4)


def test_an_endpoint_that_answers_nothing_but_errors_is_given_up(store):
    model = ScriptedModel([ModelError("the endpoint answered 500")] * ROWS)
    run = a_run(store, model).wait(60)
    assert run.state == "failed"
    assert "one after the other" in run.message


def test_the_cause_stands_before_what_was_not_tried_because_of_it_and_the_job_counts_both(store):
    model = ScriptedModel([ModelError("the endpoint cannot be reached")] * 2)
    job = start_run(store, Jobs(), author="ana", recipe="answer", parents=["s0", "s1"], query="",
                    params={"variants": 3}, budget=Budget(), seed=1, model=model)  # fmt: skip
    run = read_run(store, job.wait(60).id)
    assert list(run.reasons.values()) == [2, 4]
    assert next(iter(run.reasons)) == "the endpoint cannot be reached"
    assert (job.lost, job.as_dict()["lost"]) == (6, 6)


def test_a_row_that_is_made_again_counts_for_itself(store):
    given = {"author": "ana", "recipe": "answer", "parents": ["s0", "s1"], "query": "", "params": {"variants": 1}}
    lost = ScriptedModel([ModelError("the endpoint answered 500")] * 2)
    first = start_run(store, Jobs(), budget=Budget(), seed=1, model=lost, **given)
    run = first.wait(60).id
    draft = next(draft for draft in drafts_of(store, run) if draft.row == 0)
    again = resume_run(store, Jobs(), run, author="ana", model=ScriptedModel(["Yes, it is."]), only=[draft.id])
    assert again.wait(60).id == run
    assert (first.lost, again.lost) == (2, 0)
