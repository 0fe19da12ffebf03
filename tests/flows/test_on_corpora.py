"""Every recipe on our own and on real conversations: each requested row is accounted for, with its whole origin.

Models are scripted. Whoever wants to read the drafts:
``WORKBENCH_SHOW_DRAFTS=1 pytest -s tests/flows/test_on_corpora.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

import workbench as wb
from tests.flows.corpus_desk import CORPUS, SAMPLES, Desk, finished
from tests.generate.plausible import plausible
from workbench.generate import RECIPES
from workbench.llm.base import ChatModel, Price

STARTING_FROM = {
    start: [recipe.name for recipe in RECIPES if recipe.starts_from == start and recipe.name != "document_answer"]
    for start in ("sample", "document", "set", "nothing")
}
SMALL: dict[str, dict[str, Any]] = {
    "answer": {"variants": 2},
    "code_exercise": {"variants": 2},
    "document_qa": {"variants": 2},
    "fan_100": {"variants": 3},
    "gap_fill": {"variants": 3},
    "rank_n": {"variants": 3, "judge": True},
    "topic_to_pref": {"questions": 2, "answers": 3},
    "translate": {"to": "es"},
    "upsample": {"variants": 4, "prove": False, "least": 4},
}
"""What keeps a recipe small here; the others have what their example has, and few rows."""

WITH_DOCUMENTS = [name for name, corpus in CORPUS.items() if corpus.documents]
LEAST = {"entity_swap": 0, "fan_100": 0, "register": 0}
"""Recipes that may find nothing to change in two conversations, and say so."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = Desk(tmp_path_factory.mktemp("corpora"))
    yield opened
    opened.close()


def settings(name: str) -> dict[str, Any]:
    recipe = RECIPES.get(name)
    few = {"variants": 3} if "variants" in recipe.example and recipe.starts_from == "nothing" else {}
    return {**recipe.example, **few, **SMALL.get(name, {})}


def model(name: str) -> ChatModel | None:
    return plausible(price=Price(1.0, 2.0)) if RECIPES.get(name).needs_model else None


@pytest.mark.parametrize("corpus", CORPUS)
@pytest.mark.parametrize("recipe", STARTING_FROM["sample"])
def test_a_recipe_from_conversations(recipe, corpus, desk):
    run = finished(desk.of(corpus), recipe, settings(recipe), "turns>=2", model=model(recipe), limit=2)
    assert run.counts.get("drafted", 0) + run.counts.get("gated", 0) >= LEAST.get(recipe, 1)


@pytest.mark.parametrize("corpus", CORPUS)
@pytest.mark.parametrize("recipe", STARTING_FROM["set"])
def test_a_recipe_from_a_set(recipe, corpus, desk):
    rare = {"rare": CORPUS[corpus].rare} if recipe == "upsample" else {}
    run = finished(
        desk.of(corpus), recipe, {**settings(recipe), **rare}, "turns>=2", model=model(recipe), limit=SAMPLES
    )
    assert run.counts.get("drafted", 0) >= 1, (run.counts, run.reasons)


@pytest.mark.parametrize("corpus", WITH_DOCUMENTS)
@pytest.mark.parametrize("recipe", STARTING_FROM["document"])
def test_a_recipe_from_documents(recipe, corpus, desk):
    run = finished(desk.of(corpus), recipe, settings(recipe), model=model(recipe), limit=2)
    assert run.counts.get("drafted", 0) >= 1, (run.counts, run.reasons)


@pytest.mark.parametrize("corpus", WITH_DOCUMENTS)
def test_questions_about_documents_then_their_answers(corpus, desk):
    ws = desk.of(corpus)
    asked = finished(ws, "document_qa", {"variants": 2, "questions_only": True}, model=model("document_qa"), limit=2)
    questions = [sample.id for sample in ws.accept([draft.id for draft in ws.drafts(asked.id, "draft")])]
    answered = finished(ws, "document_answer", {}, questions, model=model("document_answer"), limit=4)
    assert answered.counts == {"drafted": len(questions)}


@pytest.mark.parametrize("recipe", STARTING_FROM["nothing"])
def test_a_recipe_from_nothing(recipe, tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        assert finished(ws, recipe, settings(recipe), model=model(recipe), limit=1).counts["drafted"] >= 1


def test_every_recipe_is_in_one_of_these_tests():
    assert sorted(chain.from_iterable(STARTING_FROM.values())) == sorted({*RECIPES.names()} - {"document_answer"})
