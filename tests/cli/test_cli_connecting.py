"""Connecting models and mixing them, from the command line."""

from __future__ import annotations

import pytest

from tests.flows.two_models import Talker
from tests.llm.endpoint import able, endpoint
from workbench.cli import main


def connect(run, server, name, model, *more):
    return run("model", name, "-s", f"base_url={server.url}", "-s", f"model={model}", *more)


def test_a_run_of_two_models_from_the_command_line(run, file):
    run("collect", file)
    with endpoint(Talker()) as one, endpoint(Talker()) as other:
        connect(run, one, "main", "small-1")
        (told,) = connect(run, other, "large", "large-9", "-s", "usd_per_million_in=1", "-s", "usd_per_million_out=2")
        assert (told["name"], told["settings"]["usd_per_million_in"]) == ("large", 1)
        assert [line["name"] for line in run("model")] == ["main", "large"]
        params = ("-p", "questions=1", "-p", "answers=2", "-p", "judge=false", "-p", "models=main, large")
        (estimate,) = run("generate", "topic_to_pref", *params, "--estimate")
        assert (estimate["calls"], estimate["usd"]) == (3, None)
        (made,) = run("generate", "topic_to_pref", *params)
        assert (made["counts"], made["models"]) == ({"drafted": 2}, {"main": "small-1", "large": "large-9"})
        assert {draft["model"] for draft in run("drafts")} == {"small-1", "large-9"}
        (removed,) = run("model", "large", "--remove")
        assert removed == {"removed": "large"}
        run("generate", "topic_to_pref", *params, code=2)
        assert (len(one.requests), len(other.requests)) == (2, 1)


def test_a_model_is_tried_by_its_name(run, file, capsys):
    run("collect", file)
    with endpoint(able) as server:
        *_, answer = connect(run, server, "large", "large-9", "--test")
        assert answer["text"] == "It opens on Monday."
        assert len(server.requests) == 3
        assert main(["model"]) == 0
        printed = capsys.readouterr().out
        assert f"large-9 at {server.url}" in printed
        assert "main" in printed


@pytest.mark.parametrize(
    "words",
    [["--test"], ["large"], ["large", "--remove"], ["main", "--remove"], ["large", "--remove", "--test"],
     ["two words", "-s", "model=m"], ["large", "-s", "model"]],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_and_changes_nothing(run, file, words):
    run("collect", file)
    before = run("model")
    run("model", *words, code=2)
    assert run("model") == before


def test_no_page_of_the_screen_is_named_at_a_terminal(run, file, capsys):
    run("collect", file)
    capsys.readouterr()
    assert main(["model"]) == 0
    listed = capsys.readouterr().out
    assert "workbench model NAME -s base_url=URL -s model=MODEL" in listed
    assert main(["generate", "topic_to_pref", "-p", "questions=1", "-p", "models=main, larger"]) == 2
    told = capsys.readouterr().err
    assert "workbench model NAME" in told
    assert "Settings" not in listed + told
