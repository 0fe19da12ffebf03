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
from workbench.errors import StaleRevision
from workbench.jobs import Control
from workbench.model import Finding, Sample
from workbench.store.base import Store
from workbench.text import amount

_BATCH = 500


SHOWN = 200
"""So many changes are kept in a report to be looked at; all of them are counted."""


@dataclass(frozen=True, slots=True)
class CleanReport:
    """What cleaning did (or with a preview would do).

    `counts` has the number of changes per step. `changes` are the first `SHOWN` of them, to be looked at. `skipped` are
    samples that somebody saved while they were being cleaned: they were left as they are.
    """

    samples: int
    changed: int
    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    applied: bool
    skipped: tuple[str, ...] = ()

    def __repr__(self) -> str:
        did = "changed" if self.applied else "would change"
        return f"<CleanReport {did} {self.changed} of {amount(self.samples, 'sample')}: {dict(self.counts)}>"


def clean(
    store: Store,
    author: str,
    ids: Sequence[str],
    *,
    steps: Sequence[str] | None = None,
    preview: bool = False,
    control: Control | None = None,
) -> CleanReport:
    """Normalise the turns of samples and fill in missing languages; each changed sample gets a revision.

    All is worked out first and then written as one step. Raises `UnknownName` for a step, `Cancelled` when `control`
    says so, before anything is written.
    """
    control = control or Control()
    shown: list[Change] = []
    counts: Counter[str] = Counter()
    cleaned: dict[str, Sample] = {}
    found: dict[str, tuple[str, ...]] = {}
    for done, sample in enumerate(_samples(store, ids)):
        if done % _BATCH == 0:
            control.check()
            control.progress(done, len(ids), f"{len(found)} to change so far")
        result = normalise(sample, steps)
        if result.changes:
            found[sample.id] = tuple(change.step for change in result.changes)
            counts.update(found[sample.id])
            shown += result.changes[: SHOWN - len(shown)]
            if not preview:
                cleaned[sample.id] = result.sample
    control.check()
    skipped = _saved(store, author, list(cleaned.values())) if cleaned else ()
    for sample_id in skipped:
        counts.subtract(found[sample_id])
    changes = tuple(change for change in shown if change.sample not in skipped)
    control.progress(len(ids), len(ids), "done")
    return CleanReport(len(ids), len(found) - len(skipped), changes, dict(+counts), not preview, skipped)


def _saved(store: Store, author: str, cleaned: Sequence[Sample]) -> tuple[str, ...]:
    """Save the samples as one step; returns the ids of those that somebody else saved meanwhile."""
    skipped = []
    with store.write(author, f"clean {amount(len(cleaned), 'sample')}") as writer:
        for sample in cleaned:
            try:
                writer.save_revision(sample, base_revision=sample.revision, note="cleaned")
            except StaleRevision:
                skipped.append(sample.id)
    return tuple(skipped)


def exact_duplicates(store: Store, ids: Sequence[str]) -> list[DuplicateGroup]:
    """Groups of samples that say the same words."""
    return exact_duplicate_groups(_samples(store, ids))


def personal_data(store: Store, ids: Sequence[str]) -> list[Finding]:
    """Personal data found by rules, values masked."""
    return list(personal_data_findings(_samples(store, ids)))


def _samples(store: Store, ids: Sequence[str]) -> Iterator[Sample]:
    for start in range(0, len(ids), _BATCH):
        yield from store.samples(ids[start : start + _BATCH])
