"""Answers that were paid for and could not be used, as the ledger keeps them: a replayed recipe meets the same error.

Without that a resumed run would pay a second time for what it knows already.
"""

from __future__ import annotations

from typing import Any

import orjson

from workbench.errors import ModelError, ModelRefused
from workbench.model import Call

_KINDS: dict[str, type[ModelError]] = {kind.code: kind for kind in (ModelError, ModelRefused)}


def kept_error(exc: ModelError) -> str:
    """The error of a whole but useless answer, to be kept as its call's response; "" for one that took no tokens."""
    if exc.tokens is None:
        return ""
    told = {"code": exc.code, "message": exc.message, "hint": exc.hint, "raw": exc.raw, "tokens": list(exc.tokens)}
    return orjson.dumps({"error": {**told, "estimated": exc.estimated}}).decode()


def was_paid(call: Call) -> bool:
    """Whether a failed call gave a whole answer, which is charged, rather than none."""
    return call.state == "failed" and bool(call.response or call.prompt_tokens or call.completion_tokens)


def error_again(call: Call) -> ModelError:
    """The error that a paid call ended with. Lines written before errors were kept have only its sentence."""
    told: dict[str, Any] = orjson.loads(call.response)["error"] if call.response else {}
    kind = _KINDS.get(told.get("code", ""), ModelError)
    exc = kind(told.get("message", call.error), hint=told.get("hint", ""), raw=told.get("raw", ""))
    prompt, written = told.get("tokens", (call.prompt_tokens or 0, call.completion_tokens or 0))
    exc.tokens, exc.estimated = (prompt, written), told.get("estimated", False)
    return exc
