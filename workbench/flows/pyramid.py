"""The pyramid over a selection: how many samples stand at each height, and who was placed higher than that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.errors import NotFound
from workbench.flows.runs import drafts_of
from workbench.label.pyramid import TIERS, Place, above, placed
from workbench.model import Draft, Generated, Sample, Tag
from workbench.store.base import Store


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Where each sample stands, how many do at each height (from the bottom), and the claims that go beyond.

    `above` holds the ids of samples that somebody's answer to "tier" places higher than their gates allow, with what
    was claimed.
    """

    places: dict[str, Place]
    counts: dict[str, int]
    above: dict[str, str] = field(default_factory=dict)


def pyramid(store: Store, ids: Sequence[str]) -> Pyramid:
    """The pyramid of these samples."""
    tags: dict[str, list[Tag]] = defaultdict(list)
    for tag in store.tags(ids):
        tags[tag.sample].append(tag)
    places: dict[str, Place] = {}
    claims: dict[str, str] = {}
    ordered: dict[str, Counter[str]] = {}
    for sample in store.samples(ids):
        draft = _draft(store, sample)
        ranked = draft is not None and draft.rank is not None and _company(store, draft, ordered) > 1
        scored = draft is not None and "score" in draft.meta.get("machine", {})
        place = placed(sample, tags[sample.id], ranked=ranked, scored=scored)
        places[sample.id] = place
        for tag in tags[sample.id]:
            if tag.scheme == "tier" and not tag.machine and above(str(tag.value), place):
                claims[sample.id] = str(tag.value)
    found = Counter(place.tier for place in places.values())
    return Pyramid(places, {tier: found[tier] for tier in TIERS}, claims)


def _draft(store: Store, sample: Sample) -> Draft | None:
    if not isinstance(sample.origin, Generated) or not sample.origin.draft:
        return None
    try:
        return store.draft(sample.origin.draft)
    except NotFound:  # the sample came from another workspace, its draft stayed there
        return None


def _company(store: Store, draft: Draft, ordered: dict[str, Counter[str]]) -> int:
    """How many drafts of its group have a place in the order; each run is read once."""
    if draft.run not in ordered:
        drafts = drafts_of(store, draft.run)
        ordered[draft.run] = Counter(one.group for one in drafts if one.rank is not None)
    return ordered[draft.run][draft.group]
