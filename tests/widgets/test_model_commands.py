"""Connecting further models from the settings, each under a short name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.llm.endpoint import able, endpoint
from workbench.jobs import Job
from workbench.workspace import Workspace

LARGE = {"base_url": "http://127.0.0.1:1/v1", "model": "large-9", "key_variable": "LARGE_KEY"}


def names(view: dict[str, Any]) -> list[str]:
    return [model["name"] for model in view["models"]]


def test_a_further_model_is_connected_beside_the_workspaces_own(ws: Workspace, call: Any) -> None:
    before = call("model.get")
    assert names(before) == ["main"]
    saved = call("model.save", settings=LARGE, name="large")
    assert names(saved) == ["main", "large"]
    assert (saved["label"], saved["local"]) == (before["label"], True)
    large = saved["models"][1]
    assert large["label"] == "large-9 at http://127.0.0.1:1/v1"
    assert large["settings"].items() >= LARGE.items()
    assert dict(ws.model_settings("large")) == LARGE
    changed = call("model.save", settings={**LARGE, "model": "large-10"}, name="large")
    assert names(changed) == ["main", "large"]
    assert ws.model("large").name == "large-10"


def test_what_the_drawer_does_not_show_of_a_further_model_stays(ws: Workspace, call: Any) -> None:
    ws.set_model({**LARGE, "in_flight": 3}, "large")
    call("model.save", settings={**LARGE, "model": "large-10"}, name="large")
    assert ws.model_settings("large")["in_flight"] == 3
    assert "in_flight" not in ws.model_settings()


def test_a_removed_model_is_connected_again_with_what_the_drawer_does_not_show(ws: Workspace, call: Any) -> None:
    ws.set_model({**LARGE, "in_flight": 3, "deadline": 400}, "large")
    gone = call("model.remove", name="large")
    assert gone["removed"] == {"in_flight": 3, "deadline": 400}
    call("model.save", settings={**LARGE, **gone["removed"]}, name="large")
    assert dict(ws.model_settings("large")) == {**LARGE, "in_flight": 3, "deadline": 400}


@pytest.mark.parametrize("name", ["", "two words", "sk-abc123456789012345"])
def test_a_name_that_cannot_be_used_is_refused(ws: Workspace, call: Any, name: str) -> None:
    assert call("model.save", settings=LARGE, name=name)["code"] == "invalid_input"
    assert list(ws.models()) == ["main"]


def test_a_model_is_removed_by_its_name_and_the_own_one_never(ws: Workspace, call: Any) -> None:
    call("model.save", settings=LARGE, name="large")
    assert names(call("model.remove", name="large")) == ["main"]
    assert list(ws.models()) == ["main"]
    assert call("model.remove", name="large")["code"] == "unknown_name"
    assert call("model.remove", name="main")["code"] == "invalid_input"


def test_the_named_model_is_the_one_that_is_tried(ws: Workspace, call: Any) -> None:
    with endpoint(able) as server:
        call("model.save", settings={"base_url": server.url, "model": "m"}, name="large")
        job: Job[Any] = ws.job(call("model.test", name="large")["job"])
        job.wait(20)
        told = call("model.tested", job=job.id)
        assert (told["ok"], told["text"]) == (True, "It opens on Monday.")
        assert len(server.requests) == 3


def test_the_form_of_a_recipe_that_mixes_asks_for_names(call: Any) -> None:
    recipes = {recipe["name"]: recipe for recipe in call("generate.start")["recipes"]}
    for name in ("answer", "rank_n", "topic_to_pref"):
        (models,) = [spec for spec in recipes[name]["form"] if spec["name"] == "models"]
        assert (models["kind"], models["default"]) == ("text", "")


def test_an_estimate_names_each_model_and_a_name_that_is_gone(ws: Workspace, call: Any) -> None:
    call("model.save", settings=LARGE, name="large")
    asked = {"recipe": "topic_to_pref", "where": "", "params": {"models": "main, large"}}
    assert "large: large-9 at" in call("generate.estimate", **asked)["model"]
    call("model.remove", name="large")
    refused = call("generate.estimate", **asked)
    assert refused["code"] == "invalid_input"
    assert "large" in refused["message"]
