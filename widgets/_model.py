"""Which model generation uses: a small settings drawer that never sees a key, and a test that says what failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from widgets._typed import PRICES, TEXTS, settings_from
from widgets._work import result_of
from workbench.errors import WorkbenchError


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``model.*``."""

    def save(settings: Mapping[str, Any]) -> dict[str, Any]:
        ws.set_model(settings_from(settings, ws.model_settings()))
        return model_view(ws)

    return {
        "model.get": lambda: model_view(ws),
        "model.save": save,
        "model.test": lambda: {"job": ws.background("Test the model", lambda control: tried(ws)).id},
        "model.tested": lambda job: result_of(ws, job),
    }


def model_view(ws: Any) -> dict[str, Any]:
    """The settings, in plain words which model that is, and what other people often have."""
    settings = dict(ws.model_settings())
    shown = {key: settings.get(key, "") for key in (*TEXTS, *PRICES)}
    return {
        "settings": {**shown, "local": bool(settings.get("local"))},
        "presets": [preset.as_dict() for preset in ws.model_presets()],
        "local": not settings.get("base_url"),
        "label": ws.model_label(),
    }


def tried(ws: Any) -> dict[str, Any]:
    """Ask the model short questions. What fails is part of the answer, not an error of the screen."""
    started = time.monotonic()
    try:
        answer = ws.try_model()
    except WorkbenchError as exc:
        return {"ok": False, **exc.as_dict(), "seconds": time.monotonic() - started}
    return {"ok": True, "text": answer.text, "model": answer.model, "seconds": time.monotonic() - started}
