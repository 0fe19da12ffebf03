"""One JSON text to a value: fast for good text, in plain words for bad text.

orjson reads; what it refuses is looked at again only to say why. Three things it lets pass are handled here: whole
numbers beyond 64 bits (kept as text, since a float would change them), duplicate keys (told when `strict`) and
nesting so deep that it could not be written again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

from workbench.collect.base import BadRecord
from workbench.collect.jsonfaults import explained, too_deep
from workbench.collect.limits import LIMITS

_BEYOND_64_BIT = float(2**63)
_DIGITS = b"0123456789"
_LONG = 19  # digits of the smallest whole number beyond 64 bits


def parse_json(data: bytes, *, strict: bool = False, offset: int = 0) -> Any:
    """The value of one JSON text.

    Args:
        data: UTF-8 bytes.
        strict: refuse objects that have a key twice (otherwise the last one counts, as everywhere).
        offset: where `data` begins in its file, to tell the place of broken bytes.

    Raises:
        BadRecord: with the reason and a hint.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as exc:
        raise explained(data, exc, offset) from exc
    trouble = _trouble(value) if _may_trouble(data) else ""
    if trouble == "deep":
        raise too_deep()
    if strict or trouble == "big":
        return _parse_exactly(data, strict)
    return value


def _may_trouble(data: bytes) -> bool:
    """Whether the text has brackets or digits enough for `_trouble`, told without walking the value."""
    if data.count(b"[") + data.count(b"{") > LIMITS.depth:
        return True
    return len(data) - len(data.translate(None, _DIGITS)) >= _LONG


def _trouble(value: Any) -> str:
    """What orjson let pass: "deep", "big" (a number that lost digits) or nothing."""
    found = ""
    stack: list[tuple[Any, int]] = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > LIMITS.depth:
            return "deep"
        for child in item.values() if type(item) is dict else item if type(item) is list else (item,):
            kind = type(child)
            if kind is str:
                continue
            if kind is dict or kind is list:
                stack.append((child, depth + 1))
            elif kind is float and not -_BEYOND_64_BIT < child < _BEYOND_64_BIT:
                found = "big"
    return found


def _parse_exactly(data: bytes, strict: bool) -> Any:
    pairs = _without_duplicates if strict else dict
    try:
        return json.loads(data, parse_int=_exact_int, object_pairs_hook=pairs)
    except (ValueError, RecursionError) as exc:
        raise BadRecord("", words="text that is not JSON", hint="repair the JSON text") from exc


def _exact_int(digits: str) -> int | str:
    if len(digits) > 20:
        return digits
    number = int(digits)
    return number if -(2**63) <= number < 2**64 else digits


def _without_duplicates(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadRecord(twice, words=f"the key {twice!r} twice in one object", hint="keep one of them")
    return record
