"""Commands `bulk.*` as the page asks them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import SampleBrowser, _bulk
from workbench.workspace import Workspace

ANSWER = {"scheme": "domain", "value": "health"}


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, SampleBrowser)


def test_a_plan_tells_counts_and_shows_the_first_ones(ws: Workspace, call: Any) -> None:
    ws.tag(ws.ids()[:1], "domain", "law")
    told = call("bulk.plan", which="", **ANSWER)
    assert told["plan"]["total"] == 3
    assert (told["plan"]["changes"], told["plan"]["kept"]) == (2, 1)
    assert len(told["rows"]) == 3
    assert call("bulk.plan", which=ws.ids()[:2], **ANSWER)["plan"]["total"] == 2


def test_a_sample_is_whole_conversations(call: Any) -> None:
    shown = call("bulk.sample", which="", size=2, seed=1)
    assert len(shown) == 2
    assert all(sample["turns"] for sample in shown)


def test_an_estimate_has_its_interval(call: Any) -> None:
    told = call("bulk.estimate", check={"fits": 20, "misses": 0, "unsure": 2})
    assert told["precision"] == 1
    assert 0.83 < told["interval"][0] < 0.84


def test_giving_it_is_on_record_and_one_undo_away(ws: Workspace, call: Any) -> None:
    left = ws.ids()[0]
    done = call("bulk.give", which="", check={"fits": 2, "misses": 1}, without=[left], **ANSWER)["done"]
    assert (done["changed"], done["left_out"]) == (2, 1)
    [kept] = call("bulk.list")
    assert kept["id"] == done["id"]
    assert kept["check"]["misses"] == 1
    assert kept["query"] == ""
    assert call("bulk.again", id=done["id"])["done"]["changed"] == 1
    call("step.undo")
    call("step.undo")
    assert ws.count("tagged:domain") == 0


def test_many_are_answered_by_a_job(ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_bulk, "LARGE", 2)
    answer = call("bulk.give", which="", **ANSWER)
    assert call("bulk.done", job=finished(ws, answer))["done"]["changed"] == 3


@pytest.mark.parametrize(
    ("command", "args", "code"),
    [
        ("bulk.plan", {"which": "", "scheme": "domain", "value": "nowhere"}, "invalid_input"),
        ("bulk.plan", {"which": "", "scheme": "gone", "value": "x"}, "unknown_name"),
        ("bulk.plan", {"which": "turns>=", "scheme": "domain", "value": "health"}, "query"),
        ("bulk.give", {"which": ["s_gone"], "scheme": "domain", "value": "health"}, "not_found"),
        ("bulk.again", {"id": "bulk_gone"}, "not_found"),
    ],
)
def test_what_cannot_be_done_is_told(call: Any, command: str, args: dict[str, Any], code: str) -> None:
    assert call(command, **args)["code"] == code
