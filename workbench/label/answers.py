"""What counts as an answer to a scheme."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from workbench.errors import InvalidInput
from workbench.model import TagScheme, TagValue

CANNOT_SAY = "cannot say"
"""An answer of its own to any scheme: the person looked and could not decide. It stays out of averages."""

SHOWN = 12
"""So many choices are named where an answer is none of them."""

_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


def check_value(scheme: TagScheme, value: object) -> TagValue:
    """`value` as the scheme's own type. Raises `InvalidInput` that names the possible answers."""
    if isinstance(value, str) and value.strip().casefold() == CANNOT_SAY:
        return CANNOT_SAY
    if scheme.kind == "boolean":
        return _boolean(scheme, value)
    if scheme.kind == "ordinal":
        return _ordinal(scheme, value)
    if scheme.kind == "multi":
        return tuple(sorted({_choice(scheme, item) for item in _sequence(scheme, value)}))
    if scheme.kind == "text":
        return _text(scheme, value)
    return _choice(scheme, value)


def _boolean(scheme: TagScheme, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise InvalidInput(f"{scheme.name}: {value!r} is neither yes nor no", hint="answer true or false")


def _ordinal(scheme: TagScheme, value: object) -> int | str:
    points = [_whole(choice.value) for choice in scheme.choices if not choice.retired]
    if None in points:  # a scheme from before points had to be numbers
        return _choice(scheme, value)
    point = _whole(value)
    if point is not None and point in points:
        return point
    raise InvalidInput(
        f"{scheme.name}: {value!r} is not a point of this scale", hint=f"answer one of {', '.join(map(str, points))}"
    )


def _whole(value: object) -> int | None:
    """The whole number that a value is or is the text of."""
    try:
        return int(value) if isinstance(value, float) and value.is_integer() else int(str(value))
    except ValueError:
        return None


def _choice(scheme: TagScheme, value: object) -> str:
    answer = str(value).strip()
    known = [choice.value for choice in scheme.choices if not choice.retired]
    if answer in known or (scheme.open and answer):
        return answer
    near = difflib.get_close_matches(answer, known, n=1)
    more = ", …" if len(known) > SHOWN else ""
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known[:SHOWN])}{more}"
    raise InvalidInput(f"{scheme.name}: {answer!r} is not one of its choices", hint=hint)


def _sequence(scheme: TagScheme, value: object) -> Sequence[object]:
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, str):
        return [part for part in value.split(",") if part.strip()]
    raise InvalidInput(f"{scheme.name}: {value!r} is not a list of choices", hint="give a list")


def _text(scheme: TagScheme, value: object) -> str:
    answer = str(value).strip()
    if not answer:
        raise InvalidInput(f"{scheme.name}: the answer is empty", hint="write something, or remove the tag")
    return answer
