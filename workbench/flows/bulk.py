"""One answer for all that a query finds: looked at first, checked on a sample, one step, kept on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.errors import InvalidInput, NotFound
from workbench.flows.label import scheme_named
from workbench.ids import new_id
from workbench.label import SampleCheck, check_value
from workbench.model import Json, TagScheme, TagValue
from workbench.store.answers import BULK, Told
from workbench.store.base import Store
from workbench.store.rowset import Rows, as_rows
from workbench.store.writer import Writer


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a bulk answer would do to the samples found, counted.

    `total` = `changes` + `same` + `kept`: those that get the answer, those that have it already, and those that keep
    another answer of mine. `differ` counts all with another answer of mine, `others` those with somebody else's.
    """

    total: int
    changes: int
    same: int
    differ: int
    kept: int
    others: int


@dataclass(frozen=True, slots=True)
class BulkTag:
    """A bulk answer on record: what was asked for, what it changed, what the sample check said, whether it is undone.

    `query` is None for samples that were marked one by one; those cannot be found again by the query.
    """

    id: str
    author: str
    at: int
    query: str | None
    scheme: str
    value: TagValue
    replace: bool
    total: int
    changed: int
    left_out: int = 0
    check: Json | None = None
    undone: bool = False


def plan_bulk(store: Store, author: str, rows: Any, scheme_name: str, value: object, *, replace: bool) -> BulkPlan:
    """Count what `bulk_tag` would do; writes nothing. Raises `InvalidInput` for a value that is no answer."""
    scheme, wanted = scheme_named(store, scheme_name), as_rows(rows)
    answer = check_value(scheme, value)
    groups = store.answers_by(author, scheme.name, wanted)
    same = sum(len(found) for mine, found in groups if _joined(scheme, mine, answer) == mine)
    differ = sum(len(found) for _, found in groups) - same
    kept = 0 if _replaces(scheme, replace) else differ
    others = store.answered_by_others(author, scheme.name, wanted)
    return BulkPlan(len(wanted), len(wanted) - same - kept, same, differ, kept, others)


def bulk_tag(
    store: Store,
    author: str,
    rows: Any,
    scheme_name: str,
    value: object,
    *,
    query: str | None,
    replace: bool = False,
    note: str = "",
    check: SampleCheck | None = None,
    without: Sequence[int] = (),
) -> BulkTag:
    """Set the author's answer on row numbers as one step, and write down what was done.

    Without `replace`, samples that the author has answered already keep that answer; a scheme that takes several
    choices gets this one added. `without`: rows that a sample check found not to fit. `query`: what found the rows.
    """
    scheme = scheme_named(store, scheme_name)
    answer = check_value(scheme, value)
    wanted = np.setdiff1d(as_rows(rows), as_rows(list(without)), assume_unique=True)
    with store.write(author, f"tag {scheme.name}") as writer:
        groups = _grouped(store, author, scheme, wanted, answer, replace=replace)
        changed = sum(writer.tag_rows(found, scheme.name, given, note=note) for given, found in groups)
        record = BulkTag(
            id=new_id("bulk"), author=author, at=writer.at, query=query, scheme=scheme.name, value=answer,
            replace=replace, total=len(wanted) + len(without), changed=changed, left_out=len(without),
            check=check.record() if check and check.judged + check.unsure else None,
        )  # fmt: skip
        _keep(writer, record)
    return record


def bulk_tags(store: Store, limit: int = 50) -> list[BulkTag]:
    """Everybody's bulk answers, newest first."""
    return [_recorded(told) for told in store.bulk_records(limit)]


def bulk_named(store: Store, bulk_id: str) -> BulkTag:
    """One bulk answer by its id; raises `NotFound`."""
    for told in store.bulk_records(limit=1_000_000):
        if told.event.data["id"] == bulk_id:
            return _recorded(told)
    raise NotFound(f"no bulk answer {bulk_id}", hint="`bulk_tags()` lists them")


def query_again(record: BulkTag) -> str:
    """The query to run once more; raises `InvalidInput` where samples were marked by hand."""
    if record.query is None:
        raise InvalidInput("these samples were marked one by one", hint="only what a query found can be found again")
    return record.query


def _replaces(scheme: TagScheme, replace: bool) -> bool:
    return replace or scheme.kind == "multi"


def _joined(scheme: TagScheme, mine: TagValue, answer: TagValue) -> TagValue:
    """What my answer becomes: several choices are added to; every other answer is replaced."""
    if scheme.kind == "multi" and isinstance(mine, tuple) and isinstance(answer, tuple):
        return tuple(sorted({*mine, *answer}))
    return answer


def _grouped(
    store: Store, author: str, scheme: TagScheme, rows: Rows, answer: TagValue, *, replace: bool
) -> list[tuple[TagValue, Rows]]:
    """The rows to be written, by the answer they get."""
    groups = store.answers_by(author, scheme.name, rows)
    answered = [found for _, found in groups]
    fresh = np.setdiff1d(rows, np.concatenate(answered), assume_unique=True) if answered else rows
    changed = [
        (joined, found)
        for mine, found in groups
        if _replaces(scheme, replace) and (joined := _joined(scheme, mine, answer)) != mine
    ]
    return [(answer, fresh), *changed]


def _keep(writer: Writer, record: BulkTag) -> None:
    told = {name: getattr(record, name) for name in BulkTag.__dataclass_fields__ if name != "undone"}
    writer.log(BULK, told)


def _recorded(told: Told) -> BulkTag:
    data = dict(told.event.data)
    value = data.pop("value")
    return BulkTag(**data, value=tuple(value) if isinstance(value, list) else value, undone=told.undone)
