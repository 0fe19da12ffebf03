"""Whether a JSON value has the shape a schema asks for: the part of JSON Schema that model requests use.

Endpoints promise to keep to a schema and do not always do it; the check is ours. Understood: type, enum, const,
properties, required, additionalProperties (false), items, prefixItems, minItems, maxItems, minLength.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def misfit(value: Any, schema: Mapping[str, Any], path: str = "answer") -> str | None:
    """The first place where `value` does not fit, in words; None when it fits."""
    kind = schema.get("type")
    if kind and not _is(value, kind):
        return f"{path} should be {kind}, it is {type(value).__name__}"
    if "const" in schema and value != schema["const"]:
        return f"{path} should be exactly {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{path} should be one of {', '.join(map(repr, schema['enum']))}"
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        return f"{path} is shorter than asked for"
    if isinstance(value, dict):
        return _object_misfit(value, schema, path)
    if isinstance(value, list):
        return _array_misfit(value, schema, path)
    return None


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, _TYPES.get(kind, (object,)))


def _object_misfit(value: dict[str, Any], schema: Mapping[str, Any], path: str) -> str | None:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{path} does not have {name!r}"
    if schema.get("additionalProperties") is False:
        for name in value:
            if name not in properties:
                return f"{path} has an unknown {name!r}"
    found = (misfit(value[name], inner, f"{path}.{name}") for name, inner in properties.items() if name in value)
    return next((message for message in found if message), None)


def _array_misfit(value: list[Any], schema: Mapping[str, Any], path: str) -> str | None:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < least or (most is not None and len(value) > most):
        if most == least:
            return f"the number of items of {path} should be {least}, it is {len(value)}"
        if most is None:
            return f"the number of items of {path} should be {least} or more, it is {len(value)}"
        return f"the number of items of {path} should be {least} to {most}, it is {len(value)}"
    fixed = list(schema.get("prefixItems", ()))
    shapes = fixed + [schema.get("items", {})] * (len(value) - len(fixed))
    found = (misfit(item, inner, f"{path}[{n}]") for n, (item, inner) in enumerate(zip(value, shapes, strict=False)))
    return next((message for message in found if message), None)
