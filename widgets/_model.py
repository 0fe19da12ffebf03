"""Which model generation uses: a small settings drawer that never sees a key, and a test that says what failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from widgets._typed import PRICES, TEXTS, UNSEEN, settings_from
from widgets._work import result_of
from workbench.errors import WorkbenchError

MAIN = "main"
"""The short name of the workspace's own model."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``model.*``."""

    def save(settings: Mapping[str, Any], name: str = MAIN) -> dict[str, Any]:
        ws.set_model(settings_from(settings, ws.models().get(name, {})), name)
        return model_view(ws)

    def remove(name: str) -> dict[str, Any]:
        held = ws.models().get(name, {})
        ws.remove_model(name)
        return {**model_view(ws), "removed": {key: held[key] for key in UNSEEN if key in held}}

    def test(name: str = MAIN) -> dict[str, Any]:
        return {"job": ws.background("Test the model", lambda control: tried(ws, name)).id}

    return {
        "model.get": lambda: model_view(ws),
        "model.save": save,
        "model.remove": remove,
        "model.test": test,
        "model.tested": lambda job: result_of(ws, job),
    }


def model_view(ws: Any) -> dict[str, Any]:
    """The settings of the workspace's own model, in plain words which that is, and what other people often have.

    `models` holds the same of every connected model, by its short name.
    """
    models = [
        {"name": name, "label": ws.model_label(name), "settings": _shown(settings)}
        for name, settings in ws.models().items()
    ]
    own = models[0]
    return {
        "settings": own["settings"],
        "presets": [preset.as_dict() for preset in ws.model_presets()],
        "local": not own["settings"]["base_url"],
        "label": own["label"],
        "models": models,
    }


def _shown(settings: Mapping[str, Any]) -> dict[str, Any]:
    shown = {key: settings.get(key, "") for key in (*TEXTS, *PRICES)}
    return {**shown, "local": bool(settings.get("local"))}


def tried(ws: Any, name: str) -> dict[str, Any]:
    """Ask the model short questions. What fails is part of the answer, not an error of the screen."""
    started = time.monotonic()
    try:
        answer = ws.try_model(name)
    except WorkbenchError as exc:
        return {"ok": False, **exc.as_dict(), "seconds": time.monotonic() - started}
    return {"ok": True, "text": answer.text, "model": answer.model, "seconds": time.monotonic() - started}
