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
    if type(value) is Sample:
        return _sample_record(value)
    if isinstance(value, (Imported, Generated, Written)):
        return {"kind": type(value).__name__.lower(), **_fields(value)}
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    if isinstance(value, (tuple, list)):
        return [to_record(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_record(item) for key, item in value.items()}
    return value


def turn_from_record(record: Json) -> Turn:
    """A `Turn` from `to_record` data. Raises KeyError or TypeError when it is not one."""
    if "tool_calls" not in record:
        return Turn(**record)
    return Turn(**{**record, "tool_calls": tuple(ToolCall(**call) for call in record["tool_calls"])})


def origin_from_record(record: Json) -> Origin:
    """An origin from its `to_record` data."""
    values = {key: value for key, value in record.items() if key != "kind"}
    if record["kind"] == "generated":  # an empty tuple is left out of the record
        values["parents"] = tuple(values.get("parents", ()))
        if "gates" in values:
            values["gates"] = tuple(map(finding_from_record, values["gates"]))
    return _ORIGINS[record["kind"]](**values)


def sample_from_record(record: Json) -> Sample:
    """A `Sample` from its `to_record` data."""
    turns = tuple([turn_from_record(turn) for turn in record["turns"]])
    return Sample(**{**record, "turns": turns, "origin": origin_from_record(record["origin"])})


def scheme_from_record(record: Json) -> TagScheme:
    """A `TagScheme` from its `to_record` data."""
    return TagScheme(**{**record, "choices": tuple(Choice(**choice) for choice in record.get("choices", ()))})


def finding_from_record(record: Json) -> Finding:
    """A `Finding` from its `to_record` data."""
    return Finding(**record)


def conversation_hash(turns: tuple[Turn, ...]) -> str:
    """The tagged hash of what is said: roles, names, contents and tool calls; turn ids do not count."""
    if _all_plain(turns):
        return content_hash([{"role": turn.role, "content": turn.content} for turn in turns])
    said = [_fields(turn) for turn in turns]
    for record in said:
        del record["id"]
    return content_hash(said)


def _sample_record(sample: Sample) -> dict[str, Any]:
    """The same as `_fields`, several times as fast for a conversation of plain turns: imports live on it."""
    if not _all_plain(sample.turns):
        return _fields(sample)
    turns = [{"id": turn.id, "role": turn.role, "content": turn.content} for turn in sample.turns]
    record = {"id": sample.id, "turns": turns, "origin": to_record(sample.origin), "source": sample.source}
    if sample.language:
        record["language"] = sample.language
    if sample.title:
        record["title"] = sample.title
    if sample.extra:
        record["extra"] = to_record(sample.extra)
    times = {"created_at": sample.created_at, "updated_at": sample.updated_at}
    return {**record, "revision": sample.revision, "state": sample.state, **times}


def _all_plain(turns: tuple[Turn, ...]) -> bool:
    """Whether there are turns, and none has an optional field."""
    for turn in turns:
        if turn.extra or turn.tool_calls or turn.name is not None or turn.tool_call_id is not None:
            return False
    return bool(turns)


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
