"""What a grammar consists of, and the marks it is written with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HOLE = re.compile(r"\{([^\W\d]\w*?)(\d?)(?:\.(\w+))?\}")
"""A value in an utterance: the slot, which of its values, in which form."""

CHOICE = re.compile(r"\[([^\[\]]*)\]")
"""What may be left out, or of which one is said."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The names of its forms and its values, each in all forms. The first form is the value's name."""

    forms: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it and the ways to say it."""

    role: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Slots, acts and flows by name."""

    slots: dict[str, Slot] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    flows: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance with the values that stand in it: slot, value, its form there, and where that begins and ends."""

    text: str
    slots: tuple[dict[str, str | int], ...]
