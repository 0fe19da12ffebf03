"""The query as a tree of values. Every node knows its place (`start`, `end`: characters of the query text)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal[":", ">=", "<=", ">", "<"]


@dataclass(frozen=True, slots=True)
class All:
    """Every part must match. No parts: everything matches."""

    parts: tuple[Node, ...]
    start: int
    end: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must match."""

    parts: tuple[Node, ...]
    start: int
    end: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not match."""

    part: Node
    start: int
    end: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase in the text of a turn; with `prefix`, the last word may go on (``needl*``)."""

    text: str
    prefix: bool
    start: int
    end: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """Texts whose meaning is near to this one."""

    text: str
    start: int
    end: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written. In a `quoted` one, ``*`` and ``..`` are plain characters."""

    text: str
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field and the values of which one must hold; `author` restricts a tag scheme to that author's answers.

    `exact` (``=`` instead of ``:``): a value of a tree without what is below it, an answer in free text as a whole.
    """

    field: str
    author: str | None
    operator: Operator
    values: tuple[Value, ...]
    start: int
    end: int
    depth: int = 0
    exact: bool = False


Node = All | Either | Without | Words | Meaning | Comparison
