"""Scenario cards: fields with a distribution each, from which one card is drawn per conversation.

A line ``mood: calm x2 | worried`` is a field with its values; ``x2`` makes a value twice as frequent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from workbench.errors import InvalidInput
from workbench.generate.drawing import evenly

_WEIGHT = re.compile(r"\s+[x×](\d{1,3})$")
_ODD_WEIGHT = re.compile(r"\s+(?:[x×]\s*\d+|\d+\s*[x×])$")
_NEAR = 0.8
"""Likeness of two names (0 to 1) from which on the one is taken for a slip of the other."""

Fields = dict[str, tuple[tuple[str, int], ...]]
"""Name of a field -> its values with how frequent each is beside the others."""


def read_fields(text: str, *, fold: bool = True) -> Fields:
    """The fields of a card from its text, their names in small letters unless told otherwise.

    Raises `InvalidInput` for a line that is none, or a field without values.
    """
    fields: Fields = {}
    for number, line in _lines(text):
        name, colon, rest = line.replace("：", ":", 1).partition(":")
        values = tuple(_weighted(value.strip()) for value in rest.split("|") if value.strip())
        name = name.strip().lower() if fold else name.strip()
        if not colon or not name or not values or name in fields:
            raise InvalidInput(
                f"line {number} of the card cannot be read: {line.strip()}",
                hint="name: value | another value x2; each field once",
            )
        fields[name] = values
    if not fields:
        raise InvalidInput("the card has no fields", hint="write for example  mood: calm x2 | worried")
    return fields


def check_fields(text: str, known: Collection[str], values: Mapping[str, Collection[str]]) -> None:
    """Raise `InvalidInput` that names the line where a field, a value or a weight is nearly one we know.

    A field of `values` can have only these values. Other names are a person's own, unless they are as good as one of
    the `known` ones: "chanel" would be a field that does nothing.
    """
    for number, line in _lines(text):
        name = line.replace("：", ":", 1).partition(":")[0].strip().lower()
        if name not in known and (near := get_close_matches(name, known, 1, _NEAR)):
            hint = f"write {near[0]}, or another name for a field of your own"
            raise InvalidInput(f"line {number} of the card: there is no field {name!r}", hint=hint)
        for value, _ in read_fields(line)[name]:
            if odd := _ODD_WEIGHT.search(value):
                hint = "x2 behind a value: twice as often; from x1 to x999"
                raise InvalidInput(f"line {number} of the card: {odd.group().strip()!r} is no weight", hint=hint)
            if name in values and value not in values[name]:
                hint = f"one of: {', '.join(values[name])}"
                raise InvalidInput(f"line {number} of the card: {name} cannot be {value!r}", hint=hint)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line


def drawn_card(fields: Fields, number: int, seed: int) -> dict[str, str]:
    """The card of row `number`: each field's values come as often as they should, independently of the others."""
    return {
        name: evenly([value for value, weight in values for _ in range(weight)], number, seed, f"field {name}")
        for name, values in fields.items()
    }


def _weighted(text: str) -> tuple[str, int]:
    match = _WEIGHT.search(text)
    if match is None or not int(match.group(1)):
        return text, 1
    return text[: match.start()], int(match.group(1))
