"""The pyramid over a selection: how many samples stand at each height, and who was placed higher than that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.errors import NotFound
from workbench.flows.runs import ALL, drafts_of
from workbench.label.pyramid import TIERS, Place, above, placed
from workbench.model import Draft, Generated, Sample, Tag
from workbench.store.base import Store

FEW = 3
"""Of so many samples or fewer the whole runs are not read."""


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Where each sample stands, how many do at each height (from the bottom), and the claims that go beyond.

    `above` holds the ids of samples that somebody's answer to "tier" places higher than their gates allow, with what
    was claimed.
    """

    places: dict[str, Place]
    counts: dict[str, int]
    above: dict[str, str] = field(default_factory=dict)


class Heights:
    """Tells of samples, part by part, how high they stand.

    `whole_runs`: each run is read once, which pays for many samples; else only what is asked about.
    """

    def __init__(self, store: Store, *, whole_runs: bool = True) -> None:
        self._store = store
        self._whole_runs = whole_runs
        self._ordered: dict[str, Counter[str]] = {}

    def of(self, ids: Sequence[str]) -> tuple[dict[str, Place], dict[str, str]]:
        """Where these samples stand, and what was claimed for those that were placed higher."""
        tags: dict[str, list[Tag]] = defaultdict(list)
        for tag in self._store.tags(ids):
            tags[tag.sample].append(tag)
        places = {sample.id: self._place(sample, tags[sample.id]) for sample in self._store.samples(ids)}
        claims = {
            sample_id: str(tag.value)
            for sample_id, place in places.items()
            for tag in tags[sample_id]
            if tag.scheme == "tier" and not tag.machine and above(str(tag.value), place)
        }
        return places, claims

    def _place(self, sample: Sample, tags: Sequence[Tag]) -> Place:
        draft = _draft(self._store, sample)
        ranked = draft is not None and draft.rank is not None and self._company(draft) > 1
        scored = draft is not None and "score" in draft.meta.get("machine", {})
        return placed(sample, tags, ranked=ranked, scored=scored)

    def _company(self, draft: Draft) -> int:
        """How many drafts of its group have a place in the order."""
        if not self._whole_runs:
            group = self._store.drafts(run=draft.run, group=draft.group, limit=ALL)
            return sum(one.rank is not None for one in group)
        if draft.run not in self._ordered:
            drafts = drafts_of(self._store, draft.run)
            self._ordered[draft.run] = Counter(one.group for one in drafts if one.rank is not None)
        return self._ordered[draft.run][draft.group]


def pyramid(store: Store, ids: Sequence[str]) -> Pyramid:
    """The pyramid of these samples."""
    places, claims = Heights(store, whole_runs=len(ids) > FEW).of(ids)
    found = Counter(place.tier for place in places.values())
    return Pyramid(places, {tier: found[tier] for tier in TIERS}, claims)


def _draft(store: Store, sample: Sample) -> Draft | None:
    if not isinstance(sample.origin, Generated) or not sample.origin.draft:
        return None
    try:
        return store.draft(sample.origin.draft)
    except NotFound:  # the sample came from another workspace, its draft stayed there
        return None
