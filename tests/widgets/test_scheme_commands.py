"""The editor of questions, command by command."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker
from widgets import SampleBrowser
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, SampleBrowser)


def begun(call: Any, name: str = "domain") -> Any:
    return call("scheme.open", name=name)["change"]


def test_opening_tells_the_choices_and_how_often_each_was_given(ws: Workspace, call: Any) -> None:
    ws.tag("", "domain", "health/lab")
    opened = call("scheme.open", name="domain")
    assert opened["counts"] == {"health/lab": 3}
    assert opened["change"]["scheme"]["name"] == "domain"
    assert "health/lab" in opened["change"]["known"]


def test_steps_add_up_and_tell_what_they_would_do(ws: Workspace, call: Any) -> None:
    ws.tag("", "domain", "health/lab")
    told = call("scheme.step", change=begun(call), do="add", text="Dental care", below="health")
    assert "health/dental care" in [choice["value"] for choice in told["change"]["scheme"]["choices"]]
    told = call("scheme.step", change=told["change"], do="merge", value="health/lab", into="health/symptoms")
    assert told["change"]["moved"] == {"health/lab": "health/symptoms"}
    assert (told["impact"]["carried"], told["impact"]["samples"], told["impact"]["people"]) == (3, 3, ["ana"])
    assert ws.count("domain:health/lab") == 3
    saved = call("scheme.save", change=told["change"])
    assert saved["saved"]["scheme"]["version"] == 2
    assert ws.count("domain:health/symptoms") == 3
    assert call("scheme.versions", name="domain")[0]["moved"] == {"health/lab": "health/symptoms"}


def test_a_split_is_named_by_its_words(ws: Workspace, call: Any) -> None:
    ws.tag("", "tier", "raw")
    told = call("scheme.step", change=begun(call, "tier"), do="split", value="raw", parts=["Chat logs", "", "E-mail"])
    values = [choice["value"] for choice in told["change"]["scheme"]["choices"]]
    assert values[:3] == ["raw", "chat logs", "e-mail"]
    assert told["impact"]["waiting"] == 3


def test_a_new_question_gets_its_name_from_its_title(ws: Workspace, call: Any) -> None:
    change = begun(call, "")
    change["scheme"] |= {"title": "Tone of voice", "kind": "nominal"}
    assert "no choices" in call("scheme.impact", change=change)["impact"]["problem"]
    for text in ("Warm", "Cold"):
        change = call("scheme.step", change=change, do="add", text=text)["change"]
    saved = call("scheme.save", change=change)
    assert saved["saved"]["scheme"]["name"] == "tone-of-voice"
    assert [choice.value for choice in ws.scheme("tone-of-voice").choices] == ["warm", "cold"]
    assert "tone-of-voice" in [scheme["name"] for scheme in saved["schemes"]]


def test_points_of_a_scale_are_numbered(call: Any) -> None:
    told = call("scheme.step", change=begun(call, "naturalness"), do="add", text="Better than people")
    assert told["change"]["scheme"]["choices"][-1] == {
        "value": "6", "label": "Better than people", "retired": False,
    }  # fmt: skip


def test_somebody_elses_change_is_told(ws: Workspace, call: Any) -> None:
    change = call("scheme.step", change=begun(call, "tier"), do="retire", value="raw")["change"]
    with open_workspace(ws.path, author="ben") as other:
        asker(other, SampleBrowser)("scheme.save", change={**begun(call, "tier"), "moved": {}, "review": ["raw"]})
    answer = call("scheme.save", change=change)
    assert answer["code"] == "stale_scheme"
    assert answer["message"].startswith("ben changed the question 'tier' meanwhile")
    assert "ben changed" in call("scheme.impact", change=change)["impact"]["problem"]


@pytest.mark.parametrize(
    ("do", "args", "code"),
    [
        ("add", {"text": "  "}, "invalid_input"),
        ("merge", {"value": "raw", "into": "gone"}, "invalid_input"),
        ("dance", {}, "invalid_input"),
        ("shift", {"value": "raw"}, "invalid_input"),
    ],
)
def test_steps_that_cannot_be_taken(call: Any, do: str, args: dict[str, Any], code: str) -> None:
    assert call("scheme.step", change=begun(call, "tier"), do=do, **args)["code"] == code
    assert call("scheme.step", change={"scheme": 3}, do=do, **args)["code"] == "invalid_input"
