"""What differs between two builds of a slice, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.model import FrozenSlice, Generated, Imported, Revision, Sample
from workbench.release.pins import Pin, pinned_members, pinned_tag
from workbench.release.sheet import plain_value
from workbench.store.base import Store

Pinned = tuple[str, int, Pin]
Tags = Mapping[tuple[str, str, str], Any]

_BATCH = 1_000


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
    before, after = (pinned_members(frozen, store.frozen_parts(frozen.id)) for frozen in (old, new))
    entered, left, both = _split(before, after)
    fallback = "the query changed" if old.query != new.query else ""
    came = [change for part in _parts(entered) for change in _entered(store, part, old, fallback)]
    went = [change for part in _parts(left) for change in _left(store, part, fallback)]
    other = [Change(after[0], "; ".join(_between(store, before, after))) for before, after in both]
    return Comparison(tuple(came), tuple(went), tuple(other), _summary(old, new, len(came), len(went), len(other)))


def _split(
    old: Iterator[Pinned], new: Iterator[Pinned]
) -> tuple[list[Pinned], list[Pinned], list[tuple[Pinned, Pinned]]]:
    """Walk both builds, which are ordered by id, side by side: only what differs is kept in memory."""
    entered: list[Pinned] = []
    left: list[Pinned] = []
    both: list[tuple[Pinned, Pinned]] = []
    before, after = next(old, None), next(new, None)
    while before or after:
        if after and (before is None or after[0] < before[0]):
            entered.append(after)
            after = next(new, None)
        elif before and (after is None or before[0] < after[0]):
            left.append(before)
            before = next(old, None)
        elif before and after:
            if before[1] != after[1] or before[2] != after[2]:
                both.append((before, after))
            before, after = next(old, None), next(new, None)
    return entered, left, both


def _entered(store: Store, part: Sequence[Pinned], old: FrozenSlice, fallback: str) -> Iterator[Change]:
    members = [(sample_id, revision) for sample_id, revision, _ in part]
    for sample, (sample_id, revision, pin) in zip(store.pinned(members), part, strict=True):
        if sample.created_at >= old.at:
            yield Change(sample_id, _birth(sample))
            continue
        reasons = [
            f"tag {tag['scheme']} set to {plain_value(tag['value'])} by {tag['author']}"
            for tag in pin.tags
            if tag.get("at", 0) >= old.at
        ]
        if revision > 1 and sample.updated_at >= old.at:
            reasons.append(_edit(store, sample_id, revision))
        yield Change(sample_id, "; ".join(reasons) or fallback or "found now: brought back, or its tags were removed")


def _left(store: Store, part: Sequence[Pinned], fallback: str) -> Iterator[Change]:
    ids = [sample_id for sample_id, _, _ in part]
    now: dict[str, list[dict[str, Any]]] = {sample_id: [] for sample_id in ids}
    for tag in store.tags(ids):
        now[tag.sample].append(pinned_tag(tag))
    rows = {row.id: row for row in store.hot_rows(store.rows_of(ids))}
    for sample_id, revision, pin in part:
        reasons = ["archived"] if rows[sample_id].state == "archived" else []
        if rows[sample_id].revision != revision:
            reasons.append(_edit(store, sample_id, rows[sample_id].revision))
        reasons.extend(_tag_changes(pin.tags, now[sample_id]))
        yield Change(sample_id, "; ".join(reasons) or fallback or "no longer found")


def _between(store: Store, before: Pinned, after: Pinned) -> Iterator[str]:
    if before[1] != after[1]:
        yield _edit(store, after[0], after[1])
    yield from _tag_changes(before[2].tags, after[2].tags)
    if before[2].beaten != after[2].beaten:
        yield "preferred to other drafts than before"
    if before[2].aigc != after[2].aigc:
        yield "its mark as synthetic changed"


def _tag_changes(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> Iterator[str]:
    old, new = _by_question(before), _by_question(after)
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


def _parts(pinned: Sequence[Pinned]) -> Iterator[Sequence[Pinned]]:
    for start in range(0, len(pinned), _BATCH):
        yield pinned[start : start + _BATCH]


def _summary(old: FrozenSlice, new: FrozenSlice, entered: int, left: int, changed: int) -> str:
    query = "" if old.query == new.query else "; the query changed"
    if not entered and not left and not changed:
        return f"both builds hold the same {len(new.members)} samples{query}"
    sizes = f"{len(old.members)} before, {len(new.members)} now"
    return f"{entered} entered, {left} left and {changed} changed: {sizes}{query}"
