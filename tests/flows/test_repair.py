"""An answer that could not be read is mended by a person: nothing is sent, the row becomes a draft that says so."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from tests.llm.endpoint import chunk, endpoint
from workbench.errors import GenerateError, InvalidInput, ModelError, ModelRefused, WorkbenchError
from workbench.flows.decide import accept
from workbench.flows.generate import resume_run, start_run
from workbench.flows.repair import repair
from workbench.flows.runs import claim, drafts_of, read_drafts, read_run, release
from workbench.generate import RECIPES
from workbench.generate.base import NoParams, Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.replies import read_json
from workbench.jobs import Jobs
from workbench.llm import Message, Request, ScriptedModel
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.model import Budget, Turn
from workbench.store import open_store

ONE = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1}
PAIR = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(3))
    opened.set_setting("model", {"in_flight": 1})
    yield opened
    opened.close()


@pytest.fixture
def recipe(monkeypatch):
    """Two drafts from one JSON answer, then one more from each further answer."""

    def make(parent, params, model, rng):
        first = model.reply(Request((Message("user", "two"),), seed=rng.getrandbits(31)))
        for text in read_json(first.text, PAIR):
            yield Candidate((*parent.turns[:1], Turn("n", "assistant", text)))
        for _ in range(2):
            reply = model.reply(Request((Message("user", "one"),), seed=rng.getrandbits(31)))
            yield Candidate((*parent.turns[:1], Turn("n", "assistant", read_json(reply.text, ONE)[0])))

    found = Recipe(
        name="pairs-of-two", version="1", title="t", explanation="e", make=make, needs_model=True, params=NoParams,
        per_parent=lambda params: 4, prompts=(),
    )  # fmt: skip
    monkeypatch.setattr(RECIPES, "_entries", {name: (RECIPES.get(name), "workbench") for name in RECIPES.names()})
    monkeypatch.setitem(RECIPES._entries, found.name, (found, "tests"))
    return found.name


def run_of(store, model, recipe="answer", *, parents=("s1",), params=None, reuse=False):
    job = start_run(
        store, Jobs(), author="ana", recipe=recipe, parents=parents, query="", params=params or {},
        budget=Budget(), seed=3, model=model, reuse=reuse,
    )  # fmt: skip
    job.wait(60)
    return read_run(store, job.run)


def lost(store, run, row=0):
    return next(draft for draft in drafts_of(store, run.id) if draft.row == row)


def test_a_mended_answer_gives_the_rows_that_were_lost_with_it(store, recipe):
    model = ScriptedModel(['["One.", "Two."'])
    run = run_of(store, model, recipe)
    assert run.counts == {"failed": 4}
    failed = lost(store, run)
    assert failed.meta["raw"] == '["One.", "Two."'
    draft = repair(store, "bo", failed.id, '["One.", "Two."]')
    run = read_run(store, run.id)
    assert run.counts == {"drafted": 2, "failed": 2}
    assert draft.turns[-1].content == "One."
    told = draft.meta["repaired"]
    assert (told["by"], told["of"], told["raw"]) == ("bo", failed.id, failed.meta["raw"])
    assert draft.calls == failed.calls
    assert len(model.history) == 1, "nothing was sent"
    assert store.draft(failed.id).state == "failed", "the record of the failure is kept"


def test_rows_behind_a_repaired_one_are_made_by_resuming_without_asking_for_it_again(store, recipe):
    run = run_of(store, ScriptedModel(["[", "never"]), recipe)
    repair(store, "bo", lost(store, run).id, '["One.", "Two."]')
    model = ScriptedModel(['["Three.", "Four."]'])
    resume_run(store, Jobs(), run.id, author="ana", model=model).wait(30)
    run = read_run(store, run.id)
    assert run.counts == {"drafted": 4}
    said = [draft.turns[-1].content for draft in sorted(drafts_of(store, run.id), key=lambda draft: draft.row)]
    assert said == ["One.", "Two.", "Three.", "Four."]
    assert len(model.history) == 1


def test_a_later_answer_is_mended_with_the_earlier_ones_from_the_ledger(store, recipe):
    model = ScriptedModel(['["One.", "Two."]', "Three."])
    run = run_of(store, model, recipe)
    assert run.counts == {"drafted": 2, "failed": 2}
    repair(store, "bo", lost(store, run, 2).id, '["Three."]')
    assert read_run(store, run.id).counts == {"drafted": 3, "failed": 1}
    assert lost(store, run, 2).turns[-1].content == "Three."


def test_an_answer_reused_from_another_run_is_mended_too(store, recipe):
    run_of(store, ScriptedModel(['["One.", "Two."]', "Three."]), recipe)
    run = run_of(store, ScriptedModel([]), recipe, reuse=True)
    assert run.counts == {"drafted": 2, "failed": 2}
    assert store.calls(run.id) == []
    repair(store, "bo", lost(store, run, 2).id, '["Three."]')
    assert read_run(store, run.id).counts == {"drafted": 3, "failed": 1}


def test_what_still_cannot_be_read_changes_nothing_and_says_why(store, recipe):
    run = run_of(store, ScriptedModel(["["]), recipe)
    with pytest.raises(GenerateError, match="the number of items of answer should be 2, it is 1"):
        repair(store, "bo", lost(store, run).id, '["One."]')
    assert read_run(store, run.id).counts == {"failed": 4}


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_answer_is_refused(store, recipe, text):
    run = run_of(store, ScriptedModel(["["]), recipe)
    with pytest.raises(InvalidInput, match="empty"):
        repair(store, "bo", lost(store, run).id, text)


@pytest.mark.parametrize("broken", [ModelError("the endpoint is down"), ModelRefused("I will not", raw="I will not")])
def test_a_row_without_an_answer_cannot_be_repaired(store, broken):
    run = run_of(store, ScriptedModel([broken]), params={"variants": 1})
    with pytest.raises(InvalidInput, match="no answer to repair"):
        repair(store, "bo", lost(store, run).id, "Yes.")


def test_a_repaired_row_is_not_repaired_twice(store, recipe):
    run = run_of(store, ScriptedModel(["["]), recipe)
    failed = lost(store, run)
    repair(store, "bo", failed.id, '["One.", "Two."]')
    with pytest.raises(WorkbenchError, match="no answer to repair"):
        repair(store, "bo", failed.id, '["One.", "Two."]')


def test_who_mended_it_stands_in_the_origin_of_the_sample(store, recipe):
    run = run_of(store, ScriptedModel(["["]), recipe)
    draft = repair(store, "bo", lost(store, run).id, '["One.", "Two."]')
    assert accept(store, "ana", [draft.id])[0].origin.edited_by == "bo"


def test_an_answer_of_another_shape_over_http_keeps_its_text_is_paid_for_and_can_be_mended(store):
    """The shape is checked where the answer comes in: the ledger says failed, and what it took."""
    usage = {"prompt_tokens": 11, "completion_tokens": 5}

    def wrong(handler, body):
        handler.stream([chunk('{"steps": "no'), chunk(None, "stop", usage=usage), b"data: [DONE]\n\n"])

    with endpoint(wrong) as server:
        run = run_of(store, OpenAICompatible(server.url, "m"), "explain")
        assert len(server.requests) == 1
        failed = read_drafts(store, run.id, "failed", 1)[0]
        shape = server.requests[0][1]["response_format"]["json_schema"]["schema"]
        assert failed.meta["raw"] == '{"steps": "no'
        call = store.calls(run.id)[0]
        assert (call.state, call.prompt_tokens, call.completion_tokens) == ("failed", 11, 5)
        assert shape["type"] == "object"
        with pytest.raises(WorkbenchError, match="JSON"):
            repair(store, "bo", failed.id, '{"steps":')
        assert len(server.requests) == 1


def test_nothing_is_repaired_while_the_run_is_at_work(store, recipe):
    run = run_of(store, ScriptedModel(["["]), recipe)
    failed = lost(store, run)
    assert claim(store, run.id)
    with pytest.raises(InvalidInput, match="at work"):
        repair(store, "bo", failed.id, '["One.", "Two."]')
    release(store, run.id)
    assert store.drafts(run=run.id, state="draft") == []
    assert repair(store, "bo", failed.id, '["One.", "Two."]').turns
    assert claim(store, run.id), "whoever repairs lets the run go again"
