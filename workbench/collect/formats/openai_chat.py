"""OpenAI chat records: ``{"messages": [{"role", "content", ...}], "tools"?}``, with everything else kept.

Shape: the fine-tuning and chat completion references of the OpenAI API; legacy ``function_call`` and ``functions``
are read too, and content lists in the form of LLaMA-Factory (``{"type": "text", "value"}``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from workbench.collect.base import BadRecord, Head, Options, Parsed, Record
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, list_of, object_of, rest_of, role_of, turn_id
from workbench.model import ToolCall, Turn
from workbench.text import percent

_PLAIN_ROLES = frozenset(("user", "assistant", "system"))
_TURN_FIELDS = ("role", "content", "name", "tool_calls", "tool_call_id", "function_call")
_RECORD_FIELDS = ("messages",)


def _is_chat(value: Any) -> bool:
    messages = value.get("messages") if isinstance(value, dict) else None
    return isinstance(messages, list) and any(
        isinstance(message, dict) and "role" in message and ("content" in message or "tool_calls" in message)
        for message in messages
    )


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_chat)
    return (
        (0.9 * share, f"{percent(share)} of the first records have messages with role and content") if share else None
    )


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The one conversation of a chat record."""
    value = object_of(record.value, "")
    turns = turns_of_messages(value.get("messages"), "messages")
    yield conversation(record, turns, _RECORD_FIELDS)


def turns_of_messages(messages: Any, field: str, first: int = 0) -> tuple[Turn, ...]:
    """Turns of a list of chat messages; `first` is the position of the first one."""
    turns = []
    for index, message in enumerate(list_of(messages, field), first):
        if type(message) is dict and len(message) == 2:  # the usual case, without a call: there are millions
            role, content = message.get("role"), message.get("content")
            if role in _PLAIN_ROLES and type(content) is str:
                turns.append(Turn(turn_id(index), role, content))
                continue
        turns.append(turn_of_message(message, index, field))
    return tuple(turns)


def turn_of_message(message: Any, index: int, field: str) -> Turn:
    """One message as a turn; unknown keys go to `extra`, which also keeps content parts that are not plain text."""
    where = f"{field}[{index}]"
    message = object_of(message, where)
    role = role_of(message.get("role"), f"{where}.role")
    extra = rest_of(message, _TURN_FIELDS)
    if role != message["role"]:
        extra["role"] = message["role"]
    calls = _tool_calls(message, where)
    content = _content(message.get("content"), f"{where}.content", extra, optional=bool(calls))
    return Turn(turn_id(index), role, content, _name(message, extra), calls, _call_id(message, extra), extra)


def _name(message: dict[str, Any], extra: dict[str, Any]) -> str | None:
    return _text_or_extra(message, "name", extra)


def _call_id(message: dict[str, Any], extra: dict[str, Any]) -> str | None:
    return _text_or_extra(message, "tool_call_id", extra)


def _text_or_extra(message: dict[str, Any], key: str, extra: dict[str, Any]) -> str | None:
    value = message.get(key)
    if value is not None and not isinstance(value, str):
        extra[key] = value
        return None
    return value or None


def _content(content: Any, field: str, extra: dict[str, Any], *, optional: bool) -> str:
    if isinstance(content, str):
        return content
    if content is None and optional:
        return ""
    if not isinstance(content, list):
        raise BadRecord(field, content, "the content must be text or a list of parts")
    texts = []
    for index, part in enumerate(content):
        text = part.get("text", part.get("value")) if isinstance(part, dict) else part
        if isinstance(text, str) and (not isinstance(part, dict) or part.get("type", "text") == "text"):
            texts.append(text)
        elif not isinstance(part, dict):
            raise BadRecord(f"{field}[{index}]", part, "a part must be an object with a type")
    if content != [{"type": "text", "text": texts[0] if texts else None}]:
        extra["content"] = content
    return "\n".join(texts)


def _tool_calls(message: dict[str, Any], where: str) -> tuple[ToolCall, ...]:
    legacy = message.get("function_call")
    calls = message.get("tool_calls")
    if isinstance(legacy, dict):
        calls = [{"id": "", "function": legacy}]
    if calls is None:
        return ()
    if not isinstance(calls, list):
        raise BadRecord(f"{where}.tool_calls", calls, "this must be a list of tool calls")
    return tuple(tool_call(call, f"{where}.tool_calls[{index}]") for index, call in enumerate(calls))


def tool_call(call: Any, field: str) -> ToolCall:
    """A tool call from ``{"id", "function": {"name", "arguments"}}`` or ``{"name", "arguments"}``."""
    call = object_of(call, field)
    function = call.get("function", call)
    name = function.get("name") if isinstance(function, dict) else None
    if not isinstance(name, str):
        raise BadRecord(f"{field}.function.name", name, "a tool call names its function")
    arguments = function.get("arguments", "")
    text = arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
    return ToolCall(str(call.get("id") or ""), name, text)


OPENAI_CHAT = RecordImporter("openai-chat", "OpenAI chat messages", _sniff, convert)
