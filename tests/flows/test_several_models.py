"""A run that asks several models: who wrote what, one ledger and limit for all, and what each model gave.

The endpoints are real HTTP servers on loopback; what they count is what was asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from tests.flows.two_models import PREFS, Talker, asked, two_models
from workbench.errors import InvalidInput
from workbench.llm import Message, Request
from workbench.model import Budget

WROTE = {"small-1": 100e-6 + 20e-6, "large-9": 1000e-6 + 200e-6}
"""Dollars of one call to each."""


def test_every_draft_and_turn_says_which_model_wrote_it(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, one, other):
        run = ws.generate("topic_to_pref", params=PREFS, seed=3).wait(60)
        assert run.counts == {"drafted": 8}
        assert (run.model, run.models) == ("small-1, large-9", {"main": "small-1", "large": "large-9"})
        assert (asked(one), asked(other)) == ({"small-1": 2 + 4}, {"large-9": 4})  # the first one writes the questions
        groups = defaultdict(list)
        for draft in ws.drafts(run.id):
            groups[draft.group].append(draft)
            assert draft.meta["turn_models"] == {"t1": "small-1", "t2": draft.model}
            assert draft.model in draft.turns[1].content
        for drafts in groups.values():
            made = Counter((draft.model, draft.meta["temperature"]) for draft in drafts)
            assert made == {(name, freedom): 1 for name in WROTE for freedom in (0.2, 1.1)}


def test_each_draft_has_its_own_calls_and_all_together_are_the_ledger(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS, seed=3).wait(60)
        calls = {call.id: call for call in ws.calls(run.id)}
        drafts = ws.drafts(run.id)
        assert sorted(call for draft in drafts for call in draft.calls) == sorted(calls)
        for draft in drafts:
            wrote = calls[draft.meta["turn_calls"]["t2"]]
            assert (wrote.model, wrote.usd) == (draft.model, pytest.approx(WROTE[draft.model]))
            assert wrote.id == draft.calls[-1]
        assert ws.spent(run.id).usd == pytest.approx(6 * WROTE["small-1"] + 4 * WROTE["large-9"])
        estimate = ws.estimate("topic_to_pref", params=PREFS)
        assert (estimate.drafts, estimate.calls) == (8, 10)


def test_with_one_model_nothing_is_told_that_was_not_told_before(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, _, other):
        run = ws.generate("topic_to_pref", params={**PREFS, "models": ""}).wait(60)
        assert (run.model, run.models, len(other.requests)) == ("small-1", {}, 0)
        assert all("turn_models" not in draft.meta and draft.model == "small-1" for draft in ws.drafts(run.id))
        question = Request((Message("user", "Why?"),))
        assert replace(question, model="large").hash("here", "m") == question.hash("here", "m")


@pytest.mark.parametrize("budget", [Budget(calls=5), Budget(tokens=3_000), Budget(usd=0.012)], ids=str)
def test_one_limit_holds_over_all_models(tmp_path, budget):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, one, other):
        run = ws.generate("topic_to_pref", params={**PREFS, "questions": 6}, budget=budget).wait(60)
        assert run.state == "failed"
        assert "limit" in run.message
        spent = ws.spent(run.id)
        assert spent.calls == len(one.requests) + len(other.requests) > 0
        assert spent.calls <= (budget.calls or 99)
        assert spent.tokens <= (budget.tokens or 99_999)
        assert spent.usd <= (budget.usd or 9.0)


def test_a_price_that_is_unknown_of_one_stays_unknown_for_all(tmp_path):
    none = {"usd_per_million_in": None, "usd_per_million_out": None}
    with two_models(tmp_path / "w", Talker(), Talker(), **none) as (ws, one, other):
        both = ws.estimate("topic_to_pref", params=PREFS)
        assert (both.usd, both.usd_most) == (None, None)
        assert both.model == f"main: small-1 at {one.url}; large: large-9 at {other.url}"
        assert f"asks {both.model}" in both.notes
        assert ws.estimate("topic_to_pref", params={**PREFS, "models": "main"}).usd > 0
        with pytest.raises(InvalidInput, match="needs the price of large-9"):
            ws.generate("topic_to_pref", params=PREFS, budget=Budget(usd=1.0))
        assert not one.requests
        run = ws.generate("topic_to_pref", params={**PREFS, "questions": 1}).wait(60)
        assert ws.run_yield(run.id).usd is None


def test_an_estimate_asks_each_model_at_its_own_price(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, one, _):
        params = {**PREFS, "questions": 4}
        both, small, large = (
            ws.estimate("topic_to_pref", params={**params, "models": names}).usd_most
            for names in ("main, large", "main", "large")
        )
        assert large == pytest.approx(10 * small, rel=0.01)
        assert small < both < large
        run = ws.generate("topic_to_pref", params=params).wait(60)
        assert ws.spent(run.id).usd <= both
        assert len(one.requests) == 4 + 8


def test_a_run_goes_on_without_asking_twice_what_was_answered(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large) as (ws, one, _):
        large.fails = 400
        run = ws.generate("topic_to_pref", params={**PREFS, "answers": 2}).wait(60)
        assert run.counts == {"failed": 4}
        lost = [draft for draft in ws.drafts(run.id, "failed") if draft.calls]
        assert {draft.model for draft in lost} == {"large-9"}
        large.fails = 0
        again = ws.resume(run.id).wait(60)
        assert again.counts == {"drafted": 4}
        answered = [call for call in ws.calls(run.id) if call.state == "done"]
        assert Counter(call.model for call in answered) == {"small-1": 4, "large-9": 2}
        assert len(one.requests) == 4


def test_another_model_than_asked_is_told_of_the_drafts_that_it_wrote(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker("cheap-mini")) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS).wait(60)
        for draft in ws.drafts(run.id):
            told = [finding.message for finding in draft.gates if finding.check == "model"]
            wrong = draft.model == "large-9"
            assert told == (["cheap-mini answered, but large-9 was asked for"] if wrong else [])
            assert draft.meta.get("answered_by") == (["cheap-mini"] if wrong else None)


def test_the_yield_of_a_run_is_told_for_each_of_its_models(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS, seed=3).wait(60)
        drafts = ws.drafts(run.id)
        large = [draft.id for draft in drafts if draft.model == "large-9"]
        ws.accept(large[:2])
        ws.reject([next(draft.id for draft in drafts if draft.model == "small-1")], "worse")
        found = ws.run_yield(run.id)
        small, other = found.models
        assert (small.model, small.made, small.accepted, small.rejected, small.calls) == ("small-1", 4, 0, 1, 6)
        assert (other.model, other.made, other.accepted, other.rejected, other.calls) == ("large-9", 4, 2, 0, 4)
        assert (small.tokens, other.tokens) == (660, 440)
        assert other.usd == pytest.approx(4 * WROTE["large-9"])
        assert other.usd_per_accepted == pytest.approx(2 * WROTE["large-9"])
        assert small.usd_per_accepted is None
        assert found.usd == pytest.approx(small.usd + other.usd)
        assert "large-9: 4 with a text, 2 accepted, 0 rejected; 4 calls, 440 tokens, $0.0048, $0.0024 per" in str(found)
        alone = ws.generate("topic_to_pref", params={**PREFS, "models": ""}).wait(60)
        assert ws.run_yield(alone.id).models == ()


def test_what_names_no_writers_is_by_the_first_model(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, _, other):
        params = {"questions": 2, "questions_only": True, "models": "main, large"}
        run = ws.generate("topic_to_pref", params=params).wait(60)
        assert not other.requests
        made = ws.drafts(run.id)
        assert [(draft.model, draft.meta["asked_as"]) for draft in made] == [("small-1", "main")] * 2
