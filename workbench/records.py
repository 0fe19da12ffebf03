"""How the nouns are written as JSON and read back: the one codec for store, import and export.

`to_record` of a sample and `sample_from_record` lose nothing. Empty fields are left out, so records stay small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from workbench.ids import content_hash
from workbench.model import (
    Choice,
    Finding,
    Generated,
    Imported,
    Json,
    Origin,
    Sample,
    Tag,
    TagScheme,
    ToolCall,
    Turn,
    Written,
)

_ORIGINS: dict[str, type[Imported] | type[Generated] | type[Written]] = {
    "imported": Imported,
    "generated": Generated,
    "written": Written,
}


def to_record(value: Any) -> Any:
    """A noun (or tuple, mapping, plain value) as JSON-ready data; empty optional fields are left out."""
    if type(value) is Turn:
        return _turn_record(value)
    if isinstance(value, (Imported, Generated, Written)):
        return {"kind": type(value).__name__.lower(), **_fields(value)}
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    if isinstance(value, (tuple, list)):
        return [_turn_record(item) if type(item) is Turn else to_record(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_record(item) for key, item in value.items()}
    return value


def turn_from_record(record: Json) -> Turn:
    """A `Turn` from `to_record` data. Raises KeyError or TypeError when it is not one."""
    calls = tuple(ToolCall(**call) for call in record.get("tool_calls", ()))
    return Turn(**{**record, "tool_calls": calls})


def origin_from_record(record: Json) -> Origin:
    """An origin from its `to_record` data."""
    values = {key: value for key, value in record.items() if key != "kind"}
    if record["kind"] == "generated":  # an empty tuple is left out of the record
        values["parents"] = tuple(values.get("parents", ()))
    return _ORIGINS[record["kind"]](**values)


def sample_from_record(record: Json) -> Sample:
    """A `Sample` from its `to_record` data."""
    turns = tuple(turn_from_record(turn) for turn in record["turns"])
    return Sample(**{**record, "turns": turns, "origin": origin_from_record(record["origin"])})


def tag_from_record(record: Json) -> Tag:
    """A `Tag` from its `to_record` data; a JSON list becomes a tuple of choices."""
    value = record["value"]
    return Tag(**{**record, "value": tuple(value) if isinstance(value, list) else value})


def scheme_from_record(record: Json) -> TagScheme:
    """A `TagScheme` from its `to_record` data."""
    return TagScheme(**{**record, "choices": tuple(Choice(**choice) for choice in record.get("choices", ()))})


def finding_from_record(record: Json) -> Finding:
    """A `Finding` from its `to_record` data."""
    return Finding(**record)


def conversation_hash(turns: tuple[Turn, ...]) -> str:
    """The tagged hash of what is said: roles, names, contents and tool calls; turn ids do not count."""
    return content_hash([_said(turn) for turn in turns])


def _said(turn: Turn) -> dict[str, Any]:
    if _is_plain(turn):
        return {"role": turn.role, "content": turn.content}
    record = _fields(turn)
    del record["id"]
    return record


def _turn_record(turn: Turn) -> dict[str, Any]:
    if _is_plain(turn):
        return {"id": turn.id, "role": turn.role, "content": turn.content}
    return _fields(turn)


def _is_plain(turn: Turn) -> bool:
    """Whether a turn has no optional field: nearly every one, and the speed of imports depends on these."""
    return turn.name is None and turn.tool_call_id is None and not turn.tool_calls and not turn.extra


_FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def _fields(value: Any) -> dict[str, Any]:
    kind = type(value)
    names = _FIELD_NAMES.get(kind)
    if names is None:
        names = _FIELD_NAMES[kind] = tuple(item.name for item in fields(value))
    record: dict[str, Any] = {}
    for name in names:
        item = getattr(value, name)
        if isinstance(item, str):
            if item or name in _KEPT:
                record[name] = item
        elif isinstance(item, (int, float)):
            record[name] = item
        elif not (item is None or (isinstance(item, (tuple, Mapping)) and not item)):
            record[name] = to_record(item)
    return record


_KEPT = {"content", "id", "role", "name", "source", "arguments", "value", "message"}
