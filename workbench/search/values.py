"""Values of a query read by the type of their field: numbers, dates, ranks, yes and no."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Sequence

from workbench.errors import QueryError
from workbench.model import TagScheme
from workbench.search.fields import BUILT_IN, Field
from workbench.search.syntax import Comparison, Value
from workbench.text import search_key

_NAMED = 12

CANNOT_SAY = "cannot say"
"""The answer that every scheme takes; it has no rank."""

Span = tuple[float, float]
"""Both ends are included."""


def is_free_text(field: Field) -> bool:
    """Whether answers are free text, of which a part is enough to match."""
    return field.scheme is not None and field.scheme.kind == "text"


def span_of(query: str, node: Comparison, value: Value, read: Callable[[str], Span], field: Field) -> Span:
    """What a comparison with one value covers; `QueryError` at the value when it cannot be read."""
    text, operator = value.text, str(node.operator)
    if operator == ":" and not value.quoted:
        sign = next((sign for sign in (">=", "<=", ">", "<") if text.startswith(sign)), "")
        operator, text = sign or ":", text[len(sign) :]
    try:
        if operator == ":" and ".." in text and not value.quoted:
            low, high = text.split("..", 1)
            return (read(low)[0] if low else -math.inf, read(high)[1] if high else math.inf)
        low_, high_ = read(text)
    except ValueError as exc:
        raise bad_value(query, value, _not_readable(field, value), _hint(field, value)) from exc
    spans: dict[str, Span] = {
        ":": (low_, high_), ">=": (low_, math.inf), "<=": (-math.inf, high_),
        ">": (math.nextafter(high_, math.inf), math.inf), "<": (-math.inf, math.nextafter(low_, -math.inf)),
    }  # fmt: skip
    return spans[operator]


def number(text: str) -> Span:
    """A number as a span; raises ValueError."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value, value


def ordinal(scheme: TagScheme) -> Callable[[str], Span]:
    """How values of an ordinal scheme are read: by rank, or as the numbers they are."""
    ranks = ordinal_ranks(scheme)

    def read(text: str) -> Span:
        if ranks:
            if text.casefold() not in ranks:
                raise ValueError(text)
            return ranks[text.casefold()], ranks[text.casefold()]
        return number(text)

    return read


def ordinal_ranks(scheme: TagScheme) -> dict[str, float]:
    """Rank of each choice of an ordinal scheme by its place; empty when the choices are numbers themselves."""
    values = [choice.value.casefold() for choice in scheme.choices if choice.value != CANNOT_SAY]
    try:
        for value in values:
            float(value)
    except ValueError:
        return {value: float(rank) for rank, value in enumerate(values)}
    return {}


def boolean(query: str, value: Value) -> str:
    """``true`` or ``false`` from yes and no in English, French and Chinese."""
    word = value.text.casefold()
    if word in {"true", "yes", "1", "oui", "是"}:
        return "true"
    if word in {"false", "no", "0", "non", "否"}:
        return "false"
    raise bad_value(query, value, f"{value.text!r} is neither yes nor no", "write yes or no")


def _not_readable(field: Field, value: Value) -> str:
    if field.kind == "date":
        return f"{value.text!r} is not a date"
    if field.scheme is not None and ordinal_ranks(field.scheme):
        return f"{value.text!r} is not a value of {field.name}"
    return f"{value.text!r} is not a number"


def readable(value: Value, read: Callable[[str], Span]) -> bool:
    """Whether a value (or a range or comparison in it) is meant for `read`."""
    try:
        read(value.text)
    except ValueError:
        return not value.quoted and (".." in value.text or value.text.startswith(("<", ">")))
    return True


def nearest(text: str, known: Sequence[str]) -> str:
    """The known value that a person may have meant, or what there is."""
    folded = {search_key(value): value for value in known if value}
    near = difflib.get_close_matches(search_key(text), folded, n=1)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    names = list(folded.values())
    known = ", ".join(names[:_NAMED]) or "none"
    return f"known: {known} and {len(names) - _NAMED} more" if len(names) > _NAMED else f"known: {known}"


def _hint(field: Field, value: Value) -> str:
    if field.scheme is not None and field.scheme.choices:
        return nearest(value.text, [choice.value for choice in field.scheme.choices])
    examples = field.examples or BUILT_IN["turns"].examples
    return f"for example {examples[0]}"


def bad_value(query: str, value: Value, message: str, hint: str) -> QueryError:
    """The error for a value, at its place."""
    return QueryError(message, query=query, start=value.start, end=value.end, hint=hint)
