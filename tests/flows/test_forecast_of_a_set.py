"""The forecast of a recipe over a set: its first rows are kept, and speak for what the set still needs."""

from __future__ import annotations

import json
import random

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import InvalidInput
from workbench.llm import Price, ScriptedModel
from workbench.model import Budget

GRID = "language: en | fr | zh x2\nlength: short | middle | long"
WORDS = {"English": "tram lake weekday ticket", "French": "tramway lac semaine billet", "Chinese": "电车湖边平日车票"}


@pytest.fixture
def ws(tmp_path):
    """Eight short English conversations and two long French ones: the other cells are empty."""
    chats = [a_sample("Is it open?", f"Yes, {n}.", id=f"e{n}", language="en") for n in range(8)]
    long = [text for n in range(5) for text in (f"Et puis {n} ?", f"Rien, {n}.")]
    chats += [a_sample(*long, f"Merci {n}.", id=f"f{n}", language="fr") for n in range(2)]
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(chats)
        yield opened


def written(request):
    """As many turns as are asked for, in the language asked for, each of a length of its own."""
    rng = random.Random(request.seed)
    name = next(name for name in WORDS if f"in {name}" in request.messages[0].content)
    said = [f"{WORDS[name]} {n} " * max(1, int(rng.lognormvariate(1.5, 0.6))) for n in range(turns_of(request))]
    return json.dumps({"turns": said}, ensure_ascii=False)


def turns_of(request):
    return request.schema["properties"]["turns"]["minItems"]


def test_a_whole_set_takes_what_its_pilot_said(ws):
    """Cells differ in language and length, so in tokens: the first rows have to be of all of them."""
    inside = {"tokens": 0, "passed": 0}
    for seed in range(40):
        model = ScriptedModel(written, price=Price(1.0, 2.0))
        params = {"grid": GRID, "target": 5, "variants": 90, "floor": 0.0}
        said = ws.pilot("gap_fill", "", params, rows=10, seed=seed, model=model)
        run = ws.runs()[0]
        assert (run.state, run.pilot, said.made, said.rows) == ("interrupted", 10, 10, 53)
        first = {draft.id: draft for draft in ws.drafts(run.id)}
        assert sorted(draft.row for draft in first.values()) == list(range(10))
        ws.resume(run.id, model=model).wait(60)
        calls, drafts = ws.calls(run.id), {draft.id: draft for draft in ws.drafts(run.id)}
        assert len(calls) == len(model.history) == 53, "the first rows are not paid twice"
        assert {id: drafts[id] for id in first} == first
        assert ws.run(run.id).state == "done"
        spent = sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in calls)
        inside["tokens"] += said.tokens[0] <= spent <= said.tokens[1]
        inside["passed"] += said.passed[0] <= sum(draft.state == "draft" for draft in drafts.values()) <= said.passed[1]
        assert said.usd is not None
    assert min(inside.values()) >= 34, f"of 40 intervals of 90 %, at least 85 % hold the truth: {inside}"


def test_a_forecast_says_what_it_cannot_know(ws):
    params = {"grid": "language: en | fr\ndomain: law", "target": 9, "variants": 8}
    said = ws.pilot("gap_fill", "", params, rows=5, model=ScriptedModel(written))
    assert "which domain it has is for people to say" in str(said)
    assert "it ends earlier" in str(said)
    assert said.usd == (0.0, 0.0)


def test_a_set_that_needs_less_than_its_pilot_is_done(ws):
    params = {"grid": "language: en | fr", "target": 3, "variants": 20, "floor": 0.0}
    run = ws.generate("gap_fill", "", params, pilot=10, model=ScriptedModel(written)).wait(30)
    assert (run.state, run.counts) == ("done", {"drafted": 1, "failed": 19})
    assert len(ws.calls(run.id)) == 1


