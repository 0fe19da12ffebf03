"""A run that asks several models: who wrote what, one ledger and limit for all, and what is refused before it starts.

The endpoints are real HTTP servers on loopback; what they count is what was asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.flows.two_models import PREFS, Talker, asked, settings, two_models
from workbench.errors import InvalidInput, NotFound, UnknownName
from workbench.llm import Message, Request, ScriptedModel
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


def test_a_name_that_is_gone_is_refused_before_anything_is_sent(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large) as (ws, one, other):
        large.fails = 400
        run = ws.generate("topic_to_pref", params=PREFS).wait(60)
        sent = len(one.requests) + len(other.requests)
        ws.remove_model("large")
        for ask in (lambda: ws.resume(run.id), lambda: ws.generate("topic_to_pref", params=PREFS),
                    lambda: ws.estimate("topic_to_pref", params=PREFS)):  # fmt: skip
            with pytest.raises(InvalidInput, match="no model 'large'") as caught:
                ask()
            assert "main" in caught.value.hint
        ws.set_model(settings(other, "another-2"), "large")
        with pytest.raises(InvalidInput, match="used large-9 as large, not another-2"):
            ws.resume(run.id)
        assert len(one.requests) + len(other.requests) == sent
        assert [held.id for held in ws.runs()] == [run.id]


def test_a_model_that_is_given_and_would_not_be_asked_is_refused_before_anything_is_sent(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large) as (ws, one, other):
        dry = ScriptedModel(lambda request: "Somewhere dry, in a box that closes.", name="small-1")
        params = {**PREFS, "models": "large", "question": "Where do I keep letters?"}
        with pytest.raises(InvalidInput, match="would not be asked: the parameters name large") as caught:
            ws.generate("topic_to_pref", params=params, model=dry)
        assert "main" in caught.value.hint
        assert not other.requests
        assert not ws.runs()
        large.fails = 400
        run = ws.generate("topic_to_pref", params={**params, "questions": 1}).wait(60)
        sent = len(other.requests)
        with pytest.raises(InvalidInput, match="would not be asked"):
            ws.resume(run.id, model=dry)
        large.fails = 0
        ws.generate("topic_to_pref", params={**params, "models": "main, large", "questions": 1}, model=dry).wait(60)
        assert (len(one.requests), len(dry.history), len(other.requests)) == (0, 2, sent + 2)


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


def test_texts_that_must_not_leave_are_sent_to_none_of_the_models(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, one, other):
        with ws._store.write("ana", "import") as writer:
            writer.add_samples([a_sample("When do you open?", "At nine.", id="s1")])
        ws.set_model({"base_url": "https://far.invalid/v1", "model": "far-1"}, "far")
        run = ws.generate("answer", ["s1"], {"models": "main, far", "variants": 2}).wait(60)
        assert run.counts == {"failed": 2}
        assert list(run.reasons) == ["its source does not let text leave this machine"]
        assert not one.requests
        here = ws.generate("answer", ["s1"], {"models": "main, large", "variants": 2}).wait(60)
        assert here.counts == {"drafted": 2}
        assert (len(one.requests), len(other.requests)) == (1, 1)


def test_each_endpoint_has_a_pace_of_its_own(tmp_path):
    small, large = Talker(pause=0.05), Talker(pause=0.05)
    with two_models(tmp_path / "w", small, large, in_flight=1) as (ws, one, _):
        ws.set_model(settings(one, "small-1", in_flight=3))
        run = ws.generate("topic_to_pref", params={**PREFS, "questions": 8}).wait(60)
        assert run.counts == {"drafted": 32}
        assert large.most == 1
        assert 2 <= small.most <= 3
        ws.set_model(settings(one, "small-2", in_flight=2), "twin")  # two names of one endpoint share its pace
        small.most = 0
        ws.generate("topic_to_pref", params={**PREFS, "questions": 8, "models": "main, twin"}).wait(60)
        assert small.most == 2


def test_a_model_that_only_fails_ends_the_run_although_the_other_answers(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large, in_flight=1) as (ws, one, other):
        samples = [a_sample(f"When do you open on day {n}?", "At nine.", id=f"s{n}") for n in range(30)]
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(samples)
        ws.set_model(settings(one, "small-1", in_flight=1))
        large.fails = 400
        params = {"models": "main, large", "variants": 4}
        run = ws.generate("answer", [sample.id for sample in samples], params).wait(60)
        assert run.state == "failed"
        assert "one after the other" in run.message
        assert len(other.requests) < 12


def test_a_dead_endpoint_is_given_up_although_a_model_of_the_same_name_answers_elsewhere(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large, in_flight=1, model="small-1") as (ws, one, other):
        samples = [a_sample(f"When do you open on day {n}?", "At nine.", id=f"s{n}") for n in range(30)]
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(samples)
        ws.set_model(settings(one, "small-1", in_flight=1))
        large.fails = 400
        params = {"models": "main, large", "variants": 4}
        run = ws.generate("answer", [sample.id for sample in samples], params).wait(60)
        assert run.state == "failed"
        assert "one after the other" in run.message
        assert len(other.requests) < 12
        made = ws.drafts(run.id)
        assert {draft.meta["asked_as"] for draft in made} == {"main"}
        assert {draft.model for draft in made} == {"small-1"}
        lost = [draft for draft in ws.drafts(run.id, "failed") if draft.calls]
        assert {draft.meta["asked_as"] for draft in lost} == {"large"}


def test_rows_that_were_not_tried_are_no_failures_of_an_endpoint(tmp_path):
    class Moody(Talker):
        def _say(self, handler, body, number):
            if number % 4:
                super()._say(handler, body, number)
            else:
                handler.send_json({"error": {"message": "broken"}}, status=400)

    with two_models(tmp_path / "w", Talker(), Moody(), in_flight=1) as (ws, one, _):
        ws.set_model(settings(one, "small-1", in_flight=1))
        run = ws.generate("topic_to_pref", params={**PREFS, "questions": 16}).wait(60)
        assert (run.state, run.message) == ("done", "")
        assert run.counts["failed"] % 4 == 0
        assert run.counts["failed"] >= 24
        assert run.counts["failed"] + run.counts["drafted"] == 64


def test_what_names_no_writers_is_by_the_first_model(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, _, other):
        params = {"questions": 2, "questions_only": True, "models": "main, large"}
        run = ws.generate("topic_to_pref", params=params).wait(60)
        assert not other.requests
        made = ws.drafts(run.id)
        assert [(draft.model, draft.meta["asked_as"]) for draft in made] == [("small-1", "main")] * 2


def test_names_are_checked_and_kept(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, one, other):
        assert list(ws.models()) == ["main", "large"]
        assert ws.model("large").endpoint == other.url
        assert ws.model_label("large") == f"large-9 at {other.url}"
        for odd in ("", "a,b", "two words", "__proto__"):
            with pytest.raises(InvalidInput, match="cannot be called"):
                ws.set_model(settings(one, "m"), odd)
        shape = "AIzaSyB" + "0123456789abcdef" * 2
        with pytest.raises(InvalidInput, match="too long") as caught:
            ws.set_model(settings(one, "m"), shape)
        assert "AIza" not in str(caught.value.as_dict())
        for alike, known in (("MAIN", "main"), ("Large", "large"), ("ｌａｒｇｅ", "large")):
            with pytest.raises(InvalidInput, match=f"nearly that of the model {known}"):
                ws.set_model(settings(one, "m"), alike)
        with pytest.raises(InvalidInput, match="looks like a key") as caught:
            ws.set_model(settings(one, "m"), "sk-abc123456789012345")
        assert "sk-abc" not in str(caught.value.as_dict())
        with pytest.raises(InvalidInput, match="looks like a key itself"):
            ws.set_model(settings(one, "m", key_variable="sk-abc123456789012345"), "third")
        with pytest.raises(InvalidInput, match="own model cannot be removed"):
            ws.remove_model("main")
        with pytest.raises(UnknownName, match="did you mean 'large'"):
            ws.remove_model("larg")
        with pytest.raises(NotFound):
            ws.model("none")
        ws.remove_model("large")
        assert list(ws.models()) == ["main"]


def test_only_the_own_model_can_be_without_an_address(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, _, other):
        for name in ("third", "large"):
            with pytest.raises(InvalidInput, match=f"the model {name} has no address") as caught:
                ws.set_model({"in_flight": 2}, name)
            assert "main" in caught.value.hint
        assert list(ws.models()) == ["main", "large"]
        assert ws.model("large").endpoint == other.url
        ws.set_model({})
        assert ws.models()["main"] == {}


def test_a_run_is_forecast_although_a_model_of_it_is_removed(tmp_path):
    with two_models(tmp_path / "w", Talker(), Talker()) as (ws, *_):
        run = ws.generate("topic_to_pref", params=PREFS | {"questions": 6}, pilot=16).wait(60)
        before = ws.forecast(run.id)
        ws.remove_model("large")
        after = ws.forecast(run.id)
        assert after.tokens == before.tokens
        assert after.minutes[0] >= before.minutes[0] > 0
