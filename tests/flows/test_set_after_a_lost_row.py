"""A recipe over a set goes on behind a row that was lost: each row is for the cell that it was planned for.

A lost row loses no other, and what was answered is not asked a second time.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import ModelError, ModelRefused
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
    doubtful = [draft.id for draft in ws.drafts(run.id, state="in_doubt")]
    assert len(doubtful) == 2
    run = ws.resume(run.id, model=model, send_again=doubtful).wait(30)
    assert cells(ws, run) == LACKING


def unreadable():
    """What the client of an endpoint says of a whole answer, which is charged, in another shape than was asked for."""
    error = ModelError("the model did not answer with valid JSON", raw="Well,")
    error.tokens = (100, 2)
    return error


@pytest.mark.parametrize("error", [None, unreadable()], ids=["read by the recipe", "read by the client"])
def test_a_row_that_nobody_can_read_loses_no_other(ws, error):
    run = ws.generate("gap_fill", "", PARAMS, model=losing(6, 7, 8, error=error), seed=5).wait(30)
    assert (run.state, run.counts) == ("done", {"drafted": 24, "failed": 1})
    assert run.reasons == {"the model did not answer with valid JSON": 1}
    (lost,) = ws.drafts(run.id, state="failed")
    assert (lost.row, lost.repairable, len(lost.calls)) == (6, True, 3)
    assert (Counter(LACKING) - cells(ws, run)).total() == 1
    assert ws.gap_fill(run.id).ended == ""


@pytest.mark.parametrize("error", [ModelRefused("I will not"), ModelError("the endpoint answered 500")], ids=type)
def test_a_row_that_the_model_or_its_endpoint_fails_at_loses_no_other(ws, error):
    model = losing(3, 9, error=error)
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=5).wait(30)
    assert (run.counts, run.reasons) == ({"drafted": 23, "failed": 2}, {error.message: 2})
    if isinstance(error, ModelRefused):
        return
    kept = {draft.row: draft for draft in ws.drafts(run.id)}
    run = ws.resume(run.id, model=model).wait(30)
    assert cells(ws, run) == LACKING
    assert len(model.history) == 25 + 2, "nothing but the two lost rows is asked for"
    assert kept.items() <= {draft.row: draft for draft in ws.drafts(run.id)}.items()


def test_a_row_that_a_person_names_is_made_although_too_few_of_the_run_lay_in_their_cells(ws):
    run = ws.generate("gap_fill", "", {**PARAMS, "floor": 0.5}, model=losing(*range(100)), seed=5).wait(30)
    assert run.counts == {"failed": 25}
    assert run.reasons["the model did not answer with valid JSON"] == 5, "the others were not tried"
    last = max(ws.drafts(run.id, state="failed"), key=lambda draft: draft.row)
    run = ws.resume(run.id, model=losing(), only=[last.id]).wait(30)
    assert run.counts == {"failed": 24, "drafted": 1}


def test_an_endpoint_that_answers_nothing_is_given_up(ws):
    def broken(request):
        time.sleep(0.2)  # as long as it takes until somebody looks at the rows that failed
        raise ModelError("the endpoint answered 500")

    run = ws.generate("gap_fill", "", PARAMS, model=ScriptedModel(broken), seed=5).wait(30)
    assert (run.state, run.counts["waiting"] > 0) == ("failed", True)
    assert "5 conversations failed one after the other" in run.message
    assert cells(ws, ws.resume(run.id, model=losing()).wait(30)) == LACKING


def test_answers_that_nobody_can_read_count_as_outside_of_their_cells(ws):
    model = ScriptedModel(["Well,"] * 75)
    run = ws.generate("gap_fill", "", {**PARAMS, "floor": 0.5}, model=model, seed=5).wait(30)
    assert (run.counts, len(model.history)) == ({"failed": 25}, 5 * 3)
    assert run.reasons["only 0 % lay in the cell it was meant for"] == 20
    assert ws.gap_fill(run.id).ended == "only 0 % lay in the cell it was meant for"


def test_what_was_written_before_a_lost_row_counts_also_when_the_run_is_resumed(ws):
    """Five lie in their cell, and from then on nobody can read an answer: of eleven these are less than half."""
    params = {**PARAMS, "grid": "length: short", "target": 40, "floor": 0.5}
    model = losing(*range(5, 100))
    run = ws.generate("gap_fill", "", params, model=model, seed=5, budget=Budget(calls=8)).wait(30)
    assert run.counts == {"drafted": 5, "failed": 1, "waiting": 19}
    run = ws.resume(run.id, model=model, budget=Budget()).wait(30)
    assert run.reasons["only 45 % lay in the cell it was meant for"] == 25 - 11
    assert len(model.history) == 5 + 6 * 3


def test_rows_lost_with_an_unreadable_reply_get_their_own_cells_when_they_are_asked_anew(ws):
    model = losing(6, 7, 8, 12, 13, 14)
    run = ws.generate("gap_fill", "", PARAMS, model=model, seed=5, budget=Budget(calls=20)).wait(30)
    lost = [draft.id for draft in ws.drafts(run.id, state="failed")]
    assert (cells(ws, run).total(), len(lost), run.counts["waiting"]) == (14, 2, 9)
    for one in reversed(lost):
        run = ws.resume(run.id, model=model, only=[one], budget=Budget()).wait(30)
    assert len(model.history) == 22
    run = ws.resume(run.id, model=model).wait(30)
    assert cells(ws, run) == LACKING
    assert len(model.history) == 25 + 2 * 3, "nothing that was answered is asked again"


@pytest.mark.parametrize("error", [None, unreadable()], ids=["read by the recipe", "read by the client"])
def test_a_mended_answer_of_a_lost_row_leaves_the_others_as_they_are(ws, error):
    model = losing(6, 7, 8, error=error)
    run = ws.generate("gap_fill", "", {**PARAMS, "variants": 30}, model=model, seed=5, budget=Budget(calls=15)).wait(30)
    (lost,) = ws.drafts(run.id, state="failed")
    kept = {draft.row: draft for draft in ws.drafts(run.id)}
    mended = ws.repair(lost.id, written(model.history[8]))
    assert mended.row == 6
    assert kept.items() <= {draft.row: draft for draft in ws.drafts(run.id)}.items()
    run = ws.resume(run.id, model=model, budget=Budget()).wait(30)
    assert cells(ws, run) == LACKING
    assert len(model.history) == 25 + 2, "nothing that was answered is asked again"
    assert run.reasons == {"every cell has as many as it should, counting what was written": 5}


def test_a_mended_answer_leaves_the_rows_for_which_the_run_was_given_up_as_they_are(ws):
    model = losing(*range(2, 11))
    run = ws.generate("gap_fill", "", {**PARAMS, "variants": 8, "floor": 0.5}, model=model, seed=5).wait(30)
    assert run.reasons["only 40 % lay in the cell it was meant for"] == 3
    lost = next(draft for draft in ws.drafts(run.id, state="failed") if draft.row == 4)
    kept = {draft.row: draft for draft in ws.drafts(run.id, state="failed") if draft.row != 4}
    assert ws.repair(lost.id, written(model.history[-1])).row == 4
    assert kept == {draft.row: draft for draft in ws.drafts(run.id, state="failed")}
    assert len(model.history) == 11


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_lost_and_wherever_it_is_killed_nothing_is_asked_twice(ws, seed):
    """Rows are lost in every way, the limit ends the run here and there, and records of drafts are lost with a kill."""
    chance = random.Random(seed)

    def answer(request):
        lot = chance.random()
        if lot < 0.06:
            raise ModelError("the endpoint answered 500")
        if lot < 0.10:
            raise ModelRefused("I will not")
        if lot < 0.13:
            raise ModelError("the line broke", maybe_charged=True)
        if lot < 0.30:
            raise unreadable()
        return "Well," if lot < 0.45 else written(request)

    limit = chance.randint(3, 12)
    run = ws.generate("gap_fill", "", PARAMS, model=ScriptedModel(answer), seed=seed, budget=Budget(calls=limit)).wait(
        30
    )
    while run.counts.get("waiting") or any(not draft.calls or not_for_good(draft) for draft in lost_rows(ws, run)):
        killed(ws, run, chance.randint(0, 3))
        limit += chance.randint(3, 12)
        run = ws.resume(run.id, model=ScriptedModel(answer), budget=Budget(calls=limit)).wait(30)
    assert sum(run.counts.values()) == 25
    assert cells(ws, run) - Counter(LACKING) == Counter()
    paid = [call for call in ws.calls(run.id) if call.prompt_tokens]
    assert set(Counter(call.request_hash for call in paid).values()) == {1}
    used = {call for draft in ws._store.drafts(run=run.id, limit=10_000) for call in draft.calls}
    assert {call.id for call in paid} <= used, "what no row has was asked for once more in other words"


def lost_rows(ws, run):
    return ws.drafts(run.id, state="failed")


def not_for_good(draft):
    return draft.meta["error"]["code"] == "model"


def killed(ws, run, drafts):
    """The records of the newest drafts of a run are gone, as when its process is killed before they are written."""
    database = Database(ws.path / "workbench.db")
    last = database.rows("SELECT ord FROM draft WHERE run = ? ORDER BY ord DESC LIMIT ?", (run.id, drafts))
    for statement in ("DELETE FROM gate_finding WHERE draft = ?", "DELETE FROM draft WHERE ord = ?"):
        for one in last:
            database.rows(statement, one)
    database.close()


@pytest.mark.parametrize("error", [None, ModelRefused("I would rather not")], ids=["unreadable", "declined"])
def test_the_grid_says_for_which_cell_a_row_was_lost(ws, error):
    run = ws.generate("gap_fill", "", PARAMS, model=losing(2, 3, 4, error=error), seed=3, pilot=7).wait(60)
    whole = ws.generate("gap_fill", "", PARAMS, model=ScriptedModel(written), seed=3).wait(60)
    lost = {draft.row for draft in ws.drafts(run.id, state="failed")}
    assert len(lost) == (3 if error else 1)
    expected = Counter(", ".join(one.meta["gap"]["cell"].values()) for one in ws.drafts(whole.id) if one.row in lost)
    found = ws.gap_fill(run.id).cells
    assert +Counter({", ".join(one.cell.values()): one.lost for one in found}) == expected
    assert sum(one.coming for one in found) == 25 - 7
    assert {", ".join(one.cell.values()) for one in found if "came to nothing" in str(one)} == expected.keys()
    (first, *_) = [one for one in found if one.lost]
    assert f"({first.coming} to come, {first.lost} came to nothing" in str(first)
