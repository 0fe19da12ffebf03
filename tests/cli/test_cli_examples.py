"""`workbench recipes` prints a command for each recipe; here each of them is run, on the sample data."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.generate.plausible import plausible
from tests.llm.endpoint import Handler, completion, endpoint
from widgets.lab.demo import bring_samples
from workbench.cli import main
from workbench.cli.making import example_of
from workbench.generate import RECIPES
from workbench.llm import Message, Request


def answering(handler: Handler, body: dict[str, Any]) -> None:
    """What a scripted model says, over HTTP."""
    shape = body.get("response_format", {}).get("json_schema", {})
    messages = tuple(Message(one["role"], one["content"]) for one in body["messages"])
    request = Request(messages, seed=body.get("seed"), schema=shape.get("schema"), schema_name=shape.get("name", ""))
    told = completion(plausible().reply(request).text)
    if not body.get("stream"):
        handler.send_json(told)
        return
    piece = {"model": "m", "choices": [{"index": 0, "delta": {"content": told["choices"][0]["message"]["content"]}}]}
    end = {"model": "m", "choices": [{"index": 0, "finish_reason": "stop", "delta": {}}], "usage": told["usage"]}
    handler.stream([*(b"data: " + json.dumps(part).encode() + b"\n\n" for part in (piece, end)), b"data: [DONE]\n\n"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with the sample data, whose model is a scripted one on loopback."""
    path = tmp_path_factory.mktemp("examples") / "w.workspace"
    with endpoint(answering) as server:
        with wb.open(path, author="ana") as ws:
            bring_samples(ws, lambda text: None)
            ws.set_model({"base_url": server.url, "model": "m", "local": True})
        yield path


@pytest.fixture
def verb(folder, monkeypatch, capsys):
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    monkeypatch.setenv("WORKBENCH_AUTHOR", "ana")

    def run(*words: str) -> list[Any]:
        assert main([*words, "--json"]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.mark.parametrize("name", RECIPES.names())
def test_the_example_of_a_recipe_runs(name, verb):
    if name == "document_answer":
        (asked,) = verb("generate", "document_qa", "-p", "questions_only=true", "-p", "variants=2")
        verb("accept", *(draft["id"] for draft in verb("drafts", "--run", asked["id"])))
    program, *words = shlex.split(example_of(RECIPES.get(name)))
    assert program == "workbench"
    run = verb(*words)[0]
    assert run["recipe"] == name
    assert verb("drafts", "--run", run["id"]), run["reasons"]


def test_every_recipe_is_listed_with_its_command(folder, monkeypatch, capsys):
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    assert main(["recipes"]) == 0
    printed = capsys.readouterr().out
    for recipe in RECIPES:
        assert f"{recipe.name:<16} {recipe.title}" in printed
        assert f" {example_of(recipe)}\n" in printed
    assert "(when some of what document_qa made was accepted)" in printed
