"""The figures of a run: of its drafts as they are now, with their sources; a broken recipe is told."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.errors import GenerateError, NotFound
from workbench.flows.figures import has_figures
from workbench.generate import RECIPES, Candidate, Figure, register
from workbench.llm.scripted import ScriptedModel

CHATS = [
    "My cat Mandrake ran away",
    "Where is the lab",
    "I lost my card in Boston",
    "The valve is frozen",
    "Is it open",
]


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setattr(RECIPES, "_entries", {name: (RECIPES.get(name), "workbench") for name in RECIPES.names()})
    file = tmp_path / "chats.jsonl"
    chats = [[("user", f"{text}, please?"), ("assistant", "Let me look for that. One moment.")] for text in CHATS]
    lines = [
        json.dumps({"language": "en", "messages": [{"role": role, "content": text} for role, text in chat]})
        for chat in chats
    ]
    file.write_text("\n".join(lines))
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        opened.collect(file)
        yield opened


def by_title(ws, run):
    return {one.title: one for one in ws.run_figures(run.id).figures}


def test_twins_are_measured_with_their_sources(ws):
    run = ws.generate("private_twin", "", {"variants": 2}).wait()
    given = ws.run_figures(run.id)
    assert (given.recipe, given.drafts) == ("private_twin", 10)
    named = by_title(ws, run)
    assert named["Planted secrets that came out"].shown == "0 of 60 secrets (at most 0)"
    nearer = named["Nearer to its own half than to the half held out"]
    assert 0 <= nearer.interval[0] <= nearer.value <= nearer.interval[1] <= 1
    frame = given.frame
    assert list(frame["title"]) == [one.title for one in given.figures]
    assert frame.loc[0, ["value", "of", "wrong"]].tolist() == [0, 60, False]
    assert "Planted secrets that came out: 0 of 60 secrets" in str(given)


def test_what_people_decide_since_then_counts(ws):
    said = json.dumps({"turns": ["The valve froze.", "Close it, then bleed it.", "And then?", "Wait."]})
    params = {"things": "valve", "actions": "close\nbleed", "conditions": "frozen", "variants": 2}
    run = ws.generate("lexicon_triples", params=params, model=ScriptedModel(lambda request: said)).wait()
    given = by_title(ws, run)
    assert given["Different triples used"].shown == "2 of 2 triples"
    assert given["Say all three words"].shown == "100 %"
    assert given["Nearest other one, at most"].shown == "100 %"


def test_a_recipe_without_figures_has_none(ws):
    run = ws.generate("noise").wait()
    given = ws.run_figures(run.id)
    assert (given.figures, str(given)) == ((), "noise has no figures of its own")
    assert list(given.frame) == []
    assert not has_figures(run)
    with pytest.raises(NotFound):
        ws.run_figures("run_0")


def test_figures_of_an_own_recipe_are_shown_and_broken_ones_are_told(ws):
    def figures(made, params):
        yield Figure("Loud ones", sum("!" in one.turns[-1].content for one in made.drafts), "drafts", "With a mark")
        if len(made.drafts) < 5:
            raise KeyError("loud")

    @register("loud", figures=figures)
    def loud(sample, params, model, rng):
        yield Candidate((*sample.turns[:-1],))

    run = ws.generate("loud").wait()
    assert str(ws.run_figures(run.id)) == "  Loud ones: 0 drafts"
    few = ws.generate("loud", limit=2).wait()
    with pytest.raises(GenerateError, match="the figures of loud cannot be worked out: KeyError: 'loud'"):
        ws.run_figures(few.id)
    assert ws.run_yield(few.id).made == 2
