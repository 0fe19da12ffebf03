"""The workbench's own JSON Lines, ``"format": "workbench/2"``, or ``"workbench/1"`` as older workbenches wrote them.

Two forms: what an export writes (``sample`` holds the whole sample with its id and origin, beside ``tags`` and
``source``), and a simpler one for writing by hand (``id``, ``language``, ``title``, ``turns``, ``meta``, ``tags``).
The second version adds ``turn_models`` to an origin; what a later one adds is not guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, get_args

from workbench.collect.base import BadRecord, Head, Options, Parsed, ParsedTag, Record
from workbench.collect.formats.openai_chat import tool_call
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, list_of, object_of, text_of, turn_id
from workbench.model import ROLES, Policy, Sample, Source, Turn
from workbench.records import origin_from_record
from workbench.text import percent

FORMAT = "workbench/2"
_READ = ("workbench/1", FORMAT)
_TURN_FIELDS = ("id", "role", "content", "name", "tool_calls", "tool_call_id", "extra")
_HAND_FIELDS = ("format", "turns", "meta", "tags", "synthetic")


def _is_ours(value: Any) -> bool:
    return isinstance(value, dict) and str(value.get("format", "")).startswith("workbench/")


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_ours)
    return (share, f"{percent(share)} of the first records say format workbench") if share else None


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The sample of a line, whole when it comes from an export."""
    value = object_of(record.value, "")
    if value.get("format") not in _READ:
        hint = "update the workbench: a newer one wrote this" if _is_ours(value) else f"each line must say {FORMAT!r}"
        raise BadRecord("format", value.get("format"), hint)
    yield _exported(record, value) if "sample" in value else _written(record, value)


def _written(record: Record, value: dict[str, Any]) -> Parsed:
    turns = _turns(value.get("turns"), "turns")
    meta = object_of(value.get("meta", {}), "meta")
    parsed = conversation(record, turns, _HAND_FIELDS, tags=_tags(value, turns))
    return replace(parsed, extra={**parsed.extra, **meta})


def _exported(record: Record, value: dict[str, Any]) -> Parsed:
    stored = object_of(value["sample"], "sample")
    turns = _turns(stored.get("turns"), "sample.turns")
    origin_record = object_of(stored.get("origin"), "sample.origin")
    try:
        origin = origin_from_record(origin_record)
    except KeyError as exc:
        raise BadRecord("sample.origin", origin_record, f"an origin has a field {exc}") from exc
    except TypeError as exc:
        raise BadRecord("sample.origin", origin_record, "this must be an origin as an export writes it") from exc
    if not isinstance(origin.depth, int) or not isinstance(origin.synthetic, bool):
        raise BadRecord("sample.origin", origin_record, "depth must be a whole number and synthetic true or false")
    _check_writers(origin_record.get("turn_models", {}))
    language, title = stored.get("language"), text_of(stored.get("title", ""), "sample.title")
    sample = Sample(
        text_of(stored.get("id"), "sample.id"), turns, origin, "",
        None if language is None else text_of(language, "sample.language"), title,
        object_of(stored.get("extra", {}), "sample.extra"), created_at=_time(stored, "created_at"),
        updated_at=_time(stored, "updated_at"),
    )  # fmt: skip
    return Parsed(
        record.row, record.line, turns, language=sample.language, title=title, extra=sample.extra,
        tags=_tags(value, turns), synthetic=origin.synthetic, depth=origin.depth, whole=sample,
        source=_source(value.get("source")),
    )  # fmt: skip


def _check_writers(writers: Any) -> None:
    """Refuse what does not name a model for each turn: it would be stored, and break whoever reads it."""
    for turn, model in object_of(writers, "sample.origin.turn_models").items():
        text_of(model, f"sample.origin.turn_models.{turn}")


def _time(stored: Mapping[str, Any], name: str) -> int:
    value = stored.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRecord(f"sample.{name}", value, "a time is a whole number of milliseconds")
    return value


