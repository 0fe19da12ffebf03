"""Measuring which conversations say nearly the same as another one, for queries and charts to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from workbench.charts import Answer, Part
from workbench.clean.nearly import Hashes, Positions, WordPairs, band_keys, groups_of, in_company, resemblance
from workbench.flows.alike import NEARLY
from workbench.flows.questions import REAL, SYNTHETIC, joined
from workbench.jobs import Control
from workbench.model import Sample
from workbench.search import Index
from workbench.store.base import Store
from workbench.text import tokens

_BATCH = 500
_NONE = np.zeros(0, np.int64)
SIZES = (("1 other", "alike:1"), ("2 to 4 others", "alike:2..4"), ("5 others and more", "alike>=5"))


@dataclass(frozen=True, slots=True)
class AlikeReport:
    """How many samples were measured, how many of them have a near-duplicate, and in how many groups."""

    samples: int
    alike: int
    groups: int


def measure_alike(store: Store, index: Index, control: Control) -> AlikeReport:
    """Find all near-duplicates among the active samples and keep them for queries (``alike>=1``).

    Two conversations are near-duplicates as `alike.near_duplicates` says: `NEARLY` of their word pairs are common.
    Those without a word are alike to none. Time grows with the number of samples, not with its square. Stopped,
    nothing is kept.
    """
    rows = np.flatnonzero(index.mask("")).tolist()
    pairs = WordPairs()
    spoken: list[tuple[int, int]] = []  # row, and when its text was saved
    silent: list[tuple[int, int]] = []
    keys: list[Hashes] = []
    for batch in _batches(store, rows):
        control.check()
        sets = []
        for row, sample in batch:
            hashes = _pairs(pairs, sample)
            (spoken if len(hashes) else silent).append((row, sample.updated_at))
            sets += [hashes] if len(hashes) else []
        keys += [band_keys(sets)] if sets else []
        control.progress(len(spoken) + len(silent), len(rows), "reading")
    groups = _grouped(store, pairs, [row for row, _ in spoken], np.concatenate(keys), control) if keys else _NONE
    measured = np.array(spoken + silent, np.int64).reshape(-1, 2)
    index.keep_alike(measured[:, 0], measured[:, 1], np.concatenate((groups, np.zeros(len(silent), np.int64))))
    return AlikeReport(len(measured), int(np.count_nonzero(groups)), int(groups.max(initial=0)))


def _grouped(store: Store, pairs: WordPairs, rows: list[int], keys: Hashes, control: Control) -> Positions:
    """The group of each row. Only texts that may be alike to another are read again: all others need no memory."""
    places = np.flatnonzero(in_company(keys))
    place_of = {rows[place]: place for place in places.tolist()}
    sets: dict[int, Hashes] = {}
    for batch in _batches(store, sorted(place_of)):
        control.check()
        sets.update((place_of[row], _pairs(pairs, sample)) for row, sample in batch)
        control.progress(len(sets), len(places), "comparing")
    none = np.zeros(0, np.uint64)
    numbers = np.zeros(len(rows), np.int64)
    local = places.tolist()
    numbers[places] = groups_of(
        keys[places],
        lambda one, other: resemblance(sets.get(local[one], none), sets.get(local[other], none)),
        NEARLY,
    )
    return numbers


def _pairs(pairs: WordPairs, sample: Sample) -> Hashes:
    words = [word for turn in sample.turns for word in tokens(turn.content)]
    return pairs.of(words) if words else np.zeros(0, np.uint64)


def _batches(store: Store, rows: list[int]) -> Iterator[list[tuple[int, Sample]]]:
    texts = iter(store.texts(rows)) if rows else iter(())
    while batch := list(islice(texts, _BATCH)):
        yield batch


def alike(index: Index, query: str) -> Answer:
    """How many conversations have a near-duplicate, by how many others there are, real beside synthetic.

    Counted from what was measured last; what is new or changed since is told as not measured.
    """
    groups = (REAL, SYNTHETIC)
    counts = index.crossed(query, [term for _, term in SIZES], [f"origin:{group}" for group in groups])
    total = int(np.count_nonzero(index.mask(query)))
    known = int(np.count_nonzero(index.mask(joined(query, "alike>=0"))))
    parts = tuple(
        Part(label, group, int(count), joined(query, term, f"origin:{group}"))
        for (label, term), line in zip(SIZES, counts, strict=True)
        for group, count in zip(groups, line, strict=True)
        if known
    )
    sentence = "Nearly the same as another one: {alike} of {known} conversations."
    if known < total:
        sentence = "Nearly the same as another one: {alike} of {known} conversations; not measured yet: {unknown}."
    if not known:
        sentence = "Not measured yet: which conversations say nearly the same as another one."
    values = {"alike": int(counts.sum()), "known": known, "unknown": total - known, "total": total}
    rows = tuple(label for label, _ in SIZES) if known else ()
    question = "What is too much: which conversations say nearly the same?"
    return Answer("alike", question, sentence, "bars", rows, groups, parts, values)
