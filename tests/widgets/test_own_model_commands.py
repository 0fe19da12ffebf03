"""The workspace's own model in the settings: its address, its key, its price, and how it is tried."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from widgets._model import settings_from, tried
from workbench.errors import InvalidInput, ModelUnreachable
from workbench.llm.base import Reply
from workbench.workspace import Workspace


def test_the_demo_model_is_called_that(call: Any) -> None:
    model = call("model.get")
    assert model["local"] is True
    assert "expect weak text" in model["label"]


def test_an_endpoint_is_kept_without_any_key(ws: Workspace, call: Any) -> None:
    saved = call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "MY_KEY"})
    assert saved["local"] is False
    assert "127.0.0.1" in saved["label"]
    assert ws.model_settings()["key_variable"] == "MY_KEY"


def test_a_key_in_place_of_a_variables_name_is_refused(call: Any) -> None:
    settings = {"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "sk-1234567890abcdefghij"}
    assert call("model.save", settings=settings)["code"] == "invalid_input"


def test_the_place_of_a_key_in_the_keyring_is_kept_and_shown(ws: Workspace, call: Any) -> None:
    entry = {"key_service": "gateway", "key_user": "ana"}
    saved = call(
        "model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "", **entry}
    )
    assert saved["settings"].items() >= entry.items()
    assert ws.model_settings().items() >= entry.items()
    again = call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "MY_KEY"})
    assert again["settings"]["key_service"] == ""


def test_the_form_gets_every_preset(ws: Workspace, call: Any) -> None:
    presets = call("model.get")["presets"]
    assert [preset["name"] for preset in presets] == [preset.name for preset in ws.model_presets()]
    assert {preset["needs_key"] for preset in presets} == {True, False}


def test_no_address_means_the_local_model(call: Any) -> None:
    call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m"})
    assert call("model.save", settings={"base_url": "", "model": "", "key_variable": ""})["local"] is True


def test_settings_the_drawer_does_not_show_stay() -> None:
    before = {"base_url": "https://a.example/v1", "model": "m", "in_flight": 4}
    kept = settings_from({"base_url": "https://b.example/v1", "model": "n", "usd_per_million_in": "1,5"}, before)
    assert kept == {"in_flight": 4, "base_url": "https://b.example/v1", "model": "n", "usd_per_million_in": 1.5}


@pytest.mark.parametrize("typed", ["cheap", "nan", "inf", "-inf", "1e999"])
def test_a_price_that_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match=f"'{typed}' is not a price"):
        settings_from({"base_url": "https://b.example/v1", "usd_per_million_in": typed}, {})


def test_a_model_that_does_not_answer_is_an_answer_of_the_test() -> None:
    def refused(name: str) -> Any:
        raise ModelUnreachable("nothing answers", hint="is it running?")

    told = tried(SimpleNamespace(try_model=refused), "main")
    assert told["ok"] is False
    assert (told["message"], told["hint"]) == ("nothing answers", "is it running?")


def test_a_model_that_answers_says_what() -> None:
    told = tried(SimpleNamespace(try_model=lambda name: Reply("Hello there", "stop", 5, 2, "small")), "main")
    assert (told["ok"], told["text"], told["model"]) == (True, "Hello there", "small")
