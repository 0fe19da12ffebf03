"""What differs between two builds of a slice, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import orjson

from workbench.model import FrozenSlice, Generated, Imported, Revision, Sample, Tag
from workbench.release.pins import Pin, about_of, pins_of, tags_text
from workbench.release.sheet import plain_value
from workbench.store.base import Store

T = TypeVar("T")

_BATCH = 1_000


class Placed(NamedTuple):
    """A member with the row number that orders both builds alike."""

    n: int
    pin: Pin


@dataclass(frozen=True, slots=True)
class Change:
    """One sample that differs, and the reason in words."""

    sample: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What entered, left and changed from an older to a newer build; `summary` says it in one sentence."""

    entered: tuple[Change, ...]
    left: tuple[Change, ...]
    changed: tuple[Change, ...]
    summary: str

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.entered or self.left or self.changed)


def compare(store: Store, old: FrozenSlice, new: FrozenSlice) -> Comparison:
    """What entered, left and changed between two frozen slices, each with the reason that can be read from the journal.

    Answers and revisions are compared as they were pinned; for samples that left, with how they stand now.
    """
    entered, left, both = _split(_pinned(store, old), _pinned(store, new))
    fallback = "the query changed" if old.query != new.query else ""
    last_row = next((about_of(part).last_row for part in store.frozen_parts(old.id)), 0)
    came = [change for part in _parts(entered) for change in _entered(store, part, old, last_row, fallback)]
    left_out = next((about_of(part).side_left_out for part in store.frozen_parts(new.id)), 0)
    went = [change for part in _parts(left) for change in _left(store, part, fallback, sides=bool(left_out))]
    other = [Change(after.sample, "; ".join(_between(store, before, after))) for before, after in both]
    return Comparison(tuple(came), tuple(went), tuple(other), _summary(old, new, len(came), len(went), len(other)))


def _pinned(store: Store, frozen: FrozenSlice) -> Iterator[Placed]:
    for pins in pins_of(store.frozen_parts(frozen.id)):
        yield from map(Placed, store.rows_of([pin.sample for pin in pins]), pins)


def _split(old: Iterator[Placed], new: Iterator[Placed]) -> tuple[list[Placed], list[Pin], list[tuple[Pin, Pin]]]:
    """Walk both builds, which are ordered by row number, side by side: only what differs is kept in memory."""
    entered: list[Placed] = []
    left: list[Pin] = []
    both: list[tuple[Pin, Pin]] = []
    before, after = next(old, None), next(new, None)
    while before or after:
        if after and (before is None or after.n < before.n):
            entered.append(after)
            after = next(new, None)
        elif before and (after is None or before.n < after.n):
            left.append(before.pin)
            before = next(old, None)
        elif before and after:
            if before.pin != after.pin:
                both.append((before.pin, after.pin))
            before, after = next(old, None), next(new, None)
    return entered, left, both


def _entered(store: Store, part: Sequence[Placed], old: FrozenSlice, last_row: int, fallback: str) -> Iterator[Change]:
    members = [(pin.sample, pin.revision) for _, pin in part]
    for sample, (n, pin) in zip(store.pinned(members), part, strict=True):
        if n > last_row:
            yield Change(sample.id, _birth(sample))
            continue
        reasons = [
            f"tag {tag['scheme']} set to {plain_value(tag['value'])} by {tag['author']}"
            for tag in orjson.loads(pin.tags)
            if tag.get("at", 0) >= old.at
        ]
        if pin.revision > 1 and sample.updated_at >= old.at:
            reasons.append(_edit(store, sample.id, pin.revision))
        yield Change(sample.id, "; ".join(reasons) or fallback or "found now: brought back, or its tags were removed")


def _left(store: Store, part: Sequence[Pin], fallback: str, *, sides: bool) -> Iterator[Change]:
    ids = [pin.sample for pin in part]
    now: dict[str, list[Tag]] = {sample_id: [] for sample_id in ids}
    for tag in store.tags(ids):
        now[tag.sample].append(tag)
    rows = {row.id: row for row in store.hot_rows(store.rows_of(ids))}
    for pin in part:
        row = rows[pin.sample]
        reasons = ["archived"] if row.state == "archived" else []
        if sides and row.branch == "side":
            reasons.append("side branches are left out unless the query asks for them")
        if row.revision != pin.revision:
            reasons.append(_edit(store, pin.sample, row.revision))
        reasons.extend(_tag_changes(pin.tags, tags_text(now[pin.sample])))
        yield Change(pin.sample, "; ".join(reasons) or fallback or "no longer found")


def _between(store: Store, before: Pin, after: Pin) -> Iterator[str]:
    if before.revision != after.revision:
        yield _edit(store, after.sample, after.revision)
    yield from _tag_changes(before.tags, after.tags)
    if before.beaten != after.beaten:
        yield "preferred to other drafts than before"
    if list(before.rejected) != list(after.rejected):
        yield "preferred to other imported answers than before"
    if before.side != after.side:
        yield "its mark as a side branch changed"
    if before.aigc != after.aigc:
        yield "its mark as synthetic changed"


def _tag_changes(before: str, after: str) -> Iterator[str]:
    old, new = _by_question(orjson.loads(before)), _by_question(orjson.loads(after))
    for key in sorted(old.keys() | new.keys()):
        turn, scheme, author = key
        where = f"tag {scheme} of turn {turn}" if turn else f"tag {scheme}"
        if key not in new:
            yield f"{where} removed by {author}"
        elif key not in old:
            yield f"{where} set to {plain_value(new[key]['value'])} by {author}"
        elif old[key]["value"] != new[key]["value"]:
            yield f"{where} changed {plain_value(old[key]['value'])} -> {plain_value(new[key]['value'])} by {author}"
        elif {**old[key], "at": 0} != {**new[key], "at": 0}:
            yield f"{where}: the note or confidence of {author} changed"


def _by_question(tags: Sequence[dict[str, Any]]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(tag.get("turn") or "", tag["scheme"], tag["author"]): tag for tag in tags}


def _birth(sample: Sample) -> str:
    origin = sample.origin
    if isinstance(origin, Imported):
        return f"imported from {origin.file}"
    if isinstance(origin, Generated):
        edited = f", edited by {origin.edited_by}" if origin.edited_by else ""
        return f"accepted from run {origin.run} ({origin.recipe}{edited})"
    return f"written by {origin.author}"


def _edit(store: Store, sample_id: str, revision: int) -> str:
    stage: Revision | None = next((r for r in store.revisions(sample_id) if r.sample.revision == revision), None)
    return f"edited to revision {revision}" + (f" by {stage.author}" if stage else "")


def _parts(pins: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(pins), _BATCH):
        yield pins[start : start + _BATCH]


def _summary(old: FrozenSlice, new: FrozenSlice, entered: int, left: int, changed: int) -> str:
    query = "" if old.query == new.query else "; the query changed"
    if not entered and not left and not changed:
        return f"both builds hold the same {len(new.members)} samples{query}"
    sizes = f"{len(old.members)} before, {len(new.members)} now"
    return f"{entered} entered, {left} left and {changed} changed: {sizes}{query}"
