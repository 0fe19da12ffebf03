"""The report: run checks over a selection and put numbers and charts beside the findings. Changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.clean.personal_data import CHECK as PERSONAL_DATA
from workbench.clean.personal_data import personal_data_findings
from workbench.errors import Cancelled
from workbench.evaluate import CHECKS, Check, Context
from workbench.label import Agreement, agreement
from workbench.model import Finding, Generated, Sample, Tag, TagScheme
from workbench.store.base import Store
from workbench.text import amount

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 500
Tell = Callable[[int, int | None, str], None]


@dataclass(frozen=True)
class Report:
    """What was measured over `count` samples. `figures` draws the charts when they are asked for."""

    count: int
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    summary: Mapping[str, Any]
    agreement: tuple[Agreement, ...]
    samples: tuple[Sample, ...]
    tags: tuple[Tag, ...]
    sources: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return (
            f"<Report over {amount(self.count, 'sample')}: {amount(len(self.findings), 'finding')} "
            f"of {amount(len(self.checks), 'check')}>"
        )

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The samples with their tags, one row each."""
        from workbench.frames import samples_frame

        return samples_frame(self.samples, self.tags, self.sources)

    @cached_property
    def findings_frame(self) -> pd.DataFrame:
        """The findings, one row each."""
        from workbench.frames import findings_frame

        return findings_frame(self.findings)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The charts by name, as plotly figures; empty when there is no sample."""
        from workbench.charts import CHARTS

        return {name: draw(self.frame) for name, draw in CHARTS.items()} if self.count else {}

    def of(self, check: str) -> list[Finding]:
        """The findings of one check."""
        return [finding for finding in self.findings if finding.check == check]


def evaluate(
    store: Store,
    ids: Sequence[str],
    *,
    checks: Sequence[str] | None = None,
    tell: Tell = lambda done, total, message: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Run the named checks (default: all, and the personal-data rules) over samples. Raises `UnknownName`."""
    names = [*CHECKS.names(), PERSONAL_DATA] if checks is None else list(checks)
    chosen = [CHECKS.get(name) for name in names if name != PERSONAL_DATA]
    samples: list[Sample] = []
    findings: list[Finding] = []
    for batch in _batches(store, ids):
        if cancelled():
            raise Cancelled("the report was stopped", hint="nothing was changed")
        findings += measure_batch(store, batch, chosen)
        if PERSONAL_DATA in names:
            findings += personal_data_findings(batch)
        samples += batch
        tell(len(samples), len(ids), f"findings so far: {len(findings)}")
    tags = store.tags(ids)
    return Report(
        count=len(samples),
        checks=tuple(names),
        findings=tuple(findings),
        summary=_summary(samples, tags, findings),
        agreement=tuple(_agreements(store.schemes(), tags)),
        samples=tuple(samples),
        tags=tuple(tags),
        sources={source.id: source.name for source in store.sources()},
    )


def measure_samples(samples: Sequence[Sample], checks: Sequence[Check], parents: Mapping[str, Sample]) -> list[Finding]:
    """The findings of some checks on some samples, parents looked up in `parents`."""
    found: list[Finding] = []
    for sample in samples:
        known = tuple(parents[parent] for parent in _parents(sample) if parent in parents)
        for check in checks:
            found += check.measure(sample, Context(parents=known))
    return found


def measure_batch(store: Store, batch: Sequence[Sample], checks: Sequence[Check]) -> list[Finding]:
    """The findings of some checks on some samples, their parents read from the store."""
    wanted = list({parent for sample in batch for parent in _parents(sample)})
    parents = {sample.id: sample for sample in store.samples(wanted)} if wanted else {}
    return measure_samples(batch, checks, parents)


def _parents(sample: Sample) -> tuple[str, ...]:
    return sample.origin.parents if isinstance(sample.origin, Generated) else ()


def _batches(store: Store, ids: Sequence[str]) -> Iterator[list[Sample]]:
    for start in range(0, len(ids), _BATCH):
        yield store.samples(ids[start : start + _BATCH])


def _summary(samples: Sequence[Sample], tags: Sequence[Tag], findings: Sequence[Finding]) -> dict[str, Any]:
    people = [tag for tag in tags if not tag.machine and tag.turn is None]
    tagged: dict[str, set[str]] = defaultdict(set)
    for tag in people:
        tagged[tag.scheme].add(tag.sample)
    return {
        "samples": len(samples),
        "turns": sum(len(sample.turns) for sample in samples),
        "languages": dict(Counter(sample.language or "unknown" for sample in samples).most_common()),
        "synthetic": sum(sample.origin.synthetic for sample in samples),
        "deepest": max((sample.origin.depth for sample in samples), default=0),
        "tagged": {scheme: len(tagged[scheme]) for scheme in sorted(tagged)},
        "authors": sorted({tag.author for tag in people}),
        "findings": dict(Counter(finding.check for finding in findings).most_common()),
    }


def _agreements(schemes: Sequence[TagScheme], tags: Sequence[Tag]) -> Iterator[Agreement]:
    for scheme in schemes:
        result = agreement(scheme, tags)
        if result.pairs:
            yield result
