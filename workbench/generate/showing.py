"""What each recipe makes of what: a small example for its card, by language.

Those of recipes without a model were made by the recipe from the sample data, and a test makes them again. A model's
words differ each time: the others are illustrations, written by hand, and say so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("examples.json")
Said = tuple[str, str]
"""Who says it (a role, or what kind of material it is), and the text."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What goes in and what comes out: the part of each that matters. `made` by the recipe, else an illustration."""

    before: tuple[Said, ...]
    after: tuple[Said, ...]
    made: bool


def shown(recipe: str) -> dict[str, Shown]:
    """The example of a recipe in each language there is one in; nothing for a recipe of an extension."""
    return dict(_all().get(recipe, {}))


@cache
def _all() -> dict[str, dict[str, Shown]]:
    found = json.loads(FILE.read_text("utf-8"))
    return {name: {lang: _shown(one) for lang, one in by_lang.items()} for name, by_lang in found.items()}


def _shown(one: dict[str, list[list[str]]]) -> Shown:
    before, after = (tuple((who, text) for who, text in one[side]) for side in ("before", "after"))
    return Shown(before, after, bool(one.get("made")))
