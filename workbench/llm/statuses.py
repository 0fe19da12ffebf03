"""HTTP answers that are not a completion, in words that say what to do and never hold a key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

from workbench.errors import ModelError, ModelRefused

_HINTS = {
    400: "the endpoint does not understand the request; see the model's limits",
    401: "the key is missing or wrong",
    402: "the account has no credit",
    403: "the key may not use this model",
    404: "check the base URL (it often ends in /v1) and the model's name",
    413: "the conversation is too long for this endpoint",
}
_TRY_AGAIN = {408: 1.0, 409: 1.0, 425: 1.0, 429: 2.0, 500: 1.0, 502: 1.0, 503: 2.0, 504: 2.0, 529: 5.0}


_SLOW_DOWN = {429, 503, 529}
"""Statuses that ask for fewer requests; the others are one request's bad luck."""


def error_of_status(status: int, headers: Mapping[str, str], body: bytes, kind: str) -> ModelError:
    """The error for an answer with this status, or (200) of a content type that no completion has."""
    raw = body.decode("utf-8", "replace")
    if status == 200:
        return ModelError(
            f"the endpoint answered with {kind or 'no content type'} instead of JSON",
            hint="is this the address of an API? It often ends in /v1",
            raw=raw[:2000],
        )
    if 300 <= status < 400:
        return ModelError(
            "the endpoint redirects elsewhere; redirects are not followed", hint="use the final address as base URL"
        )
    said, code = _said(raw)
    if code == "content_filter":
        return ModelRefused("the endpoint's content filter declined", raw=said)
    message = f"the endpoint answered {status}" + (f": {said}" if said else "")
    again = _TRY_AGAIN.get(status)
    hint = _HINTS.get(status, "the endpoint is busy or broken; try again later" if again else "")
    wait = None if again is None else retry_after(headers, again)
    return ModelError(message, hint=hint, retry_after=wait, slow_down=status in _SLOW_DOWN)


def retry_after(headers: Mapping[str, str], otherwise: float) -> float:
    """Seconds to wait as a Retry-After header (seconds or a date) says, else `otherwise`."""
    value = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (ValueError, TypeError):
        return otherwise


def without_key(exc: ModelError, key: str) -> ModelError:
    """The same error with the key taken out of every text, should the endpoint have echoed it."""
    clean: type[ModelError] = ModelRefused if isinstance(exc, ModelRefused) else type(exc)

    def hide(text: str) -> str:
        return text.replace(key, "[key]") if key else text

    told = clean(
        hide(exc.message),
        hint=hide(exc.hint),
        retry_after=exc.retry_after,
        maybe_charged=exc.maybe_charged,
        raw=hide(exc.raw),
        slow_down=exc.slow_down,
    )
    told.tokens = exc.tokens
    return told


def _said(raw: str) -> tuple[str, str]:
    try:
        error = json.loads(raw).get("error")
    except (ValueError, AttributeError, RecursionError):
        return "", ""
    if isinstance(error, dict):
        return str(error.get("message") or "")[:300], str(error.get("code") or "")
    return str(error or "")[:300], ""
