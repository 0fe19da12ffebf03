from __future__ import annotations

import pytest

from workbench.errors import InvalidInput, ModelError
from workbench.flows.models import check_settings, in_flight, model_from_settings, price_of
from workbench.llm import Message, Price, Request

ENDPOINT = {"base_url": "https://api.example.com/v1", "model": "m", "key_variable": "TEST_MODEL_KEY"}


@pytest.mark.parametrize(
    "settings",
    [
        {"key": "abc"},
        {"base_url": "https://api.example.com/v1"},
        {"base_url": "http://api.example.com/v1", "model": "m"},
        {**ENDPOINT, "key_variable": "sk-0123456789abcdef"},
        {**ENDPOINT, "key_variable": "sk_0123456789abcdef"},
        {**ENDPOINT, "usd_per_million_in": 1.0},
        {**ENDPOINT, "deadline": -1},
        {**ENDPOINT, "deadline": "soon"},
        {**ENDPOINT, "in_flight": True},
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
