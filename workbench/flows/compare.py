"""What differs between two builds of a slice, or between a build and what the slice finds now, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import orjson

from workbench.model import FrozenSlice, Generated, Imported, Revision, Sample, Tag
from workbench.release.base import About
from workbench.release.pins import Pin, about_of, pins_of, tags_text
from workbench.release.sheet import plain_value
from workbench.store.base import Store
from workbench.text import amount

T = TypeVar("T")

Key = tuple[str, str, str]
"""Turn ("" for the whole sample), scheme and author of an answer."""

_BATCH = 1_000
_NOTHING = About(0, 0, 0, {}, (), ())


class Placed(NamedTuple):
    """A member with the row number that orders both builds alike."""

    n: int
    pin: Pin


class Reason(NamedTuple):
    """Why a sample differs: its `kind` is counted (see `Change.kinds`), its `words` name who did what."""

    kind: str
    words: str


_BACK = Reason("other", "found now: brought back, or its tags were removed")


@dataclass(frozen=True, slots=True)
class Change:
    """One sample that differs, and the reason in words.

    `kinds` names the reasons without their details, so that they can be counted: ``imported``, ``generated``,
    ``written``, ``tag:<scheme>``, ``edited``, ``archived``, ``query``, ``branch``, ``preference``, ``mark``, and
    ``other`` where the journal has none.
    """

    sample: str
    reason: str
    kinds: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a build as it was pinned, or what a slice finds now."""

    query: str
    count: int
    at: int
    about: About
    pins: Callable[[], Iterable[Sequence[Pin]]]


def compare(store: Store, old: FrozenSlice, new: FrozenSlice) -> Comparison:
    """What entered, left and changed between two frozen slices, each with the reason that can be read from the journal.

    Answers and revisions are compared as they were pinned; for samples that left, with how they stand now.
    """
    return compare_sides(store, side_of(store, old), side_of(store, new))


def side_of(store: Store, frozen: FrozenSlice) -> Side:
    """A build as it was pinned."""
    about = next((about_of(part) for part in store.frozen_parts(frozen.id)), _NOTHING)
    return Side(frozen.query, len(frozen.members), frozen.at, about, lambda: pins_of(store.frozen_parts(frozen.id)))


def compare_sides(store: Store, old: Side, new: Side) -> Comparison:
    """As `compare`, for any two sides."""
    entered, left, both = _split(_placed(store, old), _placed(store, new))
    fallback = Reason("query", "the query changed") if old.query != new.query else None
    came = [change for part in _parts(entered) for change in _entered(store, part, old, fallback)]
    sides = bool(new.about.side_left_out)
    went = [change for part in _parts(left) for change in _left(store, part, fallback, sides=sides)]
    other = [_change(after.sample, list(_between(store, before, after))) for before, after in both]
    return Comparison(tuple(came), tuple(went), tuple(other), _summary(old, new, len(came), len(went), len(other)))


def _change(sample: str, reasons: Sequence[Reason]) -> Change:
    kinds = tuple(dict.fromkeys(reason.kind for reason in reasons))
    return Change(sample, "; ".join(reason.words for reason in reasons), kinds)


def _placed(store: Store, side: Side) -> Iterator[Placed]:
    for pins in side.pins():
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


def _entered(store: Store, part: Sequence[Placed], old: Side, fallback: Reason | None) -> Iterator[Change]:
    members = [(pin.sample, pin.revision) for _, pin in part]
    for sample, (n, pin) in zip(store.pinned(members), part, strict=True):
        if n > old.about.last_row:
            yield _change(sample.id, [_birth(sample)])
            continue
        reasons = [
            Reason(f"tag:{tag['scheme']}", _answer_change(("", tag["scheme"], tag["author"]), None, tag))
            for tag in orjson.loads(pin.tags)
            if tag.get("at", 0) >= old.at
        ]
        if pin.revision > 1 and sample.updated_at >= old.at:
            reasons.append(_edit(store, sample.id, pin.revision))
        yield _change(sample.id, reasons or [fallback or _BACK])


