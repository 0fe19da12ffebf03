"""Turns as messages of the OpenAI chat API, which is also what TRL and the Hugging Face hub read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.model import Turn
from workbench.records import to_record


def message(turn: Mapping[str, Any]) -> dict[str, Any]:
    """A turn's record as a message. An assistant that only calls tools has the content null, as the API wants it."""
    if len(turn) == 3:  # id, role, content: nearly all of them
        return {"role": turn["role"], "content": turn["content"]}
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


def messages(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """Turns as messages."""
    return [message(to_record(turn)) for turn in turns]


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": call["id"],
        "type": "function",
        "function": {"name": call["name"], "arguments": call["arguments"]},
    }
