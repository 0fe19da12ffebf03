"""Whether the next turn of a conversation was asked of another model, or at another address, than would be asked now.

The address is part of what a request is known by in the ledger: an answer of one address never stands for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from workbench.errors import CallInDoubt, InvalidInput, WorkbenchError
from workbench.llm.base import ChatModel, OnText, Reply, Request
from workbench.llm.unusable import was_paid
from workbench.model import Call


def asked_elsewhere(calls: Iterable[Call], now: ChatModel, ask: Callable[[ChatModel], object]) -> Call | None:
    """The paid, or maybe paid, call of before with which `ask` would begin if the model were where it was then.

    `calls` are those of the conversation, `now` is the model that would be asked. Nothing is sent.
    """
    sent: dict[tuple[str, str], dict[str, Call]] = {}
    for call in calls:
        if call.state != "failed" or was_paid(call):
            sent.setdefault((call.endpoint, call.model), {})[call.request_hash] = call
    here = _first(now.endpoint, now.name, sent.pop((now.endpoint, now.name), {}), ask)
    if here is not None and _is_paid(here):
        return None  # somebody had it sent again, and it was answered
    found = (_first(endpoint, name, asked, ask) for (endpoint, name), asked in sent.items())
    return next((call for call in found if call is not None), None)


def check_not_paid_elsewhere(call: Call | None, now: ChatModel) -> None:
    """Raise `InvalidInput` for a turn whose answer was paid elsewhere."""
    if call is None or not _is_paid(call):
        return
    who, place, endpoint, other = call.model, call.endpoint, now.endpoint, now.name
    hint = "connect it at that address again, or go back a turn: what was answered there would be paid a second time"
    if who != other:
        raise InvalidInput(f"the next turn was asked of {who} at {place}, and {other} would be asked now", hint=hint)
    raise InvalidInput(f"the next turn was asked of {who} at {place}, which is at {endpoint} now", hint=hint)


def doubtful_elsewhere(call: Call, now: ChatModel) -> CallInDoubt:
    """What a turn ends with that was asked elsewhere before an interruption; nobody knows what became of that."""
    who, place, other, endpoint = call.model, call.endpoint, now.name, now.endpoint
    return CallInDoubt(
        f"the next turn was asked of {who} at {place} before the interruption, and may have been charged",
        hint=f"it is not sent again by itself; {other} at {endpoint} would be asked now",
        maybe_charged=True,
    )


def _is_paid(call: Call) -> bool:
    return call.state not in {"sent", "in_doubt"}


def _first(endpoint: str, name: str, asked: dict[str, Call], ask: Callable[[ChatModel], object]) -> Call | None:
    past = _Past(endpoint, name, asked)
    with suppress(WorkbenchError, _Enough):
        ask(past)
    return past.found


class _Enough(Exception):
    """The first request says whom it was asked of."""


class _Past:
    """A model as it was connected before: it sends nothing, and finds the call of the first request."""

    on_this_machine = True
    price = None

    def __init__(self, endpoint: str, name: str, asked: dict[str, Call]) -> None:
        self.endpoint, self.name = endpoint, name
        self.found: Call | None = None
        self._asked = asked

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Raises `_Enough`, always."""
        self.found = self._asked.get(request.hash(self.endpoint, self.name))
        raise _Enough
