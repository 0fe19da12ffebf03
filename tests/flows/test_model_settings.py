from __future__ import annotations

import pytest

from workbench.errors import InvalidInput, ModelError, UnknownName
from workbench.flows.models import check_settings, in_flight, model_from_settings, price_of
from workbench.llm import Message, Price, Request
from workbench.llm.presets import PRESETS

ENDPOINT = {"base_url": "https://api.example.com/v1", "model": "m", "key_variable": "TEST_MODEL_KEY"}
NO_AMOUNTS = (float("nan"), float("inf"), -float("inf"), 10**400)


@pytest.mark.parametrize(
    "settings",
    [
        {"key": "abc"},
        {"base_url": "https://api.example.com/v1"},
        {"base_url": "http://api.example.com/v1", "model": "m"},
        {**ENDPOINT, "key_variable": "sk-0123456789abcdef"},
        {**ENDPOINT, "key_variable": "sk_0123456789abcdef"},
        {**ENDPOINT, "key_service": "gateway", "key_user": "ana"},
        {**ENDPOINT, "key_variable": "", "key_service": "gateway"},
        {**ENDPOINT, "key_variable": "", "key_service": "gateway", "key_user": "sk-proj-0123456789abcdef"},
        {"preset": "other", "model": "m"},
        {"preset": "azure", "model": "m"},
        {"preset": "ollama"},
        {**ENDPOINT, "usd_per_million_in": 1.0},
        {**ENDPOINT, "deadline": -1},
        {**ENDPOINT, "deadline": "soon"},
        {**ENDPOINT, "in_flight": True},
        *({**ENDPOINT, "deadline": value} for value in NO_AMOUNTS),
        *({**ENDPOINT, "usd_per_million_in": value, "usd_per_million_out": 1} for value in NO_AMOUNTS),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings):
    with pytest.raises(InvalidInput):
        check_settings(settings)


def test_empty_fields_of_a_form_are_left_out():
    assert check_settings({**ENDPOINT, "path": "", "deadline": None}) == ENDPOINT


def test_the_key_comes_from_the_environment_only_when_it_is_needed(monkeypatch):
    monkeypatch.delenv("TEST_MODEL_KEY", raising=False)
    model = model_from_settings(ENDPOINT)
    with pytest.raises(ModelError, match="TEST_MODEL_KEY"):
        model.reply(Request((Message("user", "hi"),)))


def test_prices_and_concurrency_of_settings():
    assert price_of({}) == Price(0.0, 0.0)
    assert price_of(ENDPOINT) is None
    assert price_of({**ENDPOINT, "usd_per_million_in": 1, "usd_per_million_out": 2}) == Price(1.0, 2.0)
    assert in_flight({**ENDPOINT, "in_flight": 1000}) == 64


@pytest.mark.parametrize("value", NO_AMOUNTS)
def test_a_price_that_is_no_amount_is_no_price(value):
    with pytest.raises(InvalidInput):
        price_of({**ENDPOINT, "usd_per_million_in": 1, "usd_per_million_out": value})


def test_a_price_that_was_kept_as_nothing_is_unknown():
    assert price_of({**ENDPOINT, "usd_per_million_in": None, "usd_per_million_out": None}) is None


def test_a_refused_place_of_a_key_is_not_repeated():
    for name in ("key_variable", "key_service"):
        with pytest.raises(InvalidInput) as caught:
            check_settings({**ENDPOINT, "key_variable": "", "key_user": "ana", name: "sk-proj-0123456789abcdef"})
        assert "0123456789" not in str(caught.value)


@pytest.mark.parametrize("preset", [preset for preset in PRESETS if preset.base_url and preset.name != "azure"])
def test_a_preset_needs_only_the_model(preset):
    kept = check_settings({"preset": preset.name, "model": "m"})
    assert kept == check_settings(kept)
    assert kept["base_url"] == preset.base_url
    assert ("key_variable" in kept) is preset.needs_key
    assert kept.get("local", False) is preset.local


def test_an_unknown_preset_is_told_with_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'openai'"):
        check_settings({"preset": "opanai", "model": "m"})


def test_a_preset_fills_only_what_is_missing():
    given = {"model": "m", "base_url": "https://us.api.openai.com/v1", "key_service": "gateway", "key_user": "ana"}
    assert check_settings({"preset": "openai", **given}) == given
    azure = check_settings({"preset": "azure", "model": "m", "base_url": "https://lab.openai.azure.com/openai/v1"})
    assert azure["key_variable"] == "AZURE_OPENAI_API_KEY"
    assert "local" not in check_settings({"preset": "ollama", "model": "m", "base_url": "https://ollama.example/v1"})
