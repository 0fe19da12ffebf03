"""Every recipe that needs a model, with the real local one. Its text is weak: rows may be rejected, never lost.

Few tokens and one row each: it runs on any machine in about a minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import workbench as wb
from tests.conftest import CORPORA
from tests.flows.corpus_desk import Desk, finished
from workbench.errors import ModelUnreachable
from workbench.generate import RECIPES
from workbench.llm import ScriptedModel
from workbench.llm.base import OnText, Reply, Request
from workbench.llm.local import LocalModel, stop_local_servers

pytestmark = pytest.mark.local_model

FEW, FEW_IN_SHAPE = 20, 96
"""Tokens that an answer may have here, whatever the recipe allows; more for JSON, which says little with them."""

SMALL: dict[str, dict[str, Any]] = {
    "answer": {"variants": 2, "max_tokens": 24},
    "code_exercise": {"variants": 1},
    "continue": {"turns": 2, "words": 8},
    "document_qa": {"variants": 1},
    "duet": {"turns": 3, "max_tokens": 24},
    "explain": {"variants": 1},
    "facts_and_rules": {"variants": 1, "facts": 2, "rules": 1},
    "gap_fill": {"variants": 1, "grid": "length: short"},
    "lexicon_triples": {"variants": 1, "turns": 2},
    "paraphrase": {"who": "user"},
    "rank_n": {"variants": 3, "max_tokens": 24, "judge": True},
    "role_cards": {"variants": 1},
    "scenario_grid": {"variants": 1, "turns": 2, "read_back": True},
    "topic_to_pref": {"questions": 1, "answers": 2, "max_tokens": 24},
    "translate": {"to": "fr"},
}
SHORT = {"mathdial": "turns<=6", "mtrag": "turns<=4", "mts-dialog": "turns<=5"}
"""Short conversations of the real corpora: what the model reads takes its time, too."""

OPENING = "The pharmacy opens at 8:30 and closes at 18:00.\n\nBlood is taken in room 5, by appointment."
ASKING = [recipe.name for recipe in RECIPES if recipe.needs_model and recipe.name != "document_answer"]


class Brief(LocalModel):
    """The local model with short answers."""

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        return super().reply(
            replace(request, max_tokens=min(FEW_IN_SHAPE if request.schema else FEW, request.max_tokens)),
            on_text=on_text,
        )


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    try:
        yield Brief()
    except ModelUnreachable as exc:
        pytest.skip(f"the local demo model is not installed: {exc.hint}")
    finally:
        stop_local_servers()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = Desk(tmp_path_factory.mktemp("local"))
    yield opened
    opened.close()


def test_the_table_names_every_recipe_that_asks():
    assert sorted(SMALL) == sorted(ASKING)


@pytest.mark.parametrize("recipe", ASKING)
def test_rows_are_accounted_for_and_reasons_can_be_read(recipe, model, desk, tmp_path):
    corpus = list(SHORT)[ASKING.index(recipe) % len(SHORT)] if CORPORA.is_dir() else "sample_data"
    ws = desk.of(corpus)
    start = RECIPES.get(recipe).starts_from
    where: Any = SHORT.get(corpus, "turns<=10") if start in {"sample", "set"} else ""
    if start == "document":
        path = tmp_path / "opening.en.md"
        path.write_text(OPENING)
        where = [ws.add_document(path).id]
    run = finished(ws, recipe, SMALL[recipe], where, model=model, limit=20 if start == "set" else 1)
    assert ws.calls(run.id)
    check_reasons(ws, run)


def test_an_approved_question_gets_its_answer_and_no_row_is_lost(model, tmp_path):
    asked = json.dumps({"question": "When does the pharmacy open?", "span": 1})
    path = tmp_path / "opening.en.md"
    path.write_text(OPENING)
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        ws.add_document(path)
        questions = ws.generate(
            "document_qa", "", {"questions_only": True, "variants": 1}, model=ScriptedModel([asked])
        )
        ws.approve([draft.id for draft in ws.drafts(questions.wait().id)])
        run = ws.generate_approved(questions.run, model=model).wait()
        assert (run.recipe, sum(run.counts.values()), len(ws.calls(run.id)) > 0) == ("document_answer", 1, True)
        check_reasons(ws, run)


def check_reasons(ws, run):
    """A row that failed says why in words, and keeps what the model wrote."""
    for draft in ws.drafts(run.id, "failed"):
        assert " " in draft.reason
        assert draft.meta["error"]["message"] == draft.reason
        assert draft.meta.get("raw") or draft.meta.get("tried") is False
