"""The charts that answer questions: every number is the count of its query."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    file = tmp_path / "chats.jsonl"
    texts = [f"Question number {n} about the lab" for n in range(12)]
    file.write_text("\n".join(json.dumps({"messages": [{"role": "user", "content": text}]}) for text in texts))
    with open_workspace(tmp_path / "test.workspace", author="ana") as workspace:
        workspace.collect(file)
        ids = workspace.ids()
        workspace.tag(ids[:6], "domain", "health/lab")
        workspace.tag(ids[6:8], "domain", "law")
        workspace.tag(ids[:3], "naturalness", 4)
        yield workspace


def _answer(ws: Workspace, name: str, query: str = ""):
    return next(answer for answer in ws.questions(query) if answer.name == name)


@pytest.mark.parametrize("query", ["", "domain:health/*", "id:none"])
def test_every_number_is_what_its_query_finds(ws: Workspace, query: str) -> None:
    for answer in ws.questions(query):
        for part in answer.parts:
            if part.query and part.group != "disputed":
                assert ws.count(part.query) == part.count, (answer.name, part)


def test_empty_combinations_are_counted_and_shown(ws: Workspace) -> None:
    answer = _answer(ws, "coverage")
    health = {part.group: part.count for part in answer.parts if part.row == "Health"}
    assert sorted(health.values(), reverse=True)[:2] == [3, 3]
    assert "Combinations without a conversation" in answer.told
    assert len(answer.parts) == len(answer.rows) * len(answer.groups)


def test_what_has_twice_its_even_share_is_told(ws: Workspace) -> None:
    assert _answer(ws, "domains").rows[0] == "Health"
    assert _answer(ws, "domains").values["above"] == 0
    assert "0 of 12 conversations" not in _answer(ws, "sources").told.replace("synthetic: 0 of 12 conversations", "")


def test_disagreement_leads_to_the_disputed_samples(ws: Workspace) -> None:
    first, second = ws.ids("domain:health/*")[:2]
    with open_workspace(ws.path, author="ben") as other:
        other.tag([first], "domain", "law")
        other.tag([second], "domain", "health/lab")
    (part,) = _answer(ws, "disagreement").parts
    assert ws.ids(part.query) == [first]
    assert _answer(ws, "disagreement").values == {"disputed": 1, "compared": 2}


def test_the_week_counts_what_was_done_by_whom(ws: Workspace) -> None:
    (first, second) = ws.ids("domain:law")
    ws.archive([first])
    sample = ws.get(second)
    ws.edit(second, turn=sample.turns[0].id, text="Another question", base_revision=sample.revision)
    people = {part.group: part.count for part in _answer(ws, "people").parts if part.row == "ana"}
    assert people == {"added": 12, "edited": 1, "answers": 11, "put aside": 1}
    assert sum(part.count for part in _answer(ws, "week").parts) == 25


def test_what_only_the_journal_knows_can_be_browsed(ws: Workspace) -> None:
    first = ws.ids("domain:law")[0]
    ws.archive([first])
    for part in [*_answer(ws, "week").parts, *_answer(ws, "people").parts]:
        picked = ws.select_done(part.pick)
        assert picked is not None
    put_aside = next(part for part in _answer(ws, "people").parts if part.group == "put aside")
    assert ws.select_done(put_aside.pick).ids == [first]
    assert ws.ids("in:chart-selection state:*") == [first]


@pytest.mark.parametrize("pick", ["", "week=1=added", "author=ana=dancing"])
def test_a_part_that_does_not_exist_is_refused(ws: Workspace, pick: str) -> None:
    with pytest.raises(Exception, match="names no part"):
        ws.select_done(pick)


def test_every_answer_has_a_figure_whose_labels_are_no_markup(ws: Workspace) -> None:
    ws.tag(ws.ids()[:1], "domain", "health/lab")
    scheme = ws.scheme("domain")
    from dataclasses import replace

    from workbench.model import Choice

    ws.save_scheme(replace(scheme, choices=(*scheme.choices, Choice("odd", "<b>odd</b>"))))
    for answer in ws.questions():
        assert "<b>odd" not in answer.figure.to_json().replace("\\u003c", "<")


def test_an_empty_workspace_has_answers_too(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "new.workspace", author="ana") as new:
        told = [answer.told for answer in new.questions()]
    assert any("No two people" in sentence for sentence in told)
    assert any("Nothing changed" in sentence for sentence in told)
