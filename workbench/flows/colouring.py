"""One colour and shape for each sample, by the values of a field: the most frequent ones, the others together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.search import Facet, FacetValue, Index

MOST = 8
"""Groups told apart by colour and shape; all further values are "other"."""
REST, NONE = "other", "no answer"

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Group:
    """One entry of the legend: its label, how many samples of the query are in it, and the query that finds them.

    `kind`: a value of the field, the rest of its values, or no value at all.
    """

    value: str
    label: str
    count: int
    term: str
    kind: str = "value"


@dataclass(frozen=True, slots=True)
class Colouring:
    """How samples are coloured by a field; `codes` has the place in `groups` of every row number."""

    field: str
    title: str
    groups: tuple[Group, ...]
    codes: Array


def coloured(index: Index, field: str, query: str) -> Colouring:
    """Colour what a query finds by a field. Raises `UnknownName` or `InvalidInput` for one whose values do not count.

    A sample with several values has the colour of its most frequent one.
    """
    mask = index.mask(query)
    facet = index.facets(query, [field], limit=200)[0]
    values = shown(facet)
    codes = np.full(len(mask), len(values) + 1, np.uint8)
    for place in reversed(range(len(values))):
        codes[index.mask(f"state:* {values[place].term}")[: len(codes)]] = place
    known = any_value(index, field, len(codes))
    codes[(codes == len(values) + 1) & known] = len(values)
    counts = np.bincount(codes[mask], minlength=len(values) + 2)
    groups = [Group(v.value, v.label, int(n), v.term) for v, n in zip(values, counts, strict=False)]
    groups.append(Group("", REST, int(counts[len(values)]), "", "rest"))
    groups.append(Group("", NONE, int(counts[len(values) + 1]), none_term(field), "none"))
    return Colouring(field, facet.label, tuple(groups), codes)


def shown(facet: Facet) -> list[FacetValue]:
    """The values that get a colour: those of a tree at its top; of origins real and synthetic alone."""
    values = facet.values
    if facet.field == "origin":
        values = [value for value in values if value.value in {"real", "synthetic"}]
    tops = [value for value in values if "/" not in value.value]
    ordered = sorted(tops or values, key=lambda value: -value.count)[:MOST]
    return sorted(ordered, key=lambda value: value.value) if _ranked(ordered) else ordered


def any_value(index: Index, field: str, size: int) -> Array:
    """For every row whether it has any value of the field."""
    term = none_term(field)
    mask = index.mask(f"state:* -({term})") if term else index.mask("state:*")
    known = np.zeros(size, dtype=np.bool_)
    known[: len(mask)] = mask[:size]
    return known


def none_term(field: str) -> str:
    """The query for samples without a value of this field; empty where each has one."""
    if field in {"language", "source", "recipe", "model", "run", "import"}:
        return f'{field}:""'
    if field in {"origin", "state", "branch", "depth", "turns", "chars", "revision"}:
        return ""
    return f"missing:{field.removeprefix('tag.')}"


def _ranked(values: list[FacetValue]) -> bool:
    """Whether the values are numbers, which are shown in their order."""
    return all(value.value[:1].isdigit() for value in values)
