"""What is missing, what is too much, what do we disagree on: counted from the columns, without reading any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.charts import Answer, Part
from workbench.label import agreement
from workbench.model import TagScheme
from workbench.search import FacetValue, Index
from workbench.search.fields import quoted
from workbench.store.base import Store

NOBODY = "no answer yet"
REAL, SYNTHETIC = "real", "synthetic"
DISPUTED = "disputed"
MOST_ROWS = 24
_TIMES = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A value by its label, and the term of a query that selects it."""

    label: str
    term: str


def missing(index: Index, schemes: Sequence[TagScheme], query: str) -> Iterator[Answer]:
    """Which domains lack which naturalness, and which language: every choice of the scheme is there, empty or not."""
    domain = next((scheme for scheme in schemes if scheme.name == "domain"), None)
    if domain is None:
        return
    rows = [*tops(domain), Named(NOBODY, "missing:domain")]
    points = next((scheme for scheme in schemes if scheme.name == "naturalness"), None)
    if points is not None:
        columns = [Named(c.label or c.value, f"naturalness:{quoted(c.value)}") for c in points.choices if not c.retired]
        columns.append(Named(NOBODY, "missing:naturalness"))
        yield _grid(index, query, "coverage", "What is missing: which domain lacks which naturalness?", rows, columns)
    spoken = [Named(value.label, value.term) for value in index.facets(query, ["language"])[0].values[:8]]
    if spoken:
        yield _grid(index, query, "languages", "What is missing: which domain lacks which language?", rows, spoken)


def _grid(
    index: Index, query: str, name: str, question: str, rows: Sequence[Named], columns: Sequence[Named]
) -> Answer:
    counts = index.crossed(query, [row.term for row in rows], [column.term for column in columns])
    parts = tuple(
        Part(row.label, column.label, int(count), joined(query, row.term, column.term))
        for row, line in zip(rows, counts, strict=True)
        for column, count in zip(columns, line, strict=True)
    )
    known = [part for part in parts if NOBODY not in (part.row, part.group)]
    empty = sum(part.count == 0 for part in known)
    sentence = (
        "Combinations without a conversation: {empty} of {all}." if empty else "Every combination has conversations."
    )
    return Answer(
        name, question, sentence, "grid", tuple(row.label for row in rows), tuple(column.label for column in columns),
        parts, {"empty": empty, "all": len(known)},
    )  # fmt: skip


def too_much(index: Index, schemes: Sequence[TagScheme], query: str) -> Iterator[Answer]:
    """Domains and sources by size, real beside synthetic; what has twice its even share is told."""
    domain = next((scheme for scheme in schemes if scheme.name == "domain"), None)
    if domain is not None:
        question = "What is too much: which domains have more than their share?"
        yield _shares(index, query, "domains", question, tops(domain))
    found: Sequence[FacetValue] = index.facets(query, ["source"])[0].values[:MOST_ROWS]
    named = [Named(value.label, value.term) for value in found]
    yield _shares(index, query, "sources", "What is too much: which sources have more than their share?", named)


def _shares(index: Index, query: str, name: str, question: str, rows: Sequence[Named]) -> Answer:
    groups = (REAL, SYNTHETIC)
    counts = index.crossed(query, [row.term for row in rows], [f"origin:{group}" for group in groups])
    order = np.argsort(-counts.sum(axis=1), kind="stable").tolist()
    ordered = [(rows[place], counts[place]) for place in order]
    shown = [(row, line) for row, line in ordered if line.sum()]
    parts = tuple(
        Part(row.label, group, int(count), joined(query, row.term, f"origin:{group}"))
        for row, line in shown
        for group, count in zip(groups, line, strict=True)
    )
    total = int(counts.sum())
    above = sum(int(line.sum()) * len(shown) > _TIMES * total for _, line in shown)
    machine = int(counts[:, 1].sum()) if len(rows) else 0
    sentence = "More than twice an even share: {above} of {all}; synthetic: {synthetic} of {total} conversations."
    values = {"above": above, "all": len(shown), "synthetic": machine, "total": total}
    return Answer(name, question, sentence, "bars", tuple(row.label for row, _ in shown), groups, parts, values)


def disagreement(store: Store, index: Index, schemes: Sequence[TagScheme], query: str) -> Iterator[Answer]:
    """The pairs of answers that people gave to the same thing: only samples that two people looked at are read."""
    parts: list[Part] = []
    compared = disputed = 0
    for scheme in schemes:
        rows = index.compared(scheme.name, query)
        if not len(rows):
            continue
        found = agreement(scheme, store.tags(store.ids_of(rows.tolist())))
        compared += found.units
        disputed += len(found.disputed)
        title = scheme.title or scheme.name
        labels = {choice.value: choice.label or choice.value for choice in scheme.choices}
        for low, high, count in found.confusions[:6]:
            pair = f"{labels.get(low, low)} / {labels.get(high, high)}"
            sign = "=" if scheme.kind == "hierarchical" else ":"
            both = " ".join(f"{scheme.name}{sign}{quoted(value)}" for value in (low, high))
            parts.append(Part(f"{title}: {pair}", DISPUTED, count, joined(query, f"disputed:{scheme.name}", both)))
    ordered = tuple(sorted(parts, key=lambda part: -part.count)[:MOST_ROWS])
    sentence = (
        "People disagree on {disputed} of {compared} answers that two of them gave."
        if compared
        else "No two people have answered the same question about the same conversation yet."
    )
    yield Answer(
        "disagreement", "What do we disagree on: which answers are taken for one another?", sentence, "bars",
        tuple(part.row for part in ordered), (DISPUTED,), ordered, {"disputed": disputed, "compared": compared},
    )  # fmt: skip


def tops(scheme: TagScheme) -> list[Named]:
    """The top of a tree of choices: each stands for itself and all below it."""
    choices = [choice for choice in scheme.choices if not choice.retired]
    found = [choice for choice in choices if "/" not in choice.value]
    below = {choice.value.split("/")[0] for choice in choices if "/" in choice.value}
    return [
        Named(c.label or c.value, f"{scheme.name}:{c.value}/*" if c.value in below and quoted(c.value) == c.value
              else f"{scheme.name}:{quoted(c.value)}")
        for c in found
    ]  # fmt: skip


def joined(query: str, *terms: str) -> str:
    """A query for what the base query and every term find."""
    base = [f"({query})"] if query.strip() else []
    return " ".join([*base, *terms])
