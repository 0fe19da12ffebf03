"""What changed this week: the journal counted by day and by author."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.charts import Answer, Part
from workbench.errors import InvalidInput
from workbench.store.base import Store
from workbench.store.rows import Activity

DAYS = 7
DAY = 86_400_000
KINDS = ("added", "edited", "answers", "accepted", "put aside")


def this_week(store: Store, now: int) -> Iterator[Answer]:
    """Two answers: by day, and by author. Days are UTC, as in queries; what was undone later is counted as well."""
    first = (now // DAY - DAYS + 1) * DAY
    activity = [line for line in store.activity(first) if line.kind in KINDS]
    days = [_day(first + number * DAY) for number in range(DAYS)]
    yield _answer(
        "week", "What changed this week, day by day?", days, [(_day(a.day), a) for a in activity], by_day=True
    )
    people = sorted({line.author for line in activity})
    yield _answer("people", "What changed this week, and by whom?", people, [(a.author, a) for a in activity])


def _answer(
    name: str, question: str, rows: Sequence[str], lines: Sequence[tuple[str, Activity]], *, by_day: bool = False
) -> Answer:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row, line in lines:
        counts[row, line.kind] += line.count
    what = "day" if by_day else "author"
    parts = tuple(
        Part(row, kind, counts[row, kind], _query(row, kind) if by_day else "", f"{what}={row}={kind}")
        for row in rows
        for kind in KINDS
        if counts[row, kind]
    )
    total = {kind.replace(" ", "_"): sum(part.count for part in parts if part.group == kind) for kind in KINDS}
    sentence = (
        "Added: {added}, edited: {edited}, answers: {answers}, drafts accepted: {accepted}, put aside: {put_aside}."
        if parts
        else "Nothing changed in the last seven days."
    )
    return Answer(name, question, sentence, "bars", tuple(rows), KINDS, parts, total)


def picked_rows(store: Store, pick: str, now: int) -> npt.NDArray[Any]:
    """The rows of a part that only the journal knows: "author=ana=edited", "day=2026-11-25=put aside"."""
    what, _, rest = pick.partition("=")
    value, _, kind = rest.rpartition("=")
    if what not in {"day", "author"} or kind not in KINDS:
        raise InvalidInput(f"{pick!r} names no part of this chart", hint="draw it again")
    first = (now // DAY - DAYS + 1) * DAY
    if what == "day":
        first = round(dt.datetime.fromisoformat(f"{value}T00:00:00+00:00").timestamp() * 1000)
    rows = store.active_rows(kind, first, DAY if what == "day" else DAYS * DAY, "" if what == "day" else value)
    return np.asarray(rows, dtype=np.int64)


def _query(day: str, kind: str) -> str:
    """What a query can say; the rest is looked up in the journal."""
    return f"created:{day} state:*" if kind == "added" else ""


def _day(at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC).strftime("%Y-%m-%d")
