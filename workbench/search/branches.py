"""Imported side branches in a build: other replies, rejected answers. They stay out unless a query asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from workbench.search.answering import Answer, Lookups
from workbench.search.binding import Plan, Test, positive
from workbench.search.codes import Mask, chosen
from workbench.search.columns import Columns
from workbench.search.syntax import Comparison

SIDE = "side"


def unasked(plan: Plan, columns: Columns, found: Answer, lookups: Lookups) -> Mask:
    """The side branches among what a plan found, unless it names ``branch`` or these samples one by one."""
    branch = columns.codes["branch"]
    side = found.mask & chosen(branch.texts.table(SIDE.__eq__), branch.codes)
    if plan.names("branch") or not side.any():
        return np.zeros(columns.size, dtype=np.bool_)
    for test in _named(plan):
        rows = lookups.ids(test.patterns, side) if test.field.name == "id" else lookups.children(test.patterns)
        side[[row for row in rows if row < columns.size]] = False
    return side


def _named(plan: Plan) -> Iterator[Test]:
    """The tests for whole ids, those of slices included; a beginning of ids (``id:s_*``) names no sample."""
    for part in positive(plan.tree):
        if not isinstance(part, Comparison):
            continue
        test = plan.test(part)
        if test.field.kind == "rows" and all(pattern.expression is None for pattern in test.patterns):
            yield test
        for inner in test.plans:
            yield from _named(inner)
