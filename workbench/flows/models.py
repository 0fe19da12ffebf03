"""Which model the settings mean. A key is never a setting: only the place it is read from is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.errors import InvalidInput
from workbench.flows.key_place import check_key_place, key_source
from workbench.llm.address import check_base_url
from workbench.llm.base import ChatModel, Price
from workbench.llm.presets import check_filled, filled

_KNOWN: dict[str, type | tuple[type, ...]] = {
    "base_url": str,
    "model": str,
    "key_variable": str,
    "key_service": str,
    "key_user": str,
    "local": bool,
    "deadline": (int, float),
    "in_flight": int,
    "usd_per_million_in": (int, float),
    "usd_per_million_out": (int, float),
    "path": str,
}
_PRICES = ("usd_per_million_in", "usd_per_million_out")
LOCAL_LABEL = "Small demo model: expect weak text; connect your own under Settings."
LOCAL_IN_FLIGHT = 2
IN_FLIGHT = 8
MOST_IN_FLIGHT = 64


def check_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are kept; raises `InvalidInput` that names the one that cannot be used.

    ``{}`` is the local demo model, ``{"path": ...}`` another local GGUF file, ``{"base_url", "model"}`` an endpoint.
    A ``"preset"`` (see `PRESETS`) fills in what the others leave open.
    """
    kept = filled(settings)
    for name, value in kept.items():
        kind = _KNOWN.get(name)
        if kind is None:
            raise InvalidInput(f"the model settings have no {name!r}", hint=f"they have: {', '.join(sorted(_KNOWN))}")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise InvalidInput(f"the model setting {name!r} cannot be a {type(value).__name__}")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            _check_amount(name, value)
    check_key_place(kept)
    if "path" in kept and not Path(kept["path"]).expanduser().is_file():
        raise InvalidInput(f"there is no model file {kept['path']}", hint="name a .gguf file on this machine")
    if "base_url" in kept:
        if "model" not in kept:
            raise InvalidInput("the endpoint's model has no name", hint='set "model" as the endpoint calls it')
        check_filled(kept["base_url"])
        check_base_url(kept["base_url"], local=bool(kept.get("local")))
    if len(kept.keys() & set(_PRICES)) == 1:
        raise InvalidInput("a price needs both usd_per_million_in and usd_per_million_out")
    return kept


def model_from_settings(settings: Mapping[str, Any] | None) -> ChatModel:
    """The model the settings mean. Raises `InvalidInput`, or `ModelUnreachable` when the local one is not installed."""
    kept = check_settings(settings or {})
    if "base_url" not in kept:
        from workbench.llm.local import LocalModel

        return LocalModel(kept.get("path"), deadline=kept.get("deadline", 300.0))
    from workbench.llm.openai_compatible import OpenAICompatible

    return OpenAICompatible(
        kept["base_url"],
        kept["model"],
        key=key_source(kept),
        local=bool(kept.get("local")),
        price=price_of(kept),
        deadline=float(kept.get("deadline", 120.0)),
    )


def price_of(settings: Mapping[str, Any] | None) -> Price | None:
    """What the model of the settings costs: nothing for a local one, None when nobody said.

    Raises `InvalidInput` for a price that is no amount.
    """
    kept = settings or {}
    if "base_url" not in kept:
        return Price(0.0, 0.0)
    if any(kept.get(name) is None for name in _PRICES):
        return None
    for name in _PRICES:
        _check_amount(name, kept[name])
    return Price(*(float(kept[name]) for name in _PRICES))


def _check_amount(name: str, value: float) -> None:
    if value < 0:
        raise InvalidInput(f"the model setting {name!r} cannot be negative")
    if not value <= sys.float_info.max:  # not a number, or one that nobody can count with
        raise InvalidInput(f"the model setting {name!r} is no amount", hint="use a number from 0")


def in_flight(settings: Mapping[str, Any] | None) -> int:
    """How many calls may be under way at once."""
    kept = settings or {}
    usual = IN_FLIGHT if "base_url" in kept else LOCAL_IN_FLIGHT
    return max(1, min(MOST_IN_FLIGHT, int(kept.get("in_flight", usual))))


def model_label(settings: Mapping[str, Any] | None) -> str:
    """The model in words for a person, without loading it."""
    kept = settings or {}
    model, base_url, path = (kept.get(name, "") for name in ("model", "base_url", "path"))
    if base_url:
        return f"{model} at {base_url}"
    return f"Local model {path}" if path else LOCAL_LABEL
