"""ShareGPT records: ``{"conversations": [{"from", "value"}], "system"?, "tools"?}``, tool calls included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from workbench.collect.base import Head, Options, Parsed, Record
from workbench.collect.formats.openai_chat import tool_call
from workbench.collect.jsontext import parse_json
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, list_of, object_of, rest_of, role_of, text_of, turn_id
from workbench.errors import CollectError
from workbench.model import Turn
from workbench.text import percent

_CALLS = ("function_call", "tool_call")
_RECORD_FIELDS = ("conversations", "system")


def is_sharegpt_turn(value: Any) -> bool:
    """Whether a value looks like ``{"from", "value"}``."""
    return isinstance(value, dict) and "from" in value and "value" in value


def _is_sharegpt(value: Any) -> bool:
    turns = value.get("conversations") if isinstance(value, dict) else None
    return isinstance(turns, list) and any(map(is_sharegpt_turn, turns))


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_sharegpt)
    return (
        (0.9 * share, f"{percent(share)} of the first records have conversations with from and value")
        if share
        else None
    )


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The one conversation of a ShareGPT record."""
    value = object_of(record.value, "")
    yield conversation(record, turns_of(value), _RECORD_FIELDS)


def turns_of(value: dict[str, Any]) -> tuple[Turn, ...]:
    """The turns of a record, a system text of its own first."""
    turns = []
    if value.get("system"):
        turns.append(Turn(turn_id(0), "system", text_of(value["system"], "system")))
    for index, item in enumerate(list_of(value.get("conversations"), "conversations")):
        turns.append(turn_of(item, len(turns), f"conversations[{index}]"))
    return tuple(turns)


def turn_of(item: Any, position: int, where: str) -> Turn:
    """One ``{"from", "value"}`` as a turn; a function call keeps its text in `extra`."""
    item = object_of(item, where)
    said = text_of(item.get("value"), f"{where}.value")
    extra = rest_of(item, ("from", "value"))
    if item.get("from") in _CALLS:
        return _calling(said, position, {**extra, "value": said})
    return Turn(turn_id(position), role_of(item.get("from"), f"{where}.from"), said, extra=extra)


def _calling(said: str, position: int, extra: dict[str, Any]) -> Turn:
    try:
        parsed = parse_json(said.encode())
        calls = tuple(tool_call(call, "value") for call in (parsed if isinstance(parsed, list) else [parsed]))
    except (CollectError, orjson.JSONEncodeError):  # models write broken calls: the text says what was there
        return Turn(turn_id(position), "assistant", said)
    return Turn(turn_id(position), "assistant", "", tool_calls=calls, extra=extra)


SHAREGPT = RecordImporter("sharegpt", "ShareGPT conversations", _sniff, convert)
