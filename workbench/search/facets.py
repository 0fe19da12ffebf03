"""Exact counts of values under a query, from the columns: trees with their parents' totals, numbers in bins."""

from __future__ import annotations

import re
from collections import Counter as Counts
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from workbench.errors import InvalidInput, UnknownName
from workbench.model import TagScheme
from workbench.search.codes import Array, Mask
from workbench.search.columns import CodeColumn, Columns
from workbench.search.combining import BINS, Combined, binned
from workbench.search.counting import count_authors, count_findings
from workbench.search.fields import BUILT_IN, SUGGESTED, TAG, Field, Vocabulary, quoted, tag_field
from workbench.search.findings import PLAIN
from workbench.search.results import Facet, FacetValue
from workbench.search.tagcolumn import LEVELS, TagColumn, ancestors
from workbench.text import search_key

DEFAULT = (
    "domain", "naturalness", "origin", "recipe", "language", "source", "by", "finding", "branch", "state", "turns",
)  # fmt: skip
_TREE_MOST = 1_000


class Counter:
    """Counts over the rows of one answer; the rows are gathered once for all facets."""

    def __init__(self, columns: Columns, mask: Mask, vocabulary: Vocabulary, combined: Combined) -> None:
        self._columns = columns
        self._mask = mask
        self._vocabulary = vocabulary
        self._rows = np.flatnonzero(mask)
        self._combined = combined
        self._combinations = np.bincount(combined.codes.take(self._rows))

    def facets(self, fields: Sequence[str] | None, limit: int) -> list[Facet]:
        """The facets of these fields (default: those of `DEFAULT` that this workspace has)."""
        names = fields if fields is not None else [*self._usual(), *self._other_schemes()]
        return [
            self._facet(field, limit) for name in names if (field := self._field(name, required=fields is not None))
        ]

    def _usual(self) -> list[str]:
        """`DEFAULT`, with branches only where there are side branches."""
        branches = bool(self._columns.codes["branch"].texts.find("side"))
        return [name for name in DEFAULT if name != "branch" or branches]

    def _other_schemes(self) -> list[str]:
        schemes = self._vocabulary.schemes.items()
        names = [name for name, scheme in schemes if scheme.kind != "text"]
        return [
            f"{TAG}{name}" if name in BUILT_IN else name for name in names if name in BUILT_IN or name not in DEFAULT
        ]

    def _field(self, name: str, *, required: bool) -> Field | None:
        plain = name.removeprefix(SUGGESTED).removeprefix(TAG)
        scheme = self._vocabulary.schemes.get(plain)
        if name in BUILT_IN:
            return BUILT_IN[name]
        if scheme is not None:
            return tag_field(scheme, suggested=name.startswith(SUGGESTED))
        if required:
            raise UnknownName.among("facet", name, [*BUILT_IN, *self._vocabulary.schemes])
        return None

    def _facet(self, field: Field, limit: int) -> Facet:
        if field.scheme is not None:
            return self._answers(field, field.scheme, limit)
        if field.kind == "author":
            return Facet(field.name, "author", list(self._authors())[:limit])
        if field.kind == "finding":
            return Facet(field.name, "findings", list(self._findings())[:limit])
        if field.kind == "code":
            values = list(self._codes(field, self._columns.codes[field.column]))
        elif field.name in BINS:
            return Facet(field.name, field.name, list(self._bins(field, BINS[field.name])))
        else:
            raise InvalidInput(f"values of {field.name} are not counted", hint=f"try {', '.join(DEFAULT)}")
        missing = sum(value.count for value in values if not value.value)
        kept = sorted((value for value in values if value.value), key=lambda value: -value.count)
        return Facet(field.name, field.name, kept[:limit], missing)

    def _counts(self, codes: Array, size: int, name: str = "") -> Array:
        """How often each code occurs under the query."""
        if name in self._combined.values:
            part = self._combined.values[name][: len(self._combinations)]
            return np.bincount(part, self._combinations, size).astype(np.int64)
        return np.bincount(codes.take(self._rows), minlength=size)

    def _codes(self, field: Field, column: CodeColumn) -> Iterator[FacetValue]:
        counts = self._counts(column.codes, len(column.texts), field.name)
        shared = _repeated(self._vocabulary.sources.values())
        for code in np.flatnonzero(counts):
            value = column.texts.texts[int(code)]
            label = self._vocabulary.sources.get(value, value) if field.column == "source" else value
            named = value if label in shared else label
            yield FacetValue(value, label, int(counts[code]), f"{field.name}:{quoted(named)}")
        if field.column == "origin":
            synthetic = int(self._counts(self._columns.synthetic, 2, "synthetic")[1])
            for value, count in (("synthetic", synthetic), ("real", len(self._rows) - synthetic)):
                if count:
                    yield FacetValue(value, value, count, f"origin:{value}")

    def _bins(self, field: Field, starts: tuple[int, ...]) -> Iterator[FacetValue]:
        if field.name in self._combined.values:
            counts = self._counts(self._rows, len(starts), field.name)
        else:
            numbers = self._columns.numbers[field.column].take(self._rows)
            counts = np.bincount(binned(numbers, starts), minlength=len(starts))
        for place, start in enumerate(starts):
            if counts[place]:
                value = _bin(starts, place)
                label = value if value.endswith("..") else value.replace("..", "–")
                label = f"{start} and more" if value.endswith("..") else label
                yield FacetValue(value, label, int(counts[place]), f"{field.name}:{value}")

    def _answers(self, field: Field, scheme: TagScheme, limit: int) -> Facet:
        column = self._columns.tag(scheme.name, machine=field.suggested)
        title = scheme.title or scheme.name
        if column is None:
            return Facet(field.name, title, [], len(self._rows))
        first = self._counts(column.codes, len(column.values))
        tree = scheme.kind == "hierarchical"
        totals = self._tree(column, first) if tree else self._flat(column, first)
        labels = {choice.value: choice.label or choice.value for choice in scheme.choices}
        terms = _terms(field, totals, tree=tree)
        values = [FacetValue(value, labels.get(value, value), totals[value], terms[value]) for value in totals]
        if scheme.kind == "ordinal":
            places = {choice.value: place for place, choice in enumerate(scheme.choices)}
            values.sort(key=lambda value: (places.get(value.value, len(places)), value.value))
        else:
            values.sort(key=lambda value: (-value.count, value.value))
        return Facet(field.name, title, values[: _TREE_MOST if tree else limit], int(first[0]))

    def _authors(self) -> Iterator[FacetValue]:
        """Rows that each person has answered anything on, those with the most rows first."""
        counts = count_authors(self._columns, self._mask)
        for author, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield FacetValue(author, author, count, f"by:{quoted(author)}")

    def _findings(self) -> Iterator[FacetValue]:
        """Rows per finding (a kind counts for its check as well), then those without one and those not looked at."""
        counts = count_findings(self._columns, self._rows)
        titles = {**self._vocabulary.checks, **PLAIN}
        for name, count in sorted(counts.items(), key=lambda item: (item[0] in PLAIN, -item[1], item[0])):
            yield FacetValue(name, titles.get(name, name.rpartition("/")[2]), count, f"finding:{quoted(name)}")

    def _flat(self, column: TagColumn, first: Array) -> dict[str, int]:
        """Rows per value. Further answers count once per row and value: at the level that is the value itself."""
        inside = self._mask.take(column.more_rows)
        codes, fresh = column.more_codes[inside], column.more_fresh[inside]
        own = np.array([min(text.count("/"), LEVELS - 1) for text in column.values.texts], dtype=np.uint8)
        new = codes[(fresh >> own.take(codes)) & 1 == 1]
        counts = first + np.bincount(new, minlength=len(first))
        return {column.values.texts[code]: int(counts[code]) for code in map(int, np.flatnonzero(counts)) if code}

    def _tree(self, column: TagColumn, first: Array) -> dict[str, int]:
        """Rows per value and per ancestor of a value; a row with several answers below a node counts once there."""
        table, names = ancestors(column.values.texts)
        totals = np.zeros(len(names), dtype=np.int64)
        inside = self._mask.take(column.more_rows)
        codes, fresh = column.more_codes[inside], column.more_fresh[inside]
        for level in range(LEVELS):
            nodes = table[level]
            deep = nodes >= 0
            np.add.at(totals, nodes[deep], first[deep])
            more = nodes.take(codes[(fresh >> level) & 1 == 1])
            np.add.at(totals, more, 1)
        return {name: int(total) for name, total in zip(names, totals, strict=True) if total}


def _terms(field: Field, values: Iterable[str], *, tree: bool) -> dict[str, str]:
    """The query text that selects each value; for a node of a tree with others below it, the whole branch."""
    if field.scheme is not None and field.scheme.kind == "text":
        return {value: f"{field.name}={quoted(value)}" for value in values}  # as a whole, not as a part of others
    parents = {value[: match.start()] for value in values if tree for match in re.finditer("/", value)}
    return {
        value: f"{field.name}:{value}/*"
        if value in parents and quoted(value) == value
        else f"{field.name}:{quoted(value)}"
        for value in values
    }


def _repeated(names: Iterable[str]) -> set[str]:
    """The names that are not told apart in a query: sources may share one, or differ in capitals only."""
    known = list(names)
    counts = Counts(map(search_key, known))
    return {name for name in known if counts[search_key(name)] > 1}


def _bin(starts: Sequence[int], place: int) -> str:
    if place == len(starts) - 1:
        return f"{starts[place]}.."
    last = starts[place + 1] - 1
    return str(last) if last == starts[place] else f"{starts[place]}..{last}"
