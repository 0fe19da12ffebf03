"""A recipe over a set goes on behind a row that was lost: each row is for the cell that it was planned for."""

from __future__ import annotations

import json
from collections import Counter

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import ModelError
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store.connection import Database

GRID = "language: en | fr | zh\nlength: short | middle | long"
PARAMS = {"grid": GRID, "target": 3, "variants": 25, "floor": 0.0}
KINDS = [f"{language}, {length}" for language in ("en", "fr", "zh") for length in ("short", "middle", "long")]
LACKING = {kind: 1 if kind == "en, short" else 3 for kind in KINDS}


@pytest.fixture
def ws(tmp_path):
    """Two short English conversations: one more of them is lacking, and three of every other kind."""
    chats = [a_sample("Is it open?", f"Yes, {n}.", id=f"e{n}", language="en") for n in range(2)]
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(chats)
        yield opened


def written(request):
    turns = request.schema["properties"]["turns"]["minItems"]
    return json.dumps({"turns": [f"Turn {n} of {request.seed}." for n in range(turns)]})


def losing(*places, error=None):
    """A model that answers, but not in these places of its calls: there the line breaks, or nobody can read it."""
    calls = iter(range(10_000))

    def answer(request):
        if next(calls) not in places:
            return written(request)
        if error:
            raise error
        return "Well,"

    return ScriptedModel(answer)


def cells(ws, run):
    return Counter(", ".join(one.meta["gap"]["cell"].values()) for one in ws.drafts(run.id) if one.turns)


def test_no_cell_is_filled_twice_behind_a_row_that_was_maybe_charged(ws):
    model = losing(4, 11, error=ModelError("the line broke", maybe_charged=True))
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=3).wait(30)
    for _ in range(2):
        run = ws.resume(run.id, model=model).wait(30)
    assert (cells(ws, run).total(), run.counts["in_doubt"]) == (23, 2)
    missing = Counter(LACKING) - cells(ws, run)
    assert cells(ws, run) - Counter(LACKING) == Counter()
    assert missing.total() == 2


def test_no_cell_is_filled_twice_behind_a_call_that_a_kill_left_without_an_answer(ws):
    model = losing()
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=3, budget=Budget(calls=6)).wait(30)
    assert (cells(ws, run).total(), run.counts["waiting"]) == (6, 19)
    database = Database(ws.path / "workbench.db")
    database.rows("UPDATE call SET state = 'sent', response = '' WHERE id = (SELECT max(id) FROM call)")
    database.rows("DELETE FROM draft WHERE row = 5")
    database.close()
    run = ws.resume(run.id, model=model, budget=Budget(calls=99)).wait(30)
    assert (cells(ws, run).total(), run.counts["in_doubt"]) == (24, 1)
    assert cells(ws, run) - Counter(LACKING) == Counter()


def test_a_row_that_is_sent_again_is_for_the_cell_that_it_was_lost_for(ws):
    model = losing(0, 7, error=ModelError("the line broke", maybe_charged=True))
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=3).wait(30)
    for _ in range(2):
        run = ws.resume(run.id, model=model).wait(30)
    doubtful = [draft.id for draft in ws.drafts(run.id, state="in_doubt")]
    assert len(doubtful) == 2
    run = ws.resume(run.id, model=model, send_again=doubtful).wait(30)
    assert cells(ws, run) == LACKING


def test_rows_lost_with_an_unreadable_reply_get_their_own_cells_when_they_are_asked_anew(ws):
    model = losing(6, 7, 8)
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=5).wait(30)
    lost = [draft.id for draft in ws.drafts(run.id, state="failed")]
    assert (cells(ws, run).total(), len(lost)) == (6, 19)
    run = ws.resume(run.id, model=model, only=lost[3:]).wait(30)
    run = ws.resume(run.id, model=model, only=[one.id for one in ws.drafts(run.id, state="failed")]).wait(30)
    assert cells(ws, run) == LACKING
