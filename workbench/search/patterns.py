"""How values are compared with what a person wrote: without case, ``*`` for anything, ``a/*`` for a and below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from workbench.model import TagValue
from workbench.text import search_key


@dataclass(frozen=True, slots=True)
class Pattern:
    """A value to look for: equal to `text`, or where there is one, fitting the regular `expression` (folded both)."""

    text: str
    expression: str | None = None
    contains: bool = False

    @classmethod
    def of(cls, written: str, *, literal: bool = False, contains: bool = False, below: bool = False) -> Pattern:
        """Read a value as written in a query.

        `literal`: stars are plain; `contains`: a part of the value is enough; `below`: so is a value below it.
        """
        text = search_key(written)
        if literal or "*" not in text:
            if below:
                return cls(text, f"{re.escape(text)}(?:/.*)?")
            return cls(text, re.escape(text), contains=True) if contains else cls(text)
        if text.endswith("/*"):
            return cls(text, f"{_stars(text[:-2])}(?:/.*)?")
        return cls(text, _stars(text), contains)

    def matches(self, value: str) -> bool:
        """Whether a value fits."""
        folded = search_key(value)
        if self.expression is None:
            return folded == self.text
        expression = _compiled(self.expression)
        return bool(expression.search(folded) if self.contains else expression.fullmatch(folded))


def value_texts(value: TagValue) -> tuple[str, ...]:
    """A tag's value as texts: one for each choice of a multiple answer, ``("",)`` for one with no choice."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(value)) or ("",)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (str(value),)


def _stars(text: str) -> str:
    return ".*".join(re.escape(part) for part in text.split("*"))


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.DOTALL)
