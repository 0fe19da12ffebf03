"""Cleaning a selection: previewed first, then applied as one step that can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.clean import (
    Change,
    DuplicateGroup,
    exact_duplicate_groups,
    normalise,
    personal_data_findings,
)
from workbench.model import Finding, Sample
from workbench.store.base import Store

_BATCH = 500


@dataclass(frozen=True, slots=True)
class CleanReport:
    """What cleaning did (or with a preview would do): every change, and how many per step."""

    samples: int
    changed: int
    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    applied: bool


def clean(
    store: Store, author: str, ids: Sequence[str], *, steps: Sequence[str] | None = None, preview: bool = False
) -> CleanReport:
    """Normalise the turns of samples and fill in missing languages; each changed sample gets a revision."""
    changes: list[Change] = []
    cleaned: list[Sample] = []
    for sample in _samples(store, ids):
        result = normalise(sample, steps)
        if result.changes:
            changes += result.changes
            cleaned.append(result.sample)
    if cleaned and not preview:
        with store.write(author, f"clean {len(cleaned)} samples") as writer:
            for sample in cleaned:
                writer.save_revision(sample, base_revision=sample.revision, note="cleaned")
    counts = Counter(change.step for change in changes)
    return CleanReport(len(ids), len(cleaned), tuple(changes), dict(counts), applied=not preview)


def exact_duplicates(store: Store, ids: Sequence[str]) -> list[DuplicateGroup]:
    """Groups of samples that say the same words."""
    return exact_duplicate_groups(_samples(store, ids))


def personal_data(store: Store, ids: Sequence[str]) -> list[Finding]:
    """Personal data found by rules, values masked."""
    return list(personal_data_findings(_samples(store, ids)))


def _samples(store: Store, ids: Sequence[str]) -> Iterator[Sample]:
    for start in range(0, len(ids), _BATCH):
        yield from store.samples(ids[start : start + _BATCH])
