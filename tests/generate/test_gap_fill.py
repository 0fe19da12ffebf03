"""Gaps are filled, the emptiest first; copies and misfits are found; it stops when there is nothing to do."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

import workbench as wb
from tests.builders import a_sample
from tests.generate.texts import own_samples
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import RECIPES, look_at, read_params
from workbench.generate.base import spoken
from workbench.generate.cards import read_fields
from workbench.generate.coverage import counted, lacking, length_of, targets
from workbench.llm import ScriptedModel
from workbench.model import Sample, Turn, Written

RECIPE = RECIPES.get("gap_fill")
PARENTLESS = Sample("", (), Written(""), "")
SENTENCES = {
    "English": "The tram to the lake leaves every twelve minutes on weekdays, trip {n}.",
    "French": "Le tramway pour le lac part toutes les douze minutes en semaine, voyage {n}.",
    "Chinese": "去湖边的电车平日每十二分钟一班，这是第{n}趟车的时间安排。",
}


def script(only=None):
    def answer(request):
        name = only or next(name for name in SENTENCES if f"in {name}" in request.messages[0].content)
        number = request.schema["properties"]["turns"]["minItems"]
        return json.dumps({"turns": [SENTENCES[name].format(n=n + 3) for n in range(number)]})

    return ScriptedModel(answer)


def made(samples, model=None, **params):
    model = model or script()
    return list(RECIPE.make(tuple(samples), read_params(RECIPE, params), model, random.Random(2))), model


def tagged(sample, **tags):
    return replace(sample, extra={"tags": tags})


def test_a_set_is_counted_over_language_length_and_tags(sample_data):
    samples = [sample for language in ("en", "fr", "zh") for sample in own_samples(sample_data, language)]
    grid = read_fields("language: en | fr | zh\nlength: short | middle | long")
    assert sum(counted(samples, grid).values()) == len(samples)
    one = tagged(a_sample("Is it open?", "Yes."), domain="health/lab", topics=("a", "b"))
    grid = read_fields("domain: health x2 | law\ntopics: a | b | c")
    assert counted([one, a_sample("No tags.")], grid) == {("health", "a"): 1, ("health", "b"): 1}
    assert targets(grid, 3)["health", "c"] == 6
    assert targets(grid, 3)["law", "c"] == 3


def test_the_emptiest_cells_are_filled_first_and_evenly(sample_data):
    samples = own_samples(sample_data, "en")
    grid = "language: en | fr | zh\nlength: short | middle | long"
    candidates, model = made(samples, grid=grid, target=3, variants=18)
    cells = Counter(tuple(one.meta["gap"]["cell"].values()) for one in candidates)
    had = counted(samples, read_fields(grid))
    for cell, want in targets(read_fields(grid), 3).items():
        assert had[cell] + cells[cell] >= want or sum(cells.values()) == 18
    assert all(cells["zh", length] == cells["fr", length] == 3 for length in ("short", "middle", "long"))
    for one, request in zip(candidates, model.history, strict=True):
        assert look_at(RECIPE, PARENTLESS, one) == ()
        assert one.language == one.meta["gap"]["cell"]["language"]
        example = next(sample for sample in samples if one.parents == (sample.id,))
        assert re.search(r"<<<DATA (\w{12})>>>\nuser: .*\n<<<END \1>>>", request.messages[1].content, re.DOTALL)
        assert spoken(example.turns)[0].content in request.messages[1].content


def test_what_is_written_goes_to_the_emptiest_cells_and_of_equals_to_the_first():
    wanted = {("a",): 4, ("b",): 4, ("c",): 2, ("d",): 1}
    have = Counter({("a",): 2, ("b",): 0, ("d",): 7})
    assert [cell for (cell,) in lacking(wanted, have, 5)] == ["b", "c", "b", "a", "b"]
    assert Counter(lacking(wanted, have, 99)) == {("a",): 2, ("b",): 4, ("c",): 2}
    assert lacking(wanted, Counter({("a",): 4, ("b",): 4, ("c",): 9, ("d",): 1}), 5) == []


def test_what_is_written_first_is_of_all_cells_that_get_any():
    """The first five of twenty rows, half of which are short: a cell of its own would come first in any other order."""
    samples = [a_sample("Is it open?", "Yes.", language="en", id=f"s{n}") for n in range(10)]
    grid, params = "language: en | fr x2", {"target": 20, "variants": 30}
    first = Counter()
    for seed in range(60):
        rows = RECIPE.make(tuple(samples), read_params(RECIPE, {"grid": grid, **params}), script(), random.Random(seed))
        first.update(next(rows).meta["gap"]["cell"]["language"] for _ in range(5))
    plan = lacking(targets(read_fields(grid), 20), counted(samples, read_fields(grid)), 30)
    share = Counter(plan)["en",] / len(plan)
    assert 0 < share < 0.5
    assert abs(first["en"] / first.total() - share) < 0.09, "five standard errors of 300 draws"


def test_what_a_set_comes_to_is_known_and_what_is_not_is_said():
    samples = (tagged(a_sample("Is it open?", "Yes.", language="en"), domain="law"),)
    read = read_params(RECIPE, {"grid": "language: en | fr\ndomain: law", "target": 3, "variants": 50})
    needs = RECIPE.needed(samples, read)
    assert needs.rows == 5
    assert [text.split()[0] for text in needs.unknown] == ["it", "which"]
    assert RECIPE.needed(samples, replace(read, variants=2)).rows == 2
    assert RECIPE.needed(samples, replace(read, grid="length: short", floor=0.0)).unknown == ()


def test_an_example_of_the_same_tag_comes_before_one_of_the_same_language():
    law = tagged(a_sample("Mon bail ?", "Oui.", language="fr", id="s_law"), domain="law/tenancy")
    tax = tagged(a_sample("My tax?", "Yes.", language="en", id="s_tax"), domain="tax")
    (one,), model = made([law, tax], grid="language: en\ndomain: law", target=1, variants=1)
    assert one.parents == ("s_law",)
    assert one.meta["suggests"] == {"domain": "law"}
    assert "language: English\ndomain: law" in model.history[0].messages[1].content


def test_a_reply_that_cannot_be_read_is_asked_for_again_with_other_numbers_but_not_for_ever():
    samples = [a_sample("Is it open?", "Yes.", language="en")]
    good = json.dumps({"turns": [SENTENCES["English"].format(n=n) for n in range(4)]})
    found, model = made(samples, ScriptedModel(["Well,", good, good]), grid="length: short", target=9, variants=2)
    assert (len(found), len({request.seed for request in model.history})) == (2, 3)
    with pytest.raises(GenerateError, match="valid JSON"):
        made(samples, ScriptedModel(["Well,"] * 3), grid="length: short", target=9, variants=2)


def test_it_stops_when_every_cell_has_enough():
    samples = [a_sample("Is it open?", "Yes.", language="en")]
    read = read_params(RECIPE, {"grid": "language: en", "target": 3})
    rows = RECIPE.make(tuple(samples), read, script(), random.Random(1))
    found = [next(rows), next(rows)]
    with pytest.raises(GenerateError, match="every cell"):
        next(rows)
    assert [one.meta["gap"]["had"] for one in found] == [1, 2]


def test_it_stops_when_too_little_lies_where_it_should():
    samples = [a_sample("Is it open?", "Yes.", language="en")]
    with pytest.raises(GenerateError, match="only 0 % lay in the cell"):
        made(samples, script("English"), grid="language: fr", target=20, floor=0.5)
    assert len(made(samples, script("English"), grid="language: fr", target=20, floor=0.0)[0]) == 10


def test_another_length_and_a_copy_of_the_example_are_problems():
    said = " ".join(f"word{n}" for n in range(30))
    samples = [a_sample(said, "Yes.", language="en")]
    copying = ScriptedModel([json.dumps({"turns": [said, "b", "c", "d"]})])
    (one,), _ = made(samples, copying, grid="language: en\nlength: short", target=9, variants=1)
    assert "copied" in {found.check for found in look_at(RECIPE, PARENTLESS, one)}
    longer = replace(one, turns=one.turns * 3)
    assert "cell" in {found.check for found in look_at(RECIPE, PARENTLESS, longer)}


@pytest.mark.parametrize(("grid", "says"), [("length: huge", "no length 'huge'"), ("", "no fields")])
def test_a_grid_that_cannot_be_used_is_named(grid, says):
    with pytest.raises(InvalidInput, match=says):
        made([a_sample("Hi")], grid=grid)


def test_a_grid_of_too_many_cells_is_refused():
    grid = read_fields("\n".join(f"{axis}: " + " | ".join("abcdefghij") for axis in "abcd"))
    with pytest.raises(InvalidInput, match="more than 5,000 cells"):
        targets(grid, 1)


def test_what_people_answered_is_an_axis(tmp_path):
    texts = ("Is the lab open?", "My lease ends.", "How is the weather?")
    lines = [json.dumps({"messages": [{"role": "user", "content": text}], "language": "en"}) for text in texts]
    (tmp_path / "chats.jsonl").write_text("\n".join(lines))
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        ws.collect(tmp_path / "chats.jsonl", source=wb.Source("chats", policy="may_leave"))
        ids = [sample.id for sample in ws.find("").samples]
        ws.tag(ids[0], "domain", "health/lab")
        ws.tag(ids[1], "domain", "law/tenancy")
        params = {"grid": "language: en\ndomain: health | law x2", "target": 1, "variants": 3}
        run = ws.generate("gap_fill", "", params, model=script()).wait()
        drafts = sorted(ws.drafts(run.id), key=lambda draft: draft.row)
    assert run.counts == {"drafted": 1, "failed": 2}
    assert [draft.meta["gap"]["cell"]["domain"] for draft in drafts if draft.turns] == ["law"]
    assert [draft.parents for draft in drafts if draft.turns] == [(ids[1],)]


@pytest.mark.parametrize(("turns", "name"), [(0, "short"), (4, "short"), (5, "middle"), (9, "long"), (12_000, "long")])
def test_every_number_of_turns_has_a_length(turns, name):
    assert length_of(Turn(f"t{place}", "user", "Yes.") for place in range(turns)) == name
