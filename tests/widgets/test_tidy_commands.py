from __future__ import annotations

import json
from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import QualityBoard
from widgets._tidy import excerpt, first_of_each
from workbench.clean import Change
from workbench.workspace import Workspace

UNTIDY = "Tom &amp; Anna would like to move the appointment to Monday, please.   "


@pytest.fixture
def call(ws: Workspace, tmp_path: Any) -> Any:
    file = tmp_path / "untidy.jsonl"
    file.write_text(json.dumps({"messages": [{"role": "user", "content": UNTIDY}]}), encoding="utf-8")
    ws.collect(file, format="openai-chat")
    return asker(ws, QualityBoard)


def reported(ws: Workspace, call: Any, command: str, query: str = "") -> Any:
    return call("tidy.report", job=finished(ws, call(command, query=query)))


def test_looking_tells_each_step_in_words_and_changes_nothing(ws: Workspace, call: Any) -> None:
    report = reported(ws, call, "tidy.look", "Anna")
    steps = {step["step"]: step for step in report["steps"]}
    assert (report["samples"], report["changed"], report["applied"]) == (1, 1, False)
    assert steps["entities"]["title"].startswith("Left-over web codes")
    assert ws.find("Anna").samples[0].turns[0].content == UNTIDY


def test_a_change_is_shown_with_its_place(ws: Workspace, call: Any) -> None:
    changes = reported(ws, call, "tidy.look", "Anna")["changes"]
    (change,) = [item for item in changes if item["step"] == "entities"]
    assert (change["turn"], change["before"][:11], change["after"][:7]) == (1, "Tom &amp; A", "Tom & A")


def test_tidying_up_is_one_step_that_can_be_taken_back(ws: Workspace, call: Any) -> None:
    assert reported(ws, call, "tidy.do", "Anna")["changed"] == 1
    assert ws.find("Anna").samples[0].turns[0].content == UNTIDY.replace("&amp;", "&").strip()
    call("step.undo")
    assert ws.find("Anna").samples[0].turns[0].content == UNTIDY


def test_after_tidying_up_nothing_is_left_to_do(ws: Workspace, call: Any) -> None:
    reported(ws, call, "tidy.do")
    report = reported(ws, call, "tidy.look")
    assert (report["changed"], report["steps"], report["changes"]) == (0, [], [])


def test_a_query_that_cannot_be_read_is_told(ws: Workspace, call: Any) -> None:
    assert reported(ws, call, "tidy.look", "naturalness>=")["code"] == "query"


def test_a_frequent_step_does_not_hide_a_rare_one() -> None:
    many = [Change(f"s_{number}", "t1", "spaces", "a ", "a") for number in range(50)]
    shown = first_of_each([*many, Change("s_1", None, "language", "", "en")])
    assert {change.step for change in shown} == {"spaces", "language"}
    assert len(shown) <= 12


def test_long_texts_are_cut_to_the_part_that_differs() -> None:
    before, after = excerpt("a" * 5000 + " &amp; " + "b" * 5000, "a" * 5000 + " & " + "b" * 5000)
    assert before == "… " + "a" * 58 + " &amp; " + "b" * 59 + " …"
    assert len(before) - len(after) == 4
