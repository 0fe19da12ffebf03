"""Reading what preference pairs are made of: drafts, rejected answers, earlier revisions, repaired samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from workbench.errors import NotFound
from workbench.model import Draft, FrozenSlice, Generated, Sample, Turn, Written
from workbench.release.base import MACHINE, Pair
from workbench.release.pins import Pin, pins_of
from workbench.release.preferences import against_drafts, against_earlier, against_rejected, between_drafts, kept_pair
from workbench.store.base import Store


def pairs_of(store: Store, frozen: FrozenSlice, parts: int | None = None) -> Iterator[Pair | str]:
    """The preference pairs of a frozen slice, in the order of its members, and reasons where there is none.

    With `parts` only that many parts of it (`release.pins.PART` members each) are looked through.

    Which drafts and rejected answers are behind a sample was pinned; drafts and earlier revisions never change.
    """
    for pins in islice(pins_of(store.frozen_parts(frozen.id)), parts):
        members = [(pin.sample, pin.revision) for pin in pins]
        for sample, pin in zip(store.pinned(members), pins, strict=True):
            if pin.aigc is not None or pin.rejected or pin.kept or isinstance(sample.origin, Written):
                yield from _pairs(store, sample, pin)


def _pairs(store: Store, sample: Sample, pin: Pin) -> Iterator[Pair | str]:
    own = _own_draft(store, sample)
    yield from against_drafts(sample, own, [store.draft(beaten) for beaten in pin.beaten], pin.aigc or {})
    for better, worse in pin.among:
        yield between_drafts(sample.id, "ranked", store.draft(better), store.draft(worse))
    for better, worse in pin.machine.get("pairs", ()):
        refused = str(pin.machine["refused"])
        yield refused or between_drafts(sample.id, MACHINE, store.draft(better), store.draft(worse))
    rejected = store.pinned([(other, 1) for other in pin.rejected])  # as it was imported
    yield from against_rejected(sample, rejected, pin.aigc or {})
    repaired = _repaired(store, sample, own)
    if repaired is not None:
        turns, aigc = repaired
        yield from against_earlier(_undecided(store, sample, pin), turns, aigc or pin.aigc or {})
    for pair in pin.kept:
        yield _kept(store, sample, pair, pin)


def _undecided(store: Store, sample: Sample, pin: Pin) -> Sample:
    """The sample before its first rewriting that a person decided about: what came after is theirs to say."""
    if not pin.judged_from or pin.judged_from >= sample.revision:
        return sample
    return next(store.pinned([(sample.id, pin.judged_from)]))


def _kept(store: Store, sample: Sample, pair_id: str, pin: Pin) -> Pair | str:
    kept = store.pair(pair_id)
    before, after = store.pinned([(sample.id, kept.base), (sample.id, kept.revision)])
    return kept_pair(sample.id, kept.turn, before.turns, after.turns, pin.aigc or {})


def _own_draft(store: Store, sample: Sample) -> Draft | None:
    if not isinstance(sample.origin, Generated) or not sample.origin.draft:
        return None
    try:
        return store.draft(sample.origin.draft)
    except NotFound:  # the sample came from another workspace, its draft stayed there
        return None


def _repaired(store: Store, sample: Sample, own: Draft | None) -> tuple[Sequence[Turn], dict[str, Any] | None] | None:
    """The generated turns a person rewrote into this sample, with their mark when it is not the sample's own."""
    if own is not None and not own.meta.get("unfinished"):  # one that was only begun is the start of the sample
        return own.original, None
    if isinstance(sample.origin, Written):
        return _base_of(store, sample, sample.origin)
    if sample.revision > 1:
        return store.revisions(sample.id)[0].sample.turns, None
    return None


def _base_of(store: Store, sample: Sample, origin: Written) -> tuple[Sequence[Turn], dict[str, Any]] | None:
    """The generated conversation that a branch repairs, as it was when the branch was made."""
    if origin.branch_of is None:
        return None
    try:
        stages = store.revisions(origin.branch_of)
    except NotFound:
        return None
    known = [stage for stage in stages if stage.at <= sample.created_at] or stages[:1]
    base = known[-1].sample
    if not base.origin.synthetic:
        return None
    made = base.origin if isinstance(base.origin, Generated) else None
    return base.turns, {
        "generated": True,
        "model": made.model if made else None,
        "recipe": made.recipe if made else None,
        "depth": base.origin.depth,
    }
