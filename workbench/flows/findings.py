"""Running the checks over texts nobody has looked at since they changed, for queries to ask what they found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workbench.clean.personal_data import CHECK as PERSONAL_DATA
from workbench.clean.personal_data import TITLES, personal_data_findings
from workbench.evaluate import CHECKS
from workbench.flows.evaluate import measure_batch
from workbench.jobs import Control
from workbench.model import Finding, Sample
from workbench.search import Index
from workbench.store.base import Store

_BATCH = 500
_SAVE_AFTER = 10_000
"""Samples between two saves: so much is looked at again after a crash."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How many samples were looked at, and at how many of them something was found."""

    samples: int
    with_findings: int


def look(store: Store, index: Index, query: str, control: Control) -> Looked:
    """Run all checks over what a query finds and nobody has looked at yet. Stopped half-way, what was done is kept."""
    waiting = index.not_looked_at(query).tolist()
    rows = iter(waiting)
    checks = [CHECKS.get(name) for name in CHECKS.names()]
    done = with_findings = 0
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    while batch := list(islice(rows, _BATCH)):
        if control.cancelled:
            break
        samples = dict(store.texts(sorted(batch)))
        texts = list(samples.values())
        names = names_by_sample([*measure_batch(store, texts, checks), *personal_data_findings(texts)])
        kept += [(row, sample.updated_at, names.get(sample.id, ())) for row, sample in samples.items()]
        done, with_findings = done + len(samples), with_findings + len(names)
        control.progress(done, len(waiting), f"{with_findings} with findings so far")
        if len(kept) >= _SAVE_AFTER:
            keep(index, kept)
            kept = []
    keep(index, kept)
    control.check()
    return Looked(done, with_findings)


def keep(index: Index, looked: Sequence[tuple[int, int, tuple[str, ...]]]) -> None:
    """Keep (row, when its text was saved, names of its findings) for queries."""
    if looked:
        rows, saved, names = zip(*looked, strict=True)
        index.keep_findings(rows, saved, names, titles())


def keep_report(store: Store, index: Index, samples: Sequence[Sample], found: Iterable[Finding]) -> None:
    """Keep the findings of a report in which all checks ran."""
    names = names_by_sample(found)
    rows = store.rows_of([sample.id for sample in samples])
    keep(index, [(row, one.updated_at, names.get(one.id, ())) for row, one in zip(rows, samples, strict=True)])


def titles() -> Mapping[str, str]:
    """Every name that a finding can have here, in words: the checks, and the kinds of personal data."""
    kinds = {f"{PERSONAL_DATA}/{kind}": title for kind, title in TITLES.items()}
    return {name: CHECKS.get(name).title for name in CHECKS.names()} | {PERSONAL_DATA: "Personal data"} | kinds


def names_by_sample(found: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """The names a query may ask for, by sample: the check's, and with personal data its kind below it."""
    names: dict[str, dict[str, None]] = {}
    for finding in found:
        if finding.sample is not None:
            name = f"{PERSONAL_DATA}/{finding.value}" if finding.check == PERSONAL_DATA else finding.check
            names.setdefault(finding.sample, {})[name] = None
    return {sample: tuple(given) for sample, given in names.items()}
