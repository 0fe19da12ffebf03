"""What the step before and the step after an approval cost: told before, and held to one limit."""

from __future__ import annotations

import pytest

from tests.flows.approving import by_row, cards, desk, model, total
from workbench.errors import InvalidInput
from workbench.llm.base import Price
from workbench.model import Budget


@pytest.fixture
def ws(tmp_path, sample_data):
    with desk(tmp_path, sample_data) as opened:
        yield opened


def test_the_estimate_tells_both_steps_apart(ws):
    ws.set_model(
        {"base_url": "http://127.0.0.1:9/v1", "model": "m", "usd_per_million_in": 1.0, "usd_per_million_out": 2.0}
    )
    found = ws.estimate("role_cards", "turns>=4", {"variants": 2}, limit=3)
    assert (found.drafts, found.calls) == (6, 6)
    assert (found.then_recipe, found.then.rows, found.then.drafts, found.then.calls) == ("duet", 6, 6, 36)
    assert found.then.usd > found.usd > 0
    assert "then duet, if all are approved: 6 conversations" in str(found)
    assert ws.estimate("duet", "turns>=4", limit=3).then is None
    assert ws.estimate("document_qa", "", {"variants": 3}).then is None
    asked = ws.estimate("document_qa", "", {"variants": 3, "questions_only": True})
    assert (asked.calls, asked.then.calls, asked.then.drafts) == (3, 3, 3)
    topics = ws.estimate("topic_to_pref", "", {"questions": 4, "answers": 3, "questions_only": True})
    assert (topics.calls, topics.then.drafts, topics.then.calls) == (4, 12, 24)
    proved = ws.estimate("facts_and_rules", "", {"variants": 2})
    assert (proved.calls, proved.then.drafts, proved.then.calls) == (2, 20, 0)


def test_the_estimate_of_the_next_step_counts_what_is_approved(ws):
    run = cards(ws)
    ids = [draft.id for draft in ws.drafts(run.id)]
    assert ws.estimate_approved(run.id).drafts == 0
    ws.approve(ids[:2])
    found = ws.estimate_approved(run.id, {"turns": 7, "keep": 1})
    assert (found.rows, found.drafts, found.calls) == (2, 2, 12)
    assert ws.estimate_approved(run.id, ids=ids).calls == 18
    said = model()
    made = ws.generate_approved(run.id, {"turns": 7, "keep": 1}, model=said).wait()
    assert (len(said.history), total(made)) == (12, {"drafted": 2})
    assert ws.estimate_approved(run.id).drafts == 0


def test_one_limit_holds_for_both_steps(ws):
    price = Price(10.0, 10.0)
    run = ws.generate("role_cards", "turns>=4", limit=3, model=model(price), budget=Budget(calls=8)).wait()
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model(price)).wait()
    assert made.budget == Budget(calls=5)
    assert len(ws.calls(run.id)) + len(ws.calls(made.id)) <= 8
    assert total(made)["waiting"] >= 1
    assert ws.resume(made.id, model=model(price), budget=Budget(calls=50)).wait().counts == {"drafted": 3}


def test_what_a_run_that_goes_on_may_still_spend_is_not_given_to_the_next(ws):
    run = ws.generate("role_cards", "turns>=4", limit=3, model=model(), budget=Budget(calls=12)).wait()
    first, second, third = by_row(ws, run)
    ws.approve([first.id, second.id])
    begun = ws.generate_approved(run.id, {"turns": 4}, budget=Budget(calls=7), pilot=1, model=model()).wait()
    assert (begun.state, begun.gates != ()) == ("interrupted", True)
    ws.approve([third.id])
    other = ws.generate_approved(run.id, {"turns": 4}, model=model()).wait()
    assert other.budget == Budget(calls=12 - 3 - 7)
    ws.resume(begun.id, model=model()).wait()
    assert sum(len(ws.calls(one.id)) for one in (run, begun, other)) <= 12
    ws.set_budget(run.id, Budget(calls=12))
    with pytest.raises(InvalidInput):
        ws.generate_approved(run.id, {"turns": 4}, model=model())


def test_a_run_that_can_still_spend_does_not_share_its_limit(ws):
    run = ws.generate("role_cards", "turns>=4", limit=3, pilot=2, model=model(), budget=Budget(calls=9)).wait()
    ws.approve([by_row(ws, run)[0].id])
    with pytest.raises(InvalidInput, match="can still spend from its limit"):
        ws.generate_approved(run.id, {"turns": 2}, model=model())
    made = ws.generate_approved(run.id, {"turns": 2}, budget=Budget(calls=2), model=model()).wait()
    assert made.budget == Budget(calls=2)
