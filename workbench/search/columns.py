"""The hot columns of all samples as arrays over the row number: an immutable picture of the store at one position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from workbench.search.alike import Alike
from workbench.search.codes import Array, Dictionary, Mask, grown
from workbench.search.findings import Findings
from workbench.search.patterns import value_texts
from workbench.search.tagcolumn import TagColumn
from workbench.store.rows import HotRow, TagRow

CODES = ("language", "source", "origin", "recipe", "model", "run", "state", "import_id", "branch")
NUMBERS: Mapping[str, tuple[str, type[np.generic]]] = {
    "depth": ("depth", np.int32),
    "turns": ("turns", np.int32),
    "chars": ("chars", np.int32),
    "revision": ("revision", np.int32),
    "created": ("created_at", np.int64),
    "updated": ("updated_at", np.int64),
}
BATCH = 50_000
"""Rows turned into arrays at a time."""


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """A text column as codes."""

    texts: Dictionary
    codes: Array


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns, true for the change log up to `position`. Index n of every array is the row of that number."""

    position: int = 0
    alive: Mask = field(default_factory=lambda: np.zeros(1, np.bool_))
    synthetic: Mask = field(default_factory=lambda: np.zeros(1, np.bool_))
    codes: Mapping[str, CodeColumn] = field(default_factory=dict)
    numbers: Mapping[str, Array] = field(default_factory=dict)
    tags: Mapping[tuple[str, bool], TagColumn] = field(default_factory=dict)
    authors: Dictionary = field(default_factory=Dictionary)
    findings: Findings = field(default_factory=Findings)
    alike: Alike = field(default_factory=Alike)

    @classmethod
    def empty(cls) -> Columns:
        """No samples."""
        return cls(
            codes={name: CodeColumn(Dictionary(), np.zeros(1, np.uint8)) for name in CODES},
            numbers={name: np.zeros(1, kind) for name, (_, kind) in NUMBERS.items()},
        )

    @property
    def size(self) -> int:
        """One more than the largest row number."""
        return len(self.alive)

    def tag(self, scheme: str, *, machine: bool = False) -> TagColumn | None:
        """The answers to a scheme; None when nobody ever answered it."""
        return self.tags.get((scheme, machine))

    def answers(self, scheme: str) -> Sequence[str]:
        """The values that people or machines ever gave as an answer to a scheme."""
        given = [column for machine in (False, True) if (column := self.tag(scheme, machine=machine))]
        return [text for column in given for text in column.values.texts[1:]]


def with_samples(columns: Columns, rows: Iterable[HotRow], stale: Sequence[int] = ()) -> Columns:
    """Replace the hot columns of the rows `stale` (those without a new value are gone) and add the others."""
    batches = list(_batches(columns, rows))
    numbers = np.concatenate([np.zeros(0, np.int64), *(batch["n"] for batch in batches)])
    size = max(int(numbers.max(initial=0)) + 1, columns.size)
    alive, synthetic = grown(columns.alive, size), grown(columns.synthetic, size)
    alive[[row for row in stale if row < size]] = False
    alive[numbers] = True

    def joined(name: str, column: Array, largest: int = 0) -> Array:
        if not batches and len(column) >= size:
            return column
        values = grown(column, size, largest)
        for batch in batches:
            values[batch["n"]] = batch[name].astype(values.dtype, copy=False)
        return values

    return replace(
        columns,
        alive=alive,
        synthetic=joined("synthetic", synthetic),
        codes={
            name: CodeColumn(column.texts, joined(name, column.codes, len(column.texts) - 1))
            for name, column in columns.codes.items()
        },
        numbers={name: joined(name, column) for name, column in columns.numbers.items()},
        tags={key: column.sized(size) for key, column in columns.tags.items()},
    )


def with_tags(columns: Columns, rows: Iterable[TagRow], stale: Array) -> Columns:
    """Replace all answers on the rows `stale` by these (in order of row)."""
    found: dict[tuple[str, bool], tuple[list[int], list[int], list[int]]] = {key: ([], [], []) for key in columns.tags}
    tags = dict(columns.tags)
    for row in rows:
        key = (row.scheme, row.machine)
        if key not in tags:
            tags[key], found[key] = TagColumn.empty(columns.size), ([], [], [])
        numbers, codes, authors = found[key]
        author = columns.authors.code(row.author)
        for text in value_texts(row.value):
            numbers.append(row.n)
            codes.append(tags[key].values.code(text))
            authors.append(author)
    size = columns.size
    inside = stale[stale < size]
    for key, (numbers, codes, authors) in found.items():
        entries = np.array((numbers, codes, authors), dtype=np.int64)
        entries = entries[:, entries[0] < size]  # a row that is newer than the hot columns comes with the next change
        if len(inside) or entries.size:
            tags[key] = tags[key].changed(inside, *entries)
    return replace(columns, tags=tags)


def _batches(columns: Columns, rows: Iterable[HotRow]) -> Iterator[dict[str, Array]]:
    """Rows as arrays by column name, so that the row objects of only one batch live at a time."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        arrays: dict[str, Array] = {"n": np.array([row.n for row in batch], np.int64)}
        arrays["synthetic"] = np.array([row.synthetic for row in batch], np.bool_)
        for name, column in columns.codes.items():
            code = column.texts.code
            arrays[name] = np.array([code(getattr(row, name)) for row in batch], np.uint32)
        for name, (attribute, kind) in NUMBERS.items():
            arrays[name] = np.array([getattr(row, attribute) for row in batch], kind)
        yield arrays
