"""The endpoints of a run that asks several models: each has its own pace and failures, and may not be sent all."""

from __future__ import annotations

from tests.builders import a_sample
from tests.flows.two_models import PREFS, Talker, settings, two_models


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
    small, large = Talker(together=2), Talker(pause=0.05)
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


def given_up(ws, one, other, large):
    """A run that is given up early, because `large` only fails, although the model at `one` answers."""
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
    return run


def test_a_model_that_only_fails_ends_the_run_although_the_other_answers(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large, in_flight=1) as (ws, one, other):
        run = given_up(ws, one, other, large)
        assert {draft.model for draft in ws.drafts(run.id)} == {"small-1"}  # what the other one answered stays


def test_a_dead_endpoint_is_given_up_although_a_model_of_the_same_name_answers_elsewhere(tmp_path):
    large = Talker()
    with two_models(tmp_path / "w", Talker(), large, in_flight=1, model="small-1") as (ws, one, other):
        run = given_up(ws, one, other, large)
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
