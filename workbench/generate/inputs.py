"""How a recipe declares its parameters: one line each, with title, help, default and what it may be.

``variants: int = whole("How many", "exercises in all", default=10, least=1, most=10_000)`` is a field of the frozen
dataclass that a recipe names as its `params`. The form is drawn from it and what a person typed is checked against it
(`workbench.generate.params`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any, TypeVar

T = TypeVar("T")


def switch(title: str, help: str = "", *, default: bool = True) -> bool:
    """A yes or no."""
    return _declared(default, title, help)


def whole(title: str, help: str, *, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    return _declared(default, title, help, minimum=least, maximum=most)


def number(title: str, help: str, *, default: float, least: float, most: float) -> float:
    """A number from `least` to `most`."""
    return _declared(default, title, help, minimum=least, maximum=most)


def choice(title: str, help: str = "", *, default: str, of: Iterable[str]) -> str:
    """One of some values."""
    return _declared(default, title, help, choices=tuple(of))


def short_text(title: str, help: str, *, default: str = "") -> str:
    """A text of one line."""
    return _declared(default, title, help)


def long_text(title: str, help: str, *, default: str = "") -> str:
    """A text of any number of lines; `entries` reads it where each line is one thing."""
    return _declared(default, title, help, long=True)


def several_models() -> str:
    """Short names of connected models, between which a recipe divides its requests; `model_names` reads them."""
    help = "names of connected models, separated by commas; empty: the one of the workspace"
    return _declared("", "Models", help, models=True)


def model_names(text: str) -> tuple[str, ...]:
    """The names in such a text, each once, in its order."""
    names = text.replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def freedom(default: float) -> float:
    """The temperature a model is asked with."""
    return number("Freedom", "0: nearly always the same; 1.5: wild", default=default, least=0.0, most=1.5)


def entries(text: str) -> list[str]:
    """What stands on the lines of a text, without space around it; empty lines are no entries."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _declared(default: T, title: str, help: str, **allowed: Any) -> T:
    value: T = field(default=default, metadata={"title": title, "help": help, **allowed})
    return value
