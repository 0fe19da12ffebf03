"""HTTP answers that are not a completion, in words that say what to do and never hold a key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

from workbench.errors import ModelError, ModelRefused

HINTS = {
    400: "the endpoint does not understand the request; see the model's limits",
    402: "the account has no credit",
    413: "the conversation is too long for this endpoint",
}
"""Status -> what to do about it."""

_NO_MODEL_CODES = {"model_not_found", "DeploymentNotFound"}
_NO_MODEL = re.compile(
    r"\bmodel\b.{0,120}(not found|not exist|not loaded|unknown)|(unknown|no such|invalid) model", re.I | re.S
)
"""What servers say that give no such code: Ollama "model 'x' not found", vLLM "The model `x` does not exist."."""

_TRY_AGAIN = {408: 1.0, 409: 1.0, 425: 1.0, 429: 2.0, 500: 1.0, 502: 1.0, 503: 2.0, 504: 2.0, 529: 5.0}


_SLOW_DOWN = {429, 503, 529}
"""Statuses that ask for fewer requests; the others are one request's bad luck."""


def error_of_status(
    status: int, headers: Mapping[str, str], body: bytes, kind: str, *, keyed: bool = True
) -> ModelError:
    """The error for an answer with this status, or (200) of a content type that no completion has.

    `keyed` tells whether a key went along.
    """
    raw = body.decode("utf-8", "replace")
    if status == 200:
        return ModelError(
            f"the endpoint answered with {kind or 'no content type'} instead of JSON",
            hint="is this the address of an API? It often ends in /v1",
            raw=raw[:2000],
        )
    if 300 <= status < 400:
        return ModelError(
            f"the endpoint redirects to {_target(headers)}; redirects are not followed",
            hint="use the final address as base URL, if you trust it",
        )
    said, code = _said(raw)
    if code == "content_filter":
        return ModelRefused("the endpoint's content filter declined", raw=said)
    known = _mistake_of_settings(status, said, code, keyed=keyed)
    if known is not None:
        return known
    message = f"the endpoint answered {status}" + (f": {said}" if said else "")
    again = _TRY_AGAIN.get(status)
    hint = HINTS.get(status, "the endpoint is busy or broken; try again later" if again else "")
    wait = None if again is None else retry_after(headers, again)
    return ModelError(message, hint=hint, retry_after=wait, slow_down=status in _SLOW_DOWN)


def _mistake_of_settings(status: int, said: str, code: str, *, keyed: bool) -> ModelError | None:
    """What a person can mend in the model settings: the key, the model's name, the path."""
    if status == 401 and not keyed:
        return ModelError(
            "the endpoint wants a key, and the settings name none",
            hint="say in the model settings where the key is: an environment variable, or the keyring",
        )
    if status == 401:
        return ModelError(
            f"the endpoint does not accept the key (401): {said}"
            if said
            else "the endpoint does not accept the key (401)",
            hint="is it the key of this endpoint, and still valid?",
        )
    if status == 403:
        return ModelError(
            f"the endpoint forbids this (403): {said}" if said else "the endpoint forbids this (403)",
            hint="ask its owner whether this key may use this model",
        )
    if status in {400, 404} and (code in _NO_MODEL_CODES or _NO_MODEL.search(said)):
        return ModelError(
            f"the endpoint does not know the model: {said}" if said else "the endpoint does not know the model",
            hint="give the name as the endpoint lists it; on Azure, the name of the deployment",
        )
    if status in {404, 405}:
        return ModelError(
            f"there is no chat interface at this address ({status}): {said}"
            if said
            else f"there is no chat interface at this address ({status})",
            hint="check the base URL: with most servers it ends in /v1",
        )
    return None


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
    told.tokens, told.estimated, told.status = exc.tokens, exc.estimated, exc.status
    return told


def _target(headers: Mapping[str, str]) -> str:
    """Where a redirect leads, without what may be secret in it."""
    location = headers.get("location", "").split("?")[0].split("#")[0]
    scheme, slashes, rest = location.rpartition("//")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}"[:200] or "an address it does not name"


def _said(raw: str) -> tuple[str, str]:
    try:
        error = json.loads(raw).get("error")
    except (ValueError, AttributeError, RecursionError):
        return "", ""
    if isinstance(error, dict):
        return str(error.get("message") or "")[:300], str(error.get("code") or "")
    return str(error or "")[:300], ""
