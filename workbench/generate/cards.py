"""Scenario cards: fields with a distribution each, from which one card is drawn per conversation.

A line ``mood: calm x2 | worried`` is a field with its values; ``x2`` makes a value twice as frequent.
"""

from __future__ import annotations

import re

from workbench.errors import InvalidInput
from workbench.generate.drawing import evenly

_WEIGHT = re.compile(r"\s+[x×](\d{1,3})$")
Fields = dict[str, tuple[tuple[str, int], ...]]
"""Name of a field -> its values with how frequent each is beside the others."""


def read_fields(text: str, *, fold: bool = True) -> Fields:
    """The fields of a card from its text, their names in small letters unless told otherwise.

    Raises `InvalidInput` for a line that is none, or a field without values.
    """
    fields: Fields = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
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
