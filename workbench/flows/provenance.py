"""Which call gave which turn, and which model answered: what a draft keeps of the replies it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workbench.llm.answering import another_model
from workbench.llm.base import Reply
from workbench.model import Finding, Turn

MODEL_GATE = "model"
"""The name of the finding about a model that was not asked."""


def made_of(asked: str, replies: Sequence[Reply], turns: Iterable[Turn]) -> dict[str, Any]:
    """For a draft's `meta`: the call whose answer holds the words of each turn, and the models that answered.

    A turn whose words stand in no answer as they are (they were read out of JSON, say) has no call of its own here;
    a model that answered under the name it was asked by is not told again.
    """
    calls: dict[str, int] = {}
    left = list(replies)
    for turn in turns:
        reply = next((one for one in left if turn.content and turn.content in one.text), None)
        if reply is not None and reply.call_id is not None:
            calls[turn.id] = reply.call_id
            left = left[left.index(reply) :]
    answered = sorted({reply.model for reply in replies} - {asked, ""})
    return {**({"turn_calls": calls} if calls else {}), **({"answered_by": answered} if answered else {})}


def other_model(asked: str, endpoint: str, replies: Iterable[Reply]) -> Finding | None:
    """The finding that another model than the one asked for answered; None when none did."""
    others = sorted({reply.model for reply in replies if another_model(asked, reply.model, endpoint)})
    if not others:
        return None
    answered = ", ".join(others)
    message = f"{answered} answered, but {asked} was asked for"
    return Finding(MODEL_GATE, 0.5, "warning", message, value=answered)
