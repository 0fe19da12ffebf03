"""Why a row matched: the fields that hold, the words and where they stand, the meaning and how near it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from workbench.model import Sample, Tag
from workbench.search.answering import Scores
from workbench.search.binding import Plan, Test, positive
from workbench.search.columns import Columns
from workbench.search.fields import Vocabulary
from workbench.search.highlight import spans
from workbench.search.judging import tag_test
from workbench.search.patterns import value_texts
from workbench.search.results import Hit, Why
from workbench.search.syntax import Comparison, Meaning, Words
from workbench.store.base import Store

MOST_PLACES = 50
"""Places of one term that are given per row; a screen marks no more."""


def explained(
    plan: Plan, rows: Sequence[int], columns: Columns, scores: Scores, store: Store, vocabulary: Vocabulary
) -> list[Hit]:
    """The hits of a page. Texts and tags are only read when the query asks about them."""
    parts = list(positive(plan.tree))
    tests = [test for part in parts if isinstance(part, Comparison) for test in _unfolded(plan.test(part))]
    terms = tuple(dict.fromkeys(part for part in parts if isinstance(part, Words)))
    meanings = [part.text for part in parts if isinstance(part, Meaning)]
    if not (tests or terms or meanings):
        return [Hit(row) for row in rows]
    ids = store.ids_of(rows)
    samples: Sequence[Sample | None] = store.samples(ids) if terms else [None] * len(rows)
    tags: dict[str, list[Tag]] = {sample_id: [] for sample_id in ids}
    if any(test.field.kind in {"tag", "author", "scheme"} for test in tests):
        for tag in store.tags(ids):
            tags[tag.sample].append(tag)
    hits = []
    for row, sample_id, sample in zip(rows, ids, samples, strict=True):
        why = [
            Why("field", label) for test in tests for label in _labels(test, row, columns, tags[sample_id], vocabulary)
        ]
        why.extend(Why("field", label) for test in tests for label in _picked(test, row))
        why.extend(_words(sample, terms) if sample else ())
        why.extend(_meanings(row, meanings, scores))
        hits.append(Hit(row, tuple(dict.fromkeys(why))))
    return hits


def _unfolded(test: Test) -> Iterator[Test]:
    """A test, and for a slice those of the slice's own query."""
    yield test
    for plan in test.plans:
        for part in positive(plan.tree):
            if isinstance(part, Comparison):
                yield from _unfolded(plan.test(part))


def _labels(test: Test, row: int, columns: Columns, tags: Sequence[Tag], vocabulary: Vocabulary) -> Iterator[str]:
    field = test.field
    if field.kind == "code":
        column = columns.codes[field.column]
        value = column.texts.texts[int(column.codes[row])]
        if _holds(test, value) or field.column in {"origin", "source"}:
            yield f"{field.name} = {_shown(test, value, row, columns, vocabulary)}"
    elif field.kind in {"number", "date", "alike"}:
        number = int(columns.numbers[field.column][row])
        if any(low <= number <= high for low, high in test.spans):
            yield f"{field.name} = {_date(number) if field.kind == 'date' else number}"
    elif field.kind == "finding":
        names = columns.findings.names(int(columns.findings.current(columns.numbers["updated"])[row]))
        yield from (f"finding = {name}" for name in names if _holds(test, name))
    elif field.kind == "tag":
        yield from (_answer(tag, vocabulary) for tag in tags if _answers(test, tag))
    elif field.kind == "author":
        yield from (_answer(tag, vocabulary) for tag in tags if not tag.machine and _holds(test, tag.author))
    elif field.kind == "scheme" and field.name in {"missing", "stale"}:
        yield f"{field.name}: {', '.join(pattern.text for pattern in test.patterns)}"
    elif field.kind == "scheme":
        yield from (_answer(tag, vocabulary) for tag in tags if _holds(test, _scheme(tag)))


def _picked(test: Test, row: int) -> Iterator[str]:
    if any(row in part.rows for part in test.selections):
        yield "in = map-selection" if test.author is None else f"in = map-selection of {test.author}"


def _holds(test: Test, value: str) -> bool:
    return any(pattern.matches(value) for pattern in test.patterns)


def _shown(test: Test, value: str, row: int, columns: Columns, vocabulary: Vocabulary) -> str:
    if test.field.column == "source":
        return vocabulary.sources.get(value, value)
    if test.field.column == "origin" and not _holds(test, value):
        return f"{value}, {'synthetic' if columns.synthetic[row] else 'real'}"
    return value


def _answers(test: Test, tag: Tag) -> bool:
    scheme = test.field.scheme
    if scheme is None or tag.scheme != scheme.name or tag.machine != test.field.suggested:
        return False
    passes = tag_test(test)
    return (test.author is None or tag.author.casefold() == test.author.casefold()) and any(
        passes(text) for text in value_texts(tag.value)
    )


def _answer(tag: Tag, vocabulary: Vocabulary) -> str:
    value = ", ".join(value_texts(tag.value))
    place = f", turn {tag.turn}" if tag.turn else ""
    return f"{_scheme(tag)} = {value} ({tag.author}{place})"


def _scheme(tag: Tag) -> str:
    return f"suggested.{tag.scheme}" if tag.machine else tag.scheme


def _date(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def _words(sample: Sample, terms: tuple[Words, ...]) -> Iterator[Why]:
    left = dict.fromkeys(terms, MOST_PLACES)
    texts = [(None, sample.title), *((turn.id, turn.content) for turn in sample.turns)]
    for turn, text in texts:
        for term, start, end in spans(text, terms):
            if left[term] > 0:
                left[term] -= 1
                yield Why("words", term.text + ("*" if term.prefix else ""), turn, start, end)


def _meanings(row: int, meanings: Sequence[str], scores: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> Iterator[Why]:
    for text in meanings:
        rows, similarities = scores.get(text, (np.zeros(0), np.zeros(0)))
        place = np.flatnonzero(rows == row)
        if len(place):
            yield Why("meaning", text, score=round(float(similarities[place[0]]), 4))
