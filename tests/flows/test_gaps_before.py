"""The grid of a selection before a run: what each cell has, what it lacks, what a run would write."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import InvalidInput
from workbench.llm.scripted import ScriptedModel

GRID = "language: en | fr\nlength: short | middle"


@pytest.fixture
def ws(tmp_path):
    """Three short English conversations, one of middle length in French."""
    chats = [a_sample("Is it open?", f"Yes, {n}.", id=f"e{n}", language="en") for n in range(3)]
    chats.append(a_sample("Un.", "Deux.", "Trois.", "Quatre.", "Cinq.", id="f0", language="fr-CA"))
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(chats)
        yield opened


def test_each_cell_says_what_it_has_lacks_and_would_get_and_its_query_finds_it(ws):
    told = ws.gaps("", {"grid": GRID, "target": 3, "variants": 5})
    assert list(map(str, told.cells)) == [
        "language en, length short: 3 of 3",
        "language en, length middle: 0 of 3, 3 short (2 to be written)",
        "language fr, length short: 0 of 3, 3 short (2 to be written)",
        "language fr, length middle: 1 of 3, 2 short (1 to be written)",
    ]
    assert [len(ws.ids(cell.query)) for cell in told.cells] == [cell.before for cell in told.cells]
    assert str(told) == "short cells: 3 of 4, 8 missing in all; to be written: 5"
    assert (told.selected, told.axes, told.notes) == (4, ("language", "length"), ())
    assert list(told.frame["planned"]) == [0, 2, 2, 1]


def test_a_run_writes_what_was_planned(ws):
    params = {"grid": GRID, "target": 3, "variants": 5, "floor": 0.0}
    planned = {tuple(cell.cell.values()): cell.planned for cell in ws.gaps("", params).cells}
    said = "The tram leaves at nine on weekdays."
    model = ScriptedModel(lambda asked: json.dumps({"turns": [said] * asked.schema["properties"]["turns"]["minItems"]}))
    run = ws.generate("gap_fill", "", params, pilot=2, model=model, seed=4).wait()
    coming = {tuple(cell.cell.values()): cell.coming + cell.written for cell in ws.gap_fill(run.id).cells}
    assert coming == planned
    assert any(", 3 short (" in str(cell) and "to come" in str(cell) for cell in ws.gap_fill(run.id).cells)
    ws.resume(run.id, model=model).wait()
    done = ws.gap_fill(run.id).cells
    assert {tuple(cell.cell.values()): cell.written for cell in done} == planned
    assert not any(cell.coming for cell in done)


def test_an_empty_selection_has_an_empty_grid_for_which_nothing_can_be_written(ws):
    told = ws.gaps("language:zh", {"grid": GRID, "target": 2, "variants": 5})
    assert (told.selected, told.lacking, told.planned) == (0, 8, 0)


def test_a_query_narrows_the_grid_and_stands_in_the_query_of_each_cell(ws):
    told = ws.gaps("origin:imported OR turns>=5", {"grid": "language: en", "target": 1})
    assert told.cells[0].query == "(origin:imported OR turns>=5) language:(en OR en-*)"
    assert ws.gaps(["f0"], {"grid": "language: en", "target": 1}).cells[0].before == 0


@pytest.mark.parametrize(("grid", "says"), [("length: huge", "no length 'huge'"), ("", "no fields")])
def test_a_grid_that_cannot_be_read_is_named(ws, grid, says):
    with pytest.raises(InvalidInput, match=says):
        ws.gaps("", {"grid": grid})


def test_what_nobody_can_answer_is_said(ws):
    told = ws.gaps("", {"grid": "tone: calm\ndomain: health | helth | law\nlength: short", "target": 1})
    assert told.notes == (
        "there is no question 'tone' about a conversation: nothing is counted, and nobody can answer",
        "'domain' has no such answer: helth",
    )
    assert {cell.query for cell in told.cells} == {""}, "no query can ask for what is no question"


def test_a_cell_of_a_question_counts_what_people_answered_and_all_below_it(ws):
    ws.tag("e0", "domain", "health/lab")
    ws.tag("e1", "domain", "law")
    with ws._store.write("model", "suggest") as writer:
        writer.tag([wb.Tag("e2", "domain", "health", "model", machine=True)])
    told = ws.gaps("", {"grid": "domain: health | law", "target": 2})
    assert [cell.before for cell in told.cells] == [1, 1]
    assert [ws.ids(cell.query) for cell in told.cells] == [["e0"], ["e1"]]
