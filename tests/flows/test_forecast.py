"""The forecast of a run from its first rows: the truth is inside, the price stays unknown, the rows are kept."""

from __future__ import annotations

import random

import pytest

import workbench
from tests.builders import a_sample
from workbench.errors import InvalidInput
from workbench.flows.forecast import passed_interval, total_interval
from workbench.llm import Price, ScriptedModel


@pytest.fixture
def ws(tmp_path):
    with workbench.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(60))
        yield opened


def of_random_length(request):
    return "word " * max(1, int(random.Random(request.seed).lognormvariate(3, 0.5)))


@pytest.mark.parametrize("prompt", [0, 100])
@pytest.mark.parametrize("spread", [0.3, 0.6, 0.9])
def test_the_truth_is_inside_nine_times_of_ten(spread, prompt):
    inside = {"tokens": 0, "passed": 0}
    runs = 400
    for seed in range(runs):
        rng = random.Random(seed)
        lengths = [prompt + rng.lognormvariate(4, spread) for _ in range(200)]
        good = [rng.random() < 0.8 for _ in range(200)]
        low, high = total_interval(lengths[:10], 200)
        inside["tokens"] += low <= sum(lengths) <= high
        low, high = passed_interval(sum(good[:10]), 10, 10, 200, seed)
        inside["passed"] += low <= sum(good) <= high
    assert all(count >= 0.85 * runs for count in inside.values()), inside


def test_a_whole_run_takes_what_its_pilot_said(ws):
    inside = 0
    for seed in range(40):
        model = ScriptedModel(of_random_length, price=Price(1.0, 2.0))
        said = ws.pilot("answer", "", {"variants": 1}, rows=10, seed=seed, model=model)
        run = ws.runs()[0]
        assert (run.state, run.pilot, said.made, said.rows) == ("interrupted", 10, 10, 60)
        assert run.counts == {"drafted": 10, "waiting": 50} or sum(run.counts.values()) == 60
        ws.resume(run.id, model=model).wait(60)
        calls = ws.calls(run.id)
        assert len(calls) == len(model.history) == 60, "the first rows are not paid twice"
        spent = sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in calls)
        inside += said.tokens[0] <= spent <= said.tokens[1]
        assert said.usd is not None
        assert ws.run(run.id).state == "done"
    assert inside >= 34, "of 40 intervals of 90 %, at least 85 % hold what the whole run took"


def test_an_unknown_price_stays_unknown(ws):
    class Dear(ScriptedModel):
        def __init__(self):
            super().__init__(of_random_length)
            self.price = None

    said = ws.pilot("answer", "", {"variants": 1}, rows=5, model=Dear())
    assert said.usd is None
    assert "price unknown" in str(said)


def test_too_few_rows_say_nothing(ws):
    job = ws.generate("answer", "", {"variants": 1}, pilot=2, model=ScriptedModel(of_random_length))
    job.wait(30)
    with pytest.raises(InvalidInput, match="too few"):
        ws.forecast(job.run)
    with pytest.raises(InvalidInput, match="no number"):
        ws.generate("answer", pilot=-1, model=ScriptedModel(of_random_length))


def test_a_pilot_of_all_rows_leaves_nothing_to_go_on_with(ws):
    run = ws.generate("answer", "", {"variants": 1}, limit=4, pilot=4, model=ScriptedModel(of_random_length)).wait(30)
    assert (run.state, run.counts) == ("done", {"drafted": 4})
