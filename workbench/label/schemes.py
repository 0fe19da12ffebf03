"""What a tag scheme has to be before it is kept: its name is a field of queries, its choices are answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import get_args

from workbench.errors import InvalidInput
from workbench.model import SchemeKind, Suggestion, TagScheme

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
LONGEST_NAME = 60
_TARGETS = ("sample", "turn", "both")
_WITH_CHOICES = ("nominal", "hierarchical", "ordinal", "multi")


def check_scheme(scheme: TagScheme, reserved: Collection[str] = ()) -> None:
    """Raise `InvalidInput` for a scheme that cannot be answered or searched. `reserved` names mean something else."""
    _check_name(scheme.name, reserved)
    _one_of("kind", scheme.kind, get_args(SchemeKind))
    _one_of("suggestion", scheme.suggestion, get_args(Suggestion))
    _one_of("on", scheme.on, _TARGETS)
    values = [choice.value for choice in scheme.choices]
    _check_values(scheme, values)
    if scheme.kind == "ordinal":
        _check_points(scheme.name, values)
    if scheme.kind == "hierarchical":
        _check_parents(scheme.name, values)


def _check_name(name: object, reserved: Collection[str]) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise InvalidInput(
            f"a tag scheme cannot be called {name!r}",
            hint=f"small letters, digits, - and _, a letter first, at most {LONGEST_NAME}; the title can be anything",
        )
    if name in reserved:
        raise InvalidInput(f"{name!r} is a field of queries already", hint="give the scheme another name")


def _one_of(what: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InvalidInput(f"a tag scheme cannot have the {what} {value!r}", hint=f"give one of: {', '.join(known)}")


def _check_values(scheme: TagScheme, values: list[str]) -> None:
    if scheme.kind in _WITH_CHOICES and not values and not scheme.open:
        raise InvalidInput(f"{scheme.name} has no choices", hint="give some, or make it open")
    for value, times in Counter(values).items():
        if not isinstance(value, str) or not value or value != value.strip():
            raise InvalidInput(f"{scheme.name}: {value!r} cannot be a choice", hint="a text without spaces around it")
        if times > 1:
            raise InvalidInput(f"{scheme.name} has the choice {value!r} {times} times", hint="keep one of them")


def _check_points(name: str, values: list[str]) -> None:
    for value in values:
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            raise InvalidInput(
                f"{name}: the point {value!r} of the scale is not a whole number",
                hint="number the points and put the words into their labels",
            )


def _check_parents(name: str, values: list[str]) -> None:
    known = set(values)
    for value in values:
        parent = value.rpartition("/")[0]
        if ("/" in value and parent not in known) or value.endswith("/"):
            raise InvalidInput(f"{name}: {value!r} has no parent {parent!r}", hint=f"add the choice {parent!r} first")
