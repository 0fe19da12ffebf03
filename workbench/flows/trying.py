"""Trying a model as runs use it: a plain question, one whose answer comes in pieces, one that wants JSON.

An endpoint that fails at one of the last two would otherwise pass its test, and then fail every row of a run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

from workbench.errors import ModelError
from workbench.flows.models import model_from_settings
from workbench.llm.base import Message, OnText, Reply, Request, unseen

PLAIN = Request((Message("user", "Say hello."),), temperature=0.0, max_tokens=64)
SHAPED = Request(
    (Message("user", "Is water wet? Answer in JSON."),),
    temperature=0.0,
    max_tokens=64,
    schema={
        "type": "object",
        "properties": {"wet": {"type": "boolean"}},
        "required": ["wet"],
        "additionalProperties": False,
    },
)


def tried(settings: Mapping[str, Any] | None) -> Reply:
    """The answer to the plain question. Raises `ModelError` that says which way of asking failed, and what to do.

    All three together take no longer than the deadline of one call.
    """
    trial = _Trial(settings or {})
    reply = trial.ask(PLAIN)
    try:
        trial.ask(PLAIN, unseen)
    except ModelError as exc:
        raise ModelError(
            f"the model answers a plain question, but not when its answer is to come in pieces: {exc.message}",
            hint="runs ask for answers in pieces: allow streaming at the endpoint, or use another one",
            raw=exc.raw,
            maybe_charged=exc.maybe_charged,
        ) from exc
    try:
        trial.ask(SHAPED, unseen)
    except ModelError as exc:
        raise ModelError(
            f"the model answers in words, but not in JSON of a given shape: {exc.message}",
            hint="recipes that ask for JSON fail with it; use a server that knows json_schema, or a larger model",
            raw=exc.raw,
            maybe_charged=exc.maybe_charged,
        ) from exc
    return reply


class _Trial:
    """Asks within what is left of one deadline."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        seconds = getattr(model_from_settings(settings), "deadline", 120.0)
        self._end = time.monotonic() + seconds

    def ask(self, request: Request, on_text: OnText | None = None) -> Reply:
        left = max(1, math.ceil(self._end - time.monotonic()))
        return model_from_settings({**self._settings, "deadline": left}).reply(request, on_text=on_text)
