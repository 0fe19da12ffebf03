"""The names of connected models: how they are checked and kept, and what a name that is gone, or not asked, stops."""

from __future__ import annotations

import pytest

from tests.flows.two_models import PREFS, Talker, settings, two_models
from workbench.errors import InvalidInput, NotFound, UnknownName
from workbench.llm import ScriptedModel


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
