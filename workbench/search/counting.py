"""Counts that no single column holds: rows by who answered anything on them, rows by what checks found."""

from __future__ import annotations

from collections import Counter

import numpy as np

from workbench.search.codes import Array, Mask
from workbench.search.columns import Columns
from workbench.search.findings import UNKNOWN

_BITS = 63


def count_authors(columns: Columns, mask: Mask) -> dict[str, int]:
    """For each person the rows of `mask` with an answer of theirs, to whatever scheme, each row once."""
    counts: dict[str, int] = {}
    names = columns.authors.texts
    for start in range(1, len(names), _BITS):
        bits = _author_bits(columns, mask, start)
        for place, name in enumerate(names[start : start + _BITS]):
            if count := int(np.count_nonzero(bits & np.uint64(1 << place))):
                counts[name] = count
    return counts


def _author_bits(columns: Columns, mask: Mask, start: int) -> Array:
    """Bit p of a row: author number `start` + p has answered something on it."""
    table = np.zeros(max(len(columns.authors), start + _BITS), np.uint64)
    table[start : start + _BITS] = np.uint64(1) << np.arange(_BITS, dtype=np.uint64)
    bits = np.zeros(columns.size, np.uint64)
    for (_, machine), column in columns.tags.items():
        if machine:
            continue
        rows = np.flatnonzero(column.authors)
        bits[rows] |= table.take(column.authors[rows])
        np.bitwise_or.at(bits, column.more_rows, table.take(column.more_authors))
    return bits[mask]


def count_findings(columns: Columns, rows: Array) -> dict[str, int]:
    """Rows by name of a finding, each row once per name and per check above it; `UNKNOWN` where nobody looked."""
    findings = columns.findings
    codes = findings.current(columns.numbers["updated"]).take(rows)
    totals: Counter[str] = Counter()
    for code, count in enumerate(np.bincount(codes, minlength=1).tolist()):
        if not count:
            continue
        names = set(findings.names(code)) or {UNKNOWN}
        for name in names | {name.partition("/")[0] for name in names}:
            totals[name] += count
    return dict(totals)
