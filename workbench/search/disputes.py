"""On which samples people disagree: first from the columns who may, then from the answers who does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from workbench.model import TagValue
from workbench.search.codes import Array
from workbench.search.tagcolumn import TagColumn
from workbench.search.values import CANNOT_SAY
from workbench.store.rows import TagRow


def compared_rows(column: TagColumn | None) -> Array:
    """The rows that two people or more have answered."""
    if column is None or not len(column.more_rows):
        return np.zeros(0, np.int64)
    other = column.more_authors != column.authors.take(column.more_rows)
    return np.unique(column.more_rows[other]).astype(np.int64)


def differing_rows(column: TagColumn | None) -> Array:
    """The rows with more than one author and more than one answer: the only ones that can be disputed."""
    rows = compared_rows(column)
    if column is None or not len(rows):
        return rows
    other = column.more_codes != column.codes.take(column.more_rows)
    return np.intersect1d(rows, column.more_rows[other])


def disputed_among(tags: Iterable[TagRow], scheme: str) -> Array:
    """The rows where two people gave different answers about the same thing (the sample, or one turn of it).

    "Cannot say" is no answer; machines' answers do not count. The same rule as `label.agreement`.
    """
    units: dict[tuple[int, str], dict[str, TagValue]] = defaultdict(dict)
    for tag in tags:
        if tag.scheme == scheme and not tag.machine and tag.value != CANNOT_SAY:
            units[tag.n, tag.turn][tag.author] = tag.value
    return np.array(sorted({row for (row, _), given in units.items() if len(set(given.values())) > 1}), np.int64)
