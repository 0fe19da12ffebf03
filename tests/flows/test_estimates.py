"""What a run would take, told before it runs; and limits that are none."""

from __future__ import annotations

import pytest

from tests.flows.run_desk import echo, finished, start
from tests.flows.run_desk import store as store  # the fixture
from workbench.errors import InvalidInput
from workbench.flows.generate import estimate
from workbench.llm import ScriptedModel
from workbench.model import Budget


def test_an_estimate_counts_calls_without_asking_anybody(store):
    found = estimate(store, "answer", ["s1", "s2"], {"variants": 3, "max_tokens": 100})
    assert (found.rows, found.drafts, found.calls, found.usd) == (2, 6, 6, 0.0)
    assert 0 < found.prompt_tokens + found.completion_tokens < found.tokens_most
    assert estimate(store, "noise", ["s1"], {}).calls == 0


def test_an_unknown_price_stays_unknown_and_cannot_be_limited_in_dollars(store):
    store.set_setting("model", {"base_url": "https://api.example.com/v1", "model": "m"})
    assert estimate(store, "answer", ["s1"], {}).usd is None
    model = ScriptedModel(echo)
    model.price = None
    with pytest.raises(InvalidInput, match="price"):
        start(store, model=model, budget=Budget(usd=1.0))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 10**400, True, "2"])
@pytest.mark.parametrize("limit", ["usd", "tokens", "calls"])
def test_a_limit_that_is_no_amount_is_refused(store, limit, value):
    with pytest.raises(InvalidInput, match=f"a budget cannot have .* {limit}"):
        start(store, budget=Budget(**{limit: value}))


def test_an_estimate_covers_what_the_run_takes(store):
    model = ScriptedModel(lambda request: "word " * 20)
    found = estimate(store, "duet", [f"s{n}" for n in range(12)], {"turns": 4})
    run = finished(start(store, "duet", model=model, params={"turns": 4}), store)
    calls = store.calls(run.id)
    assert found.calls == len(calls)
    assert sum(call.prompt_tokens + call.completion_tokens for call in calls) <= found.tokens_most
