"""Turns as messages of the OpenAI chat API, which is also what TRL and the Hugging Face hub read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.model import Turn
from workbench.records import to_record

_PLAIN = 3  # id, role and content: nearly all turns


def message(turn: Mapping[str, Any]) -> dict[str, Any]:
    """A turn's record as a message. An assistant that only calls tools has the content null, as the API wants it."""
    calls = turn.get("tool_calls")
    content = turn["content"]
    told: dict[str, Any] = {"role": turn["role"], "content": None if calls and not content else content}
    if "name" in turn:
        told["name"] = turn["name"]
    if calls:
        told["tool_calls"] = [_call(call) for call in calls]
    if "tool_call_id" in turn:
        told["tool_call_id"] = turn["tool_call_id"]
    return told


def parsed_messages(turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The turns of a freshly parsed record as messages, made in place: a third faster than building new ones."""
    for place, turn in enumerate(turns):
        if len(turn) == _PLAIN:
            del turn["id"]
        else:
            turns[place] = message(turn)
    return turns


def messages(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """Turns as messages."""
    return [message(to_record(turn)) for turn in turns]


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": call["id"],
        "type": "function",
        "function": {"name": call["name"], "arguments": call["arguments"]},
    }
