"""Database values <-> nouns. Text goes in as JSON bytes, so that an export can copy it out without parsing."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import orjson

from workbench.errors import InvalidInput
from workbench.model import (
    Budget,
    Call,
    Document,
    Draft,
    DraftChange,
    FrozenSlice,
    Run,
    Sample,
    Span,
    TagScheme,
    TagValue,
)
from workbench.records import (
    finding_from_record,
    sample_from_record,
    scheme_from_record,
    to_record,
    turn_from_record,
)

_BLAKE_TAG = "b2:"


def dump(value: Any) -> bytes:
    """A noun or plain value as JSON bytes; `InvalidInput` for what JSON cannot hold."""
    return dump_record(to_record(value))


def dump_record(record: Any) -> bytes:
    """`to_record` data as JSON bytes; `InvalidInput` for what JSON cannot hold."""
    try:
        return orjson.dumps(record)
    except (TypeError, ValueError) as exc:
        raise InvalidInput(
            f"this cannot be kept as JSON: {exc}",
            hint="a text may hold half of a character, or a field something that is neither text, number nor list",
        ) from exc


def load(data: bytes) -> Any:
    """The value of `dump`, as plain JSON data."""
    return orjson.loads(data)


def load_sample(data: bytes, state: Literal["active", "archived"]) -> Sample:
    """A sample from its stored JSON; its state is a property of the row, not of a revision."""
    return sample_from_record({**orjson.loads(data), "state": state})


@lru_cache(maxsize=128)
def load_scheme(data: bytes) -> TagScheme:
    """A tag scheme from its stored JSON. The same text gives the same value: schemes are read with every tag."""
    return scheme_from_record(orjson.loads(data))


def content_key(content: str) -> bytes:
    """A conversation hash as it is indexed: 16 bytes for our own hash, the text for any other."""
    if content.startswith(_BLAKE_TAG):
        return bytes.fromhex(content[len(_BLAKE_TAG) :])
    return content.encode()


def content_text(key: bytes) -> str:
    """The conversation hash of a `content_key`."""
    return _BLAKE_TAG + key.hex() if len(key) == 16 else key.decode()


def dump_value(value: TagValue) -> str:
    """A tag's value as JSON text: equal values give equal text."""
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput(f"a tag cannot be {value}", hint="give a number")
    if not isinstance(value, (str, int, float, bool, tuple)):
        raise InvalidInput(f"a tag cannot be a {type(value).__name__}", hint="give text, a number or several choices")
    return dump(value).decode()


def load_value(text: str) -> TagValue:
    """The tag value of `dump_value`."""
    value: TagValue | list[str] = orjson.loads(text)
    return tuple(value) if isinstance(value, list) else value


def load_document(data: bytes) -> Document:
    """A document from its stored JSON."""
    record = orjson.loads(data)
    return Document(**{"text": "", "title": "", **record, "spans": tuple(Span(**s) for s in record.get("spans", ()))})


def load_run(data: bytes) -> Run:
    """A run from its stored JSON."""
    record = orjson.loads(data)
    texts = {"query": "", "author": "", "params": {}, "seed": 0, "requested": 0}
    lists = {name: tuple(record.get(name, ())) for name in ("parents", "gates")}
    return Run(**{**texts, **record, **lists, "budget": Budget(**record.get("budget", {}))})


def load_draft(data: bytes, decision: dict[str, Any], changes: bytes | None = None) -> Draft:
    """A draft from its stored JSON, the columns that a decision changes, and what people changed since it was made."""
    record = {**orjson.loads(data), **decision}
    draft = Draft(
        **{
            **record,
            "turns": tuple(turn_from_record(turn) for turn in record.get("turns", ())),
            "parents": tuple(record.get("parents", ())),
            "calls": tuple(record.get("calls", ())),
            "gates": tuple(finding_from_record(gate) for gate in record.get("gates", ())),
        }
    )
    return draft if changes is None else _changed(draft, orjson.loads(changes))


def load_change(record: Any) -> DraftChange:
    """A change of a draft from its `to_record` data."""
    turns = tuple(turn_from_record(turn) for turn in record.get("turns", ()))
    gates = tuple(finding_from_record(gate) for gate in record.get("gates", ()))
    return DraftChange(**{"rule": {}, **record, "turns": turns, "gates": gates})


def _changed(draft: Draft, records: list[Any]) -> Draft:
    changes = tuple(map(load_change, records))
    last = changes[-1]
    return replace(draft, turns=last.turns, gates=last.gates, made=draft.turns, changes=changes)


def load_frozen(data: bytes) -> FrozenSlice:
    """A frozen slice from its stored JSON."""
    record = orjson.loads(data)
    members = tuple((str(sample), int(revision)) for sample, revision in record.get("members", ()))
    return FrozenSlice(**{"query": "", "author": "", "schemes": {}, **record, "members": members})


CALL_COLUMNS = (
    "id, run, row, request_hash, endpoint, model, state, sent_at, ended_at, prompt_tokens, completion_tokens, usd, "
    "error, response, estimated"
)


def load_call(row: tuple[Any, ...]) -> Call:
    """A call from its `CALL_COLUMNS`."""
    call = Call(*row)
    return replace(call, estimated=bool(call.estimated))