def test_a_pilot_below_the_least_yield_ends_the_run(ws):
    """What tells that the rest is not worth its price: nothing is left that could be gone on with by mistake."""
    english = json.dumps({"turns": ["The tram to the lake leaves every twelve minutes on weekdays."] * 4})
    params = {"grid": "language: fr\nlength: short", "target": 40, "variants": 30, "floor": 0.5}
    run = ws.generate("gap_fill", "", params, pilot=10, model=ScriptedModel(lambda request: english)).wait(30)
    assert (run.state, len(ws.calls(run.id))) == ("done", 5)
    assert "0 % lay in the cell" in next(iter(run.reasons))
    said = ws.forecast(run.id)
    assert (
        said.tokens[0]
        == said.tokens[1]
        == sum((c.prompt_tokens or 0) + (c.completion_tokens or 0) for c in ws.calls(run.id))
    )


def test_a_pilot_stops_at_its_limit_and_what_is_made_is_kept(ws):
    model = ScriptedModel(written)
    params = {"grid": GRID, "target": 5, "variants": 20, "floor": 0.0}
    run = ws.generate("gap_fill", "", params, pilot=10, model=model, budget=Budget(calls=4)).wait(30)
    assert (run.state, len(model.history)) == ("failed", 4)
    after = ws.resume(run.id, model=model, budget=Budget(calls=99)).wait(30)
    assert (after.state, len(model.history)) == ("done", 20)


def test_rows_that_the_endpoint_lost_are_not_counted_as_made(ws):
    from workbench.errors import ModelError

    answers = iter([True, True, True, True, False])

    def sometimes(request):
        if not next(answers, True):
            raise ModelError("the endpoint is down")
        return written(request)

    model = ScriptedModel(sometimes)
    params = {"grid": GRID, "target": 5, "variants": 20, "floor": 0.0}
    run = ws.generate("gap_fill", "", params, pilot=10, model=model).wait(30)
    assert ws.forecast(run.id).made == 9
    assert ws.resume(run.id, model=model).wait(30).counts == {"drafted": 20}


def test_a_recipe_without_a_model_has_a_pilot_over_a_set_too(tmp_path, sample_data):
    with wb.open(tmp_path / "own", author="ana") as own:
        own.collect(sample_data / "conversations" / "finance.en.jsonl")
        params = {"rare": "account\nbank\ncard\nloan", "variants": 12, "prove": False, "least": 4}
        said = own.pilot("upsample", "", params, rows=5)
        assert (said.made, said.rows, said.usd, said.tokens) == (5, 12, (0.0, 0.0), (0.0, 0.0))
        assert said.passed[0] <= 12
        assert said.passed[1] >= 5
        assert "known only when all are told" in str(said)
        first = {draft.id: draft for draft in own.drafts()}
        assert sum(own.resume(own.runs()[0].id).wait(60).counts.values()) == 12
        assert {id: draft for id, draft in ((one.id, one) for one in own.drafts()) if id in first} == first


def test_fewer_than_three_rows_say_nothing(ws):
    job = ws.generate("gap_fill", "", {"grid": GRID, "variants": 20}, pilot=2, model=ScriptedModel(written))
    job.wait(30)
    with pytest.raises(InvalidInput, match="too few"):
        ws.forecast(job.run)


def test_an_estimate_of_a_set_counts_what_it_needs_and_not_what_is_asked_for(ws):
    params = {"grid": GRID, "target": 5, "variants": 90}
    said = ws.estimate("gap_fill", "", params)
    assert (said.drafts, said.calls) == (53, 53)
    assert said.notes[:2] == ("from the selection as a whole", "one call at a time")
    assert "it ends earlier, and takes less, if too little of it lies in its cell" in said.notes


def test_an_estimate_says_what_it_rests_on_in_whole_words(ws):
    ws.set_model({"base_url": "http://127.0.0.1:9/v1", "model": "m", "in_flight": 8})
    many = ws.estimate("answer", "", {"variants": 2})
    assert many.notes[:2] == ("from 5 of 10 conversations", "8 calls at a time")
    one = ws.estimate("answer", "", {"variants": 2}, limit=1)
    assert one.notes[:2] == ("from the only conversation", "one call at a time")
    assert ws.estimate("lexicon_triples").notes[1].endswith("calls at a time")


def test_an_estimate_of_a_grid_that_cannot_be_read_says_so(ws):
    with pytest.raises(InvalidInput, match="no length 'huge'"):
        ws.estimate("gap_fill", "", {"grid": "length: huge"})
