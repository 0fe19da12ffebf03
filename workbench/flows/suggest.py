"""Suggestions as tags of a machine: advice with a confidence, measured against people, never counted as an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import InvalidInput
from workbench.flows import reviews
from workbench.flows.label import scheme_named
from workbench.ids import now_ms
from workbench.jobs import Control
from workbench.label import consensus
from workbench.label.nearest import (
    AUTHOR,
    FEWEST,
    MOST_MEASURED,
    NEAR_COPY,
    NEIGHBOURS,
    Suggested,
    SuggestionReport,
    measured,
    suggestion,
)
from workbench.label.queue import shuffled
from workbench.model import Tag, TagScheme, TagValue
from workbench.records import to_record
from workbench.search import Index
from workbench.store.base import Store

BATCH = 200
"""Suggestions written in one transaction: other people's answers never wait longer than for these."""


def check_suggestible(store: Store, scheme_name: str) -> TagScheme:
    """The scheme, when suggestions can be made for it; else `InvalidInput` that says what is missing."""
    scheme = scheme_named(store, scheme_name)
    if scheme.kind in ("text", "multi") or scheme.on == "turn":
        raise InvalidInput(
            f"nothing can be suggested for {scheme.title or scheme.name}",
            hint="only for questions about a conversation that have one answer out of several",
        )
    if scheme.suggestion == "never":
        raise InvalidInput(
            f"{scheme.title or scheme.name} shows no suggestions", hint="change its policy in the scheme first"
        )
    known = len(answered_rows(store, scheme_name))
    if known < FEWEST:
        raise InvalidInput(
            f"suggestions need {FEWEST} answered conversations; answered so far: {known}", hint="answer some more first"
        )
    return scheme


def answered_rows(store: Store, scheme: str) -> dict[int, TagValue]:
    """Row numbers that people answered, each with their common answer."""
    given: dict[int, list[TagValue]] = defaultdict(list)
    for row in store.tag_rows():
        if row.scheme == scheme and not row.machine and not row.turn:
            given[row.n].append(row.value)
    return {n: value for n, values in given.items() if (value := consensus(values)) is not None}


def suggest(
    store: Store, index: Index, author: str, scheme_name: str, ids: Sequence[str], query: str, control: Control
) -> SuggestionReport:
    """Suggest an answer for samples from the nearest answered ones, and measure how good such suggestions are.

    Raises `InvalidInput` when there is too little to go by; `Cancelled`, with what was written so far kept.
    """
    scheme = check_suggestible(store, scheme_name)
    known = answered_rows(store, scheme_name)
    control.progress(0, len(ids), "Reading meanings")
    report = _measured(index, scheme, known)
    suggested = 0
    for start in range(0, len(ids), BATCH):
        control.check()
        suggested += _write(store, index, author, scheme, known, ids[start : start + BATCH])
        control.progress(min(start + BATCH, len(ids)), len(ids), "Suggesting")
    done = replace(report, query=query, suggested=suggested, left_out=len(ids) - suggested, at=now_ms())
    reviews.write_line(store, author, f"suggest {scheme.name}", "suggested", report=to_record(done))
    return done


def _measured(index: Index, scheme: TagScheme, known: dict[int, TagValue]) -> SuggestionReport:
    """Each of some answered samples, suggested from the others; near copies of it do not count as others."""
    rows = [int(row) for row in shuffled([str(row) for row in known], 0)[:MOST_MEASURED]]
    pairs: list[tuple[TagValue, Suggested | None]] = []
    for row, near in zip(rows, index.nearest(rows, list(known), 2 * NEIGHBOURS), strict=True):
        others = [(known[n], score) for n, score in near if score < NEAR_COPY][:NEIGHBOURS]
        pairs.append((known[row], suggestion(scheme, others)))
    empty = SuggestionReport(scheme.name, AUTHOR, "", len(known), 0, 0, 0, None, None, None)
    return replace(empty, **measured(pairs, known.values()))  # type: ignore[arg-type]


def _write(
    store: Store, index: Index, author: str, scheme: TagScheme, known: dict[int, TagValue], ids: Sequence[str]
) -> int:
    rows = store.rows_of(ids)
    tags = []
    for sample, near in zip(ids, index.nearest(rows, list(known), NEIGHBOURS), strict=True):
        guess = suggestion(scheme, [(known[n], score) for n, score in near])
        if guess is not None:
            sure = round(guess.confidence, 3)
            tags.append(Tag(sample, scheme.name, guess.value, AUTHOR, now_ms(), None, "", sure, True, scheme.version))
    with store.write(author, f"suggest {scheme.name}", undoable=False) as writer:
        writer.tag(tags)
    return len(tags)
