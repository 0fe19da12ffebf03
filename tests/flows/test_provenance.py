"""A draft says which model really answered, and which call gave which turn."""

from __future__ import annotations

import json

import pytest

from tests.builders import a_sample
from tests.llm.endpoint import completion, endpoint
from workbench.flows.generate import start_run
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.llm.answering import another_model
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.model import Budget
from workbench.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples([a_sample("Can you help me, please?", "Of course. What is it?", id="s1")])
    yield opened
    opened.close()


def drafts_from(store, recipe, model, **params):
    run = start_run(store, Jobs(), author="ana", recipe=recipe, parents=["s1"], query="", params=params,
                    budget=Budget(), seed=1, model=model).wait(20)  # fmt: skip
    return store.drafts(run=run.id)


def answering_as(name):
    """An endpoint that answers under this name, whatever was asked for."""

    def behave(handler, body):
        text = f"It opens at {body['seed'] % 7}, I believe."
        if body.get("stream"):
            whole = completion(model=name)
            choice = {"index": 0, "finish_reason": "stop", "delta": {"content": text}}
            handler.stream(
                [b"data: " + json.dumps({**whole, "choices": [choice]}).encode() + b"\n\n", b"data: [DONE]\n\n"]
            )
        else:
            handler.send_json(completion(text, model=name))

    return behave


@pytest.mark.parametrize(
    ("answered", "other", "named"),
    [
        ("cheap-mini", True, ["cheap-mini"]),
        ("big-pro", False, None),
        ("big-pro-2026-01-05", False, ["big-pro-2026-01-05"]),
    ],
)
def test_another_model_than_the_one_asked_is_told_on_the_draft(store, answered, other, named):
    with endpoint(answering_as(answered)) as server:
        (draft,) = drafts_from(store, "answer", OpenAICompatible(server.url, "big-pro"), variants=1)
    found = [finding for finding in draft.gates if finding.check == "model"]
    assert [(one.severity, one.message) for one in found] == (
        [("warning", "cheap-mini answered, but big-pro was asked for")] if other else []
    )
    assert draft.meta.get("answered_by") == named


def test_another_model_pauses_a_conversation_run_turn_by_turn(store):
    with endpoint(answering_as("cheap-mini")) as server:
        model = OpenAICompatible(server.url, "big-pro")
        (draft,) = drafts_from(store, "duet", model, turns=6, live=True)
        play(store, Jobs(), draft.id, author="ana", model=model).wait(20)
        last = read_live(store, draft.id).turns[-1]
    assert "cheap-mini answered, but big-pro was asked for" in [finding.message for finding in last.findings]
    assert (last.pauses, last.answered_by) == (True, ("cheap-mini",))


@pytest.mark.parametrize(
    ("asked", "answered", "endpoint", "other"),
    [
        ("qwen3", "qwen3:latest", "http://127.0.0.1:1/v1", False),
        ("qwen", "/models/Qwen.gguf", "http://127.0.0.1:1/v1", False),
        ("gpt-4o", "gpt-4o-2024-08-06", "https://api.openai.com/v1", False),
        ("our-deployment", "gpt-4o", "https://our.openai.azure.com/openai/v1", False),
        ("default", "qwen3-8b.gguf", "http://127.0.0.1:1/v1", False),
        ("gpt-4o", "", "https://api.openai.com/v1", False),
        ("gpt-4o", "llama-3-8b", "https://gateway.example/v1", True),
    ],
)
def test_a_version_a_file_and_a_deployment_are_no_other_model(asked, answered, endpoint, other):
    assert another_model(asked, answered, endpoint) == other


def test_with_a_judge_each_turn_still_names_the_call_that_wrote_it(store):
    model = ScriptedModel(lambda request: "{}" if request.schema else f"Reply {request.seed}, I believe.")
    for draft in drafts_from(store, "rank_n", model, variants=3, judge=True):
        assert len(draft.calls) == 2
        assert draft.meta["turn_calls"] == {draft.turns[-1].id: draft.calls[0]}


def test_a_conversation_names_a_call_for_each_of_its_turns(store):
    numbers = iter(range(100))
    model = ScriptedModel(lambda _: f"Line {next(numbers)} it is, I think.")
    (draft,) = drafts_from(store, "duet", model, turns=6)
    new = [turn.id for turn in draft.turns if turn.id.startswith("d")]
    assert len(new) > 3
    assert draft.meta["turn_calls"] == dict(zip(new, draft.calls, strict=True))
