"""Python text of values and calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import workbench as wb

Args = Mapping[str, Any]
"""The arguments of a command."""

PUBLIC = frozenset(wb.__all__)


class Raw(str):
    """Text that is Python already."""

    __slots__ = ()


def written(value: Any) -> str:
    """A value as Python: literals, collections, and the nouns of the workbench as `wb.Source(...)`."""
    if isinstance(value, Raw):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _noun(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        inner = ", ".join(map(written, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, (set, frozenset)):
        return f"frozenset({{{', '.join(sorted(map(written, value)))}}})" if value else "frozenset()"
    return repr(value)


def call(method: str, /, *given: Any, **named: Any) -> str:
    """``ws.<method>(...)``; named arguments that are None, False or empty are what the method has by itself."""
    told = [written(value) for value in given]
    told += [f"{name}={written(value)}" for name, value in named.items() if value not in (None, False, "", (), [], {})]
    return f"ws.{method}({', '.join(told)})"


def _noun(value: Any) -> str:
    name = type(value).__name__
    told = [f"{item.name}={written(getattr(value, item.name))}" for item in fields(value) if _given(value, item)]
    return f"{f'wb.{name}' if name in PUBLIC else name}({', '.join(told)})"


def _given(value: Any, item: Any) -> bool:
    if item.default is not MISSING:
        return bool(getattr(value, item.name) != item.default)
    if item.default_factory is not MISSING:
        return bool(getattr(value, item.name) != item.default_factory())
    return True


def one_or_many(args: Args) -> Any:
    """The ids a command is about; one id stands alone."""
    ids = list(args["ids"])
    return ids[0] if len(ids) == 1 else ids
