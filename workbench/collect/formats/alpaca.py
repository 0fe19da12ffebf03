"""Alpaca records: ``{"instruction", "input"?, "output", "system"?, "history"?: [[user, assistant], ...]}``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.collect.base import BadRecord, Head, Options, Parsed, Record
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, object_of, text_of, turn_id
from workbench.model import Turn
from workbench.text import percent

_RECORD_FIELDS = ("instruction", "input", "output", "system", "history")


def _is_alpaca(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("instruction"), str) and "output" in value


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_alpaca)
    return (0.9 * share, f"{percent(share)} of the first records have instruction and output") if share else None


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The one conversation of an Alpaca record; instruction and input stay apart in the turn's `extra`."""
    value = object_of(record.value, "")
    said = [*_system(value), *_history(value.get("history")), *_asked(value)]
    said.append(("assistant", text_of(value.get("output"), "output"), {}))
    turns = tuple(Turn(turn_id(index), role, text, extra=extra) for index, (role, text, extra) in enumerate(said))
    yield conversation(record, turns, _RECORD_FIELDS)


Said = tuple[str, str, dict[str, Any]]


def _system(value: dict[str, Any]) -> list[Said]:
    return [("system", text_of(value["system"], "system"), {})] if value.get("system") else []


def _history(history: Any) -> Iterator[Said]:
    for index, pair in enumerate(history or ()):
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadRecord(f"history[{index}]", pair, "each item of history is a pair: question, answer")
        yield "user", text_of(pair[0], f"history[{index}][0]"), {}
        yield "assistant", text_of(pair[1], f"history[{index}][1]"), {}


def _asked(value: dict[str, Any]) -> list[Said]:
    instruction = text_of(value.get("instruction"), "instruction")
    given = value.get("input")
    if given is None or given == "":
        return [("user", instruction, {})]
    parts = {"instruction": instruction, "input": text_of(given, "input")}
    return [("user", f"{instruction}\n{given}", parts)]


ALPACA = RecordImporter("alpaca", "Alpaca instructions", _sniff, convert)