def _turns(items: Any, field: str) -> tuple[Turn, ...]:
    turns = tuple(_turn(item, index, f"{field}[{index}]") for index, item in enumerate(list_of(items, field)))
    ids = [turn.id for turn in turns]
    if len(set(ids)) != len(ids):
        raise BadRecord(field, next(id for id in ids if ids.count(id) > 1), "turn ids must differ")
    return turns


def _turn(item: Any, index: int, where: str) -> Turn:
    item = object_of(item, where)
    if item.get("role") not in ROLES:
        raise BadRecord(f"{where}.role", item.get("role"), f"the role must be one of {', '.join(ROLES)}")
    calls = item.get("tool_calls") or []
    if not isinstance(calls, list):
        raise BadRecord(f"{where}.tool_calls", calls, "this must be a list of tool calls")
    given = {key: text_of(item[key], f"{where}.{key}") for key in ("name", "tool_call_id") if item.get(key) is not None}
    rest = {key: value for key, value in item.items() if key not in _TURN_FIELDS}
    return Turn(
        text_of(item.get("id") or turn_id(index), f"{where}.id"),
        item["role"],
        text_of(item.get("content", ""), f"{where}.content"),
        tool_calls=tuple(tool_call(call, f"{where}.tool_calls[{n}]") for n, call in enumerate(calls)),
        extra={**rest, **object_of(item.get("extra", {}), f"{where}.extra")},
        **given,
    )


def _tags(value: Mapping[str, Any], turns: tuple[Turn, ...]) -> tuple[ParsedTag, ...]:
    tags = value.get("tags") or []
    if not isinstance(tags, list):
        raise BadRecord("tags", tags, "this must be a list of tags")
    known = {turn.id for turn in turns}
    return tuple(_tag(object_of(tag, f"tags[{n}]"), f"tags[{n}]", known) for n, tag in enumerate(tags))


def _tag(tag: dict[str, Any], where: str, turns: set[str]) -> ParsedTag:
    value = tag.get("value")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    elif not isinstance(value, (str, int, float, bool)):
        raise BadRecord(f"{where}.value", value, "a tag's value is text, a number, true, false or a list of texts")
    turn, confidence, at = tag.get("turn") or None, tag.get("confidence"), tag.get("at", 0)
    if turn is not None and turn not in turns:
        raise BadRecord(f"{where}.turn", turn, f"the turns are {', '.join(sorted(turns)[:20])}")
    if confidence is not None and not isinstance(confidence, (int, float)):
        raise BadRecord(f"{where}.confidence", confidence, "a confidence is a number from 0 to 1")
    if not isinstance(at, int):
        raise BadRecord(f"{where}.at", at, "a time is a whole number of milliseconds")
    scheme, author = text_of(tag.get("scheme"), f"{where}.scheme"), text_of(tag.get("author"), f"{where}.author")
    if not scheme or not author or "\0" in scheme + author:
        raise BadRecord(where, tag, "a tag names its scheme and its author")
    note = text_of(tag.get("note", ""), f"{where}.note")
    return ParsedTag(scheme, value, author, turn, note, confidence, tag.get("machine") is True, at)


def _source(value: Any) -> Source | None:
    if value is None:
        return None
    value = object_of(value, "source")
    known = {item.name for item in fields(Source)} - {"collected_at"}
    texts = {key: text_of(item, f"source.{key}") for key, item in value.items() if key in known}
    if not texts.get("name"):
        raise BadRecord("source.name", value.get("name"), "a source has a name")
    if texts.get("policy", "local_only") not in get_args(Policy):
        raise BadRecord("source.policy", texts["policy"], f"the policy is one of {', '.join(get_args(Policy))}")
    at = value.get("collected_at", 0)
    return Source(**{**texts, "collected_at": at if isinstance(at, int) else 0})  # type: ignore[arg-type]


WORKBENCH = RecordImporter("workbench", "Workbench (JSONL, lossless)", _sniff, convert)
