"""The parameters of a recipe: read from what a person typed, and described so that a form can be drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from workbench.errors import InvalidInput
from workbench.generate.base import Recipe
from workbench.generate.inputs import model_names

_KINDS: dict[Any, str] = {bool: "boolean", int: "integer", float: "number", str: "text"}
_TRUE, _FALSE = {"true", "yes", "1", "on"}, {"false", "no", "0", "off"}


def params_record(params: Any) -> dict[str, Any]:
    """Parameters as they are kept: all of them, also a text that was emptied on purpose."""
    values = {item.name: getattr(params, item.name) for item in fields(params)}
    return {name: value for name, value in values.items() if value is not None}


def named_models(params: Any) -> tuple[str, ...]:
    """The short names of the models that the parameters name; empty where they leave it to the workspace."""
    named = [getattr(params, item.name) for item in fields(params) if item.metadata.get("models")]
    return tuple(dict.fromkeys(name for text in named for name in model_names(text)))


def parameter_form(recipe: Recipe) -> list[dict[str, Any]]:
    """One dict per parameter: name, kind, title, help, default, and minimum, maximum, choices where they are set.

    Kinds: "boolean", "integer", "number", "text", "long_text", "choice".
    """
    hints = get_type_hints(recipe.params)
    return [_described(item, hints[item.name]) for item in fields(recipe.params)]


def read_params(recipe: Recipe, values: Mapping[str, Any]) -> Any:
    """The recipe's parameters from plain values; texts are read as numbers where numbers are wanted.

    Raises `InvalidInput` that names the parameter.
    """
    known = {item.name: item for item in fields(recipe.params)}
    hints = get_type_hints(recipe.params)
    for name in values:
        if name not in known:
            raise InvalidInput(
                f"recipe {recipe.name!r} has no parameter {name!r}", hint=f"it has: {', '.join(known) or 'none'}"
            )
    for name, item in known.items():
        if name not in values and item.default is MISSING and item.default_factory is MISSING:
            raise InvalidInput(f"recipe {recipe.name!r} needs the parameter {name!r}")
    return recipe.params(**{name: _read(known[name], hints[name], value) for name, value in values.items()})


def _described(item: Field[Any], kind: Any) -> dict[str, Any]:
    form: dict[str, Any] = {
        "name": item.name,
        "kind": _form_kind(item, kind),
        "title": item.metadata.get("title", item.name.replace("_", " ")),
        "help": item.metadata.get("help", ""),
        "default": None if item.default is MISSING else item.default,
    }
    form |= {key: item.metadata[key] for key in ("minimum", "maximum", "choices") if key in item.metadata}
    return form


def _form_kind(item: Field[Any], kind: Any) -> str:
    if "choices" in item.metadata:
        return "choice"
    return "long_text" if item.metadata.get("long") else _KINDS.get(kind, "text")


def _read(item: Field[Any], kind: Any, value: Any) -> Any:
    title = item.metadata.get("title", item.name)
    read = _as(kind, value, title)
    choices = item.metadata.get("choices")
    if choices and read not in choices:
        raise InvalidInput(f"{title} cannot be {value!r}", hint=f"one of: {', '.join(map(str, choices))}")
    least, most = item.metadata.get("minimum"), item.metadata.get("maximum")
    if (least is not None and read < least) or (most is not None and read > most):
        raise InvalidInput(f"{title} cannot be {value!r}", hint=f"from {least} to {most}")
    return read


def _as(kind: Any, value: Any, title: str) -> Any:
    if kind is bool:
        text = str(value).strip().lower()
        if text in _TRUE | _FALSE:
            return text in _TRUE
        raise InvalidInput(f"{title} is a yes or no, not {value!r}")
    if kind in (int, float) and not isinstance(value, bool):
        try:
            number = float(value)
            if math.isfinite(number) and (kind is float or number == int(number)):
                return kind(number)
        except (ValueError, TypeError, OverflowError):
            pass
        if kind is int:
            raise InvalidInput(f"{title} is a whole number, not {value!r}")
        raise InvalidInput(f"{title} is a number, not {value!r}")
    if kind is str and isinstance(value, str):
        return value
    raise InvalidInput(f"{title} cannot be {value!r}")
