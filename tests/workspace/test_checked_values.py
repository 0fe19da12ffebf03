"""What a person gives is checked at the workspace's door, before anything is kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import workbench as wb
from workbench.errors import InvalidInput, NotFound


@pytest.fixture
def ws(tmp_path):
    path = tmp_path / "calls.jsonl"
    said = ("Is the lab open?", "Can I pay by card?", "Where do I park?")
    lines = [json.dumps({"messages": [{"role": "user", "content": text}]}) for text in said]
    path.write_text("\n".join(lines), encoding="utf-8")
    with wb.open(tmp_path / "w.workspace", author="ana") as workspace:
        workspace.collect(path)
        yield workspace


def test_one_id_means_that_sample(ws):
    one, other, _ = ws.ids()
    assert ws.tag(one, "naturalness", 5) == 1
    assert [tag.sample for tag in ws.tags(one)] == [one]
    assert ws.archive(other) == 1
    assert ws.get(other).state == "archived"
    assert ws.restore(other) == 1


def test_a_text_that_is_no_id_is_a_query(ws):
    assert ws.tag("card", "naturalness", 4) == 1
    assert ws.archive("s_not_there") == 0


@pytest.mark.parametrize("kind", [list, tuple, set, iter, dict.fromkeys, lambda ids: (one for one in ids)])
def test_any_iterable_of_ids_is_a_selection(ws, kind):
    assert ws.tag(kind(ws.ids()[:2]), "naturalness", 3) == 2


def test_the_index_of_a_frame_is_a_selection(ws):
    assert ws.untag(ws.frame("card").index, "naturalness") == 0
    assert ws.tag(ws.frame("card").index, "naturalness", 3) == 1


@pytest.mark.parametrize("which", [None, 7, [7], b"s_1", object()])
def test_what_is_neither_query_nor_ids_is_a_mistake(ws, which):
    for change in (ws.archive, ws.restore, ws.frame, lambda ids: ws.tag(ids, "naturalness", 5)):
        with pytest.raises(InvalidInput) as caught:
            change(which)
        assert caught.value.hint


def test_samples_instead_of_ids_are_told_how_to_give_ids(ws):
    with pytest.raises(InvalidInput) as caught:
        ws.archive(ws.find())
    assert "sample.id" in caught.value.hint


def test_nothing_is_said_about_a_turn_that_is_not_there(ws):
    (one, *_) = ws.ids()
    for change in (
        lambda: ws.tag([one], "naturalness", 5, turn="t9"),
        lambda: ws.tag("", "naturalness", 5, turn="t9"),
        lambda: ws.note(one, "look", turn="t9"),
        lambda: ws.untag([one], "naturalness", turn="t9"),
    ):
        with pytest.raises(NotFound, match="t9"):
            change()
    assert (ws.tags([one]), ws.notes(one)) == ([], [])


def test_an_answer_about_a_deleted_turn_can_be_taken_away(ws):
    sample = ws.get(ws.ids()[0])
    longer = [*sample.turns, wb.Turn("", "assistant", "Yes.")]
    sample = ws.edit(sample.id, turns=longer, base_revision=sample.revision)
    ws.tag(sample.id, "naturalness", 2, turn=sample.turns[1].id)
    ws.edit(sample.id, turns=sample.turns[:1], base_revision=sample.revision)
    assert ws.untag(sample.id, "naturalness", turn=sample.turns[1].id) == 1


@pytest.mark.parametrize("name", ["language", "turns", "id", "in", "suggested", "tag"])
def test_a_scheme_cannot_take_the_name_of_a_query_field(ws, name):
    with pytest.raises(InvalidInput, match="field of queries"):
        ws.save_scheme(wb.TagScheme(name, "boolean"))


def test_the_kind_of_a_scheme_stays_while_it_has_answers(ws):
    mood = ws.save_scheme(wb.TagScheme("mood", "boolean"))
    ws.tag("card", "mood", True)
    with pytest.raises(InvalidInput, match="has answers"):
        ws.save_scheme(replace(mood, kind="text"))
    ws.untag("card", "mood")
    assert ws.save_scheme(replace(mood, kind="text")).kind == "text"


@pytest.mark.parametrize(
    "source",
    [wb.Source(""), wb.Source("  "), wb.Source("a\x1b[2J"), wb.Source("x" * 201), wb.Source("a", policy="anything")],
)
def test_a_source_that_cannot_be_kept_is_refused_everywhere(ws, tmp_path, source):
    before = ws.sources()
    for keep in (
        lambda: ws.save_source(source),
        lambda: ws.collect(tmp_path / "calls.jsonl", source=source),
        lambda: ws.add_document(tmp_path / "calls.jsonl", source=source),
    ):
        with pytest.raises(InvalidInput):
            keep()
    assert ws.sources() == before


@pytest.mark.parametrize(
    "budget",
    [{"usd": -1}, {"usd": float("nan")}, {"tokens": -5}, {"tokens": 1.5}, {"calls": -1}, {"calls": True}, {"usd": "2"}],
)
def test_a_budget_that_limits_nothing_is_refused(ws, budget):
    with pytest.raises(InvalidInput, match="budget"):
        ws.generate("noise", budget=wb.Budget(**budget))
    assert ws.runs() == []


@pytest.mark.parametrize("limit", [-1, 0, 1.5, True])
def test_a_limit_counts_samples(ws, limit):
    with pytest.raises(InvalidInput, match="limit"):
        ws.generate("noise", limit=limit)


@pytest.mark.parametrize("author", ["an\x00a", "ana\nben", "x" * 201, "\ud800"])
def test_an_author_has_a_name_that_can_be_shown(tmp_path, author):
    with pytest.raises(InvalidInput, match=r"author|control"):
        wb.open(tmp_path / "new.workspace", author=author)
    assert not (tmp_path / "new.workspace").exists()


def test_a_model_file_has_to_be_there(ws, tmp_path):
    with pytest.raises(InvalidInput, match="no model file"):
        ws.set_model({"path": str(tmp_path / "none.gguf")})
    assert ws.model_settings() == {}