def _left(store: Store, part: Sequence[Pin], fallback: Reason | None, *, sides: bool) -> Iterator[Change]:
    ids = [pin.sample for pin in part]
    now: dict[str, list[Tag]] = {sample_id: [] for sample_id in ids}
    for tag in store.tags(ids):
        now[tag.sample].append(tag)
    rows = {row.id: row for row in store.hot_rows(store.rows_of(ids))}
    for pin in part:
        row = rows[pin.sample]
        reasons = [Reason("archived", "archived")] if row.state == "archived" else []
        if sides and row.branch == "side":
            reasons.append(Reason("branch", "side branches are left out unless the query asks for them"))
        if row.revision != pin.revision:
            reasons.append(_edit(store, pin.sample, row.revision))
        reasons.extend(_tag_changes(pin.tags, tags_text(now[pin.sample])))
        yield _change(pin.sample, reasons or [fallback or Reason("other", "no longer found")])


def _between(store: Store, before: Pin, after: Pin) -> Iterator[Reason]:
    if before.revision != after.revision:
        yield _edit(store, after.sample, after.revision)
    yield from _tag_changes(before.tags, after.tags)
    if before.beaten != after.beaten or [list(pair) for pair in before.among] != [list(pair) for pair in after.among]:
        yield Reason("preference", "preferred to other drafts than before")
    if before.machine != after.machine:
        yield Reason("preference", "a machine's order of the drafts counts otherwise than before")
    if list(before.rejected) != list(after.rejected):
        yield Reason("preference", "preferred to other imported answers than before")
    if before.side != after.side:
        yield Reason("mark", "its mark as a side branch changed")
    if before.aigc != after.aigc:
        yield Reason("mark", "its mark as synthetic changed")


def _tag_changes(before: str, after: str) -> Iterator[Reason]:
    old, new = _by_question(orjson.loads(before)), _by_question(orjson.loads(after))
    for key in sorted(old.keys() | new.keys()):
        words = _answer_change(key, old.get(key), new.get(key))
        if words:
            yield Reason(f"tag:{key[1]}", words)


def _answer_change(key: Key, old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    """How one author's answer differs, or "" when it does not."""
    turn, scheme, author = key
    if new is None:
        return f"tag {scheme} of turn {turn} removed by {author}" if turn else f"tag {scheme} removed by {author}"
    now = plain_value(new["value"])
    if old is None:
        if turn:
            return f"tag {scheme} of turn {turn} set to {now} by {author}"
        return f"tag {scheme} set to {now} by {author}"
    if old["value"] != new["value"]:
        was = plain_value(old["value"])
        if turn:
            return f"tag {scheme} of turn {turn} changed {was} -> {now} by {author}"
        return f"tag {scheme} changed {was} -> {now} by {author}"
    if {**old, "at": 0} == {**new, "at": 0}:
        return ""
    if turn:
        return f"tag {scheme} of turn {turn}: the note or confidence of {author} changed"
    return f"tag {scheme}: the note or confidence of {author} changed"


def _by_question(tags: Sequence[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    return {(tag.get("turn") or "", tag["scheme"], tag["author"]): tag for tag in tags}


def _birth(sample: Sample) -> Reason:
    origin = sample.origin
    if isinstance(origin, Imported):
        return Reason("imported", f"imported from {origin.file}")
    if isinstance(origin, Generated):
        words = f"accepted from run {origin.run} ({origin.recipe})"
        if origin.edited_by:
            words = f"accepted from run {origin.run} ({origin.recipe}, edited by {origin.edited_by})"
        return Reason("generated", words)
    return Reason("written", f"written by {origin.author}")


def _edit(store: Store, sample_id: str, revision: int) -> Reason:
    stage: Revision | None = next((r for r in store.revisions(sample_id) if r.sample.revision == revision), None)
    return Reason("edited", f"edited to revision {revision}" + (f" by {stage.author}" if stage else ""))


def _parts(pins: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(pins), _BATCH):
        yield pins[start : start + _BATCH]


def _summary(old: Side, new: Side, entered: int, left: int, changed: int) -> str:
    query = "" if old.query == new.query else "; the query changed"
    if not entered and not left and not changed:
        return f"both builds hold the same {amount(new.count, 'sample')}{query}"
    sizes = f"{old.count} before, {new.count} now"
    return f"{entered} entered, {left} left and {changed} changed: {sizes}{query}"
