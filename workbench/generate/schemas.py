"""JSON Schemas of the replies that recipes ask for: the part of JSON Schema that `workbench.llm.shape` checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

INTEGER: Schema = {"type": "integer"}


def string(least: int = 2) -> Schema:
    """A text of at least so many characters."""
    return {"type": "string", "minLength": least}


def one_of(values: Iterable[str] | Iterable[int]) -> Schema:
    """One of some texts, or of some whole numbers."""
    listed = list(values)
    return {"type": "string" if isinstance(listed[0], str) else "integer", "enum": listed}


def array(items: Schema, least: int = 1, most: int | None = None) -> Schema:
    """A list of `least` to `most` values of one shape."""
    return {"type": "array", "items": items, "minItems": least, **({} if most is None else {"maxItems": most})}


def record(properties: Mapping[str, Schema]) -> Schema:
    """An object that has every one of these properties, and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
