"""What a search gives back: rows with the reasons why they match, facets, fields, and how far the indexes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.search.codes import Array


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a row matched.

    `turn`, `start` and `end` (characters of that turn's content) say where a word stands; `score` is the similarity
    (cosine, -1 to 1) of a meaning match.
    """

    kind: Literal["field", "words", "meaning"]
    label: str
    turn: str | None = None
    start: int | None = None
    end: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of a page and why it is there."""

    row: int
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One page. `total` is exact; `next` continues after it (None at the end); `sort` is the order that was used.

    When not all text is indexed yet that the query asks about, `complete` is False: there may be more matches, and
    `progress` says how much is searchable.
    """

    rows: list[int]
    total: int
    next: str | None
    hits: list[Hit]
    sort: str = "newest"
    complete: bool = True
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class BuildRows:
    """What a build of a query holds: its rows, and how many imported side branches were left out of it."""

    rows: Array
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with its exact count under the query; `term` is the query text that selects it."""

    value: str
    label: str
    count: int
    term: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field under a query, most frequent first; `missing` counts rows without an answer."""

    field: str
    label: str
    values: list[FacetValue]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field that can be used in a query, as completion and help show it."""

    name: str
    kind: str
    description: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of `total` samples the word index knows, and how many the meaning index (0 before its first use)."""

    indexed: int
    total: int
    meaning: int = 0
