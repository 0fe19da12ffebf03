"""Trying a model as runs use it: a plain question, one whose answer comes in pieces, one that wants JSON.

An endpoint that fails at one of the last two would otherwise pass its test, and then fail every row of a run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
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
    trial.ask(PLAIN, unseen, failed=_not_in_pieces)
    trial.ask(SHAPED, unseen, failed=_not_in_json)
    return reply


def _not_in_pieces(why: str) -> ModelError:
    return ModelError(
        f"the model answers a plain question, but not when its answer is to come in pieces: {why}",
        hint="runs ask for answers in pieces: allow streaming at the endpoint, or use another one",
    )


def _not_in_json(why: str) -> ModelError:
    return ModelError(
        f"the model answers in words, but not in JSON of a given shape: {why}",
        hint="recipes that ask for JSON fail with it; use a server that knows json_schema, or a larger model",
    )


class _Trial:
    """Asks within what is left of one deadline."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        seconds = getattr(model_from_settings(settings), "deadline", 120.0)
        self._end = time.monotonic() + seconds

    def ask(
        self, request: Request, on_text: OnText | None = None, *, failed: Callable[[str], ModelError] | None = None
    ) -> Reply:
        """One way of asking; where it fails, `failed` says what that means for runs, if it is given."""
        left = max(1, math.ceil(self._end - time.monotonic()))
        try:
            return model_from_settings({**self._settings, "deadline": left}).reply(request, on_text=on_text)
        except ModelError as exc:
            if failed is None:
                raise
            told = failed(exc.message)
            told.raw, told.maybe_charged = exc.raw, exc.maybe_charged
            raise told from exc
