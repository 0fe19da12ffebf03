"""Preference pairs and prompts with completions, as TRL and LLaMA-Factory write them.

``{"prompt"?, "chosen", "rejected"}`` or ``{"conversations", "chosen", "rejected"}``: the chosen conversation is the
sample and the rejected one a branch of it, so that an export can tell them apart. ``{"prompt", "completion"}`` is one
conversation. Each side is a text, one message or a list of messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.collect.base import BadRecord, Head, Options, Parsed, Record
from workbench.collect.formats.openai_chat import turn_of_message
from workbench.collect.formats.sharegpt import is_sharegpt_turn, turn_of
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, object_of, turn_id
from workbench.model import Turn
from workbench.text import percent

_ASKED = ("prompt", "conversations", "messages", "question", "instruction")
_FIELDS = ("prompt", "conversations", "chosen", "rejected", "completion", "system")


def _is_pair(value: Any) -> bool:
    return isinstance(value, dict) and "chosen" in value and "rejected" in value


def _is_completion(value: Any) -> bool:
    return isinstance(value, dict) and "prompt" in value and "completion" in value


def _sniff(head: Head) -> tuple[float, str] | None:
    if pairs := head.share(_is_pair):
        return 0.95 * pairs, f"{percent(pairs)} of the first records have chosen and rejected"
    share = head.share(_is_completion)
    return (0.9 * share, f"{percent(share)} of the first records have prompt and completion") if share else None


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The chosen conversation, then the rejected one as its branch; or the completed prompt."""
    value = object_of(record.value, "")
    asked = _asked(value)
    if not _is_pair(value):
        yield conversation(record, _said(asked, value.get("completion"), "completion"), _FIELDS)
        return
    used = (*_FIELDS, *(name for name in _ASKED if name in value))
    chosen = conversation(record, _said(asked, value["chosen"], "chosen"), used)
    rejected = conversation(record, _said(asked, value["rejected"], "rejected"), used)
    yield chosen
    if rejected.id != chosen.id:
        yield replace(rejected, branch_of=chosen.id, branch_at=_parting(chosen.turns, rejected.turns))


def _asked(value: dict[str, Any]) -> tuple[Turn, ...]:
    name = next((name for name in _ASKED if value.get(name) is not None), None)
    turns = _turns(value[name], name, "user", 0) if name else ()
    if value.get("system") and isinstance(value["system"], str):
        turns = (Turn("", "system", value["system"]), *turns)
    return turns


def _said(asked: tuple[Turn, ...], answer: Any, field: str) -> tuple[Turn, ...]:
    answered = _turns(answer, field, "assistant", len(asked))
    if not answered:
        raise BadRecord(field, answer, "this must be a text or a list of messages")
    return tuple(replace(turn, id=turn_id(index)) for index, turn in enumerate((*asked, *answered)))


def _turns(value: Any, field: str, role: str, first: int) -> tuple[Turn, ...]:
    if isinstance(value, str):
        return (Turn("", role, value),)
    messages = [value] if isinstance(value, dict) else value
    if not isinstance(messages, list):
        raise BadRecord(field, value, "this must be a text, a message or a list of messages")
    return tuple(
        turn_of(message, index, f"{field}[{index}]")
        if is_sharegpt_turn(message)
        else turn_of_message(message, index, field)
        for index, message in enumerate(messages)
    )


def _parting(one: tuple[Turn, ...], other: tuple[Turn, ...]) -> str:
    same = sum(1 for _ in _common(one, other))
    return other[min(same, len(other) - 1)].id


def _common(one: tuple[Turn, ...], other: tuple[Turn, ...]) -> Iterator[Turn]:
    for first, second in zip(one, other, strict=False):
        if first != second:
            return
        yield first


PREFERENCE = RecordImporter("preference", "Preference pairs, prompt and completion", _sniff, convert)
