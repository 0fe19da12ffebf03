"""Which model generation uses: a small settings drawer that never sees a key, and a test that says what failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from widgets._work import result_of
from workbench.errors import WorkbenchError

FIELDS = ("base_url", "model", "key_variable")
LOCAL_LABEL = "Small demo model on this machine: expect weak text. Connect your own under Settings."


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``model.*``."""

    def save(settings: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in ws.model_settings().items() if key not in FIELDS}
        given = {key: str(settings.get(key) or "").strip() for key in FIELDS}
        chosen = {key: value for key, value in given.items() if value}
        ws.set_model({**kept, **chosen} if chosen else {})
        return model_view(ws)

    return {
        "model.get": lambda: model_view(ws),
        "model.save": save,
        "model.test": lambda: {"job": ws.background("Test the model", lambda control: tried(ws)).id},
        "model.tested": lambda job: result_of(ws, job),
    }


def model_view(ws: Any) -> dict[str, Any]:
    """The settings, and in plain words which model that is."""
    settings = dict(ws.model_settings())
    base_url, model = str(settings.get("base_url", "")), str(settings.get("model", ""))
    label = f"{model or 'The default model'} at {base_url}" if base_url else LOCAL_LABEL
    return {"settings": {key: settings.get(key, "") for key in FIELDS}, "local": not base_url, "label": label}


def tried(ws: Any) -> dict[str, Any]:
    """Ask the model one short question. What fails is part of the answer, not an error of the screen."""
    from workbench.llm.base import Message, Request

    started = time.monotonic()
    try:
        model = ws.model()
        answer = model.reply(Request(messages=(Message("user", "Say hello."),), max_tokens=16))
    except WorkbenchError as exc:
        return {"ok": False, **exc.as_dict(), "seconds": time.monotonic() - started}
    return {"ok": True, "text": answer.text, "model": answer.model, "seconds": time.monotonic() - started}
