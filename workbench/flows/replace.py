"""Find and replace over a selection: looked at first, then applied as one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.clean.replacing import Hit, Replaced, Replacing, Rule
from workbench.errors import StaleRevision
from workbench.jobs import Control
from workbench.model import Sample
from workbench.store.base import Store
from workbench.text import amount

MOST = 20_000
"""So many samples are changed at once at most; what was found beyond is counted."""

_BATCH = 250
_NAMED = 40


class Found(NamedTuple):
    """A sample in which something was found: at which revision, and in how many places."""

    sample: str
    revision: int
    hits: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a rule finds: `found` samples of the `read` ones (at most `MOST`; `beyond` more were counted).

    `hits` are all places in `found`. `emptied` counts turns that would be left without a word: they are left alone.
    """

    rule: Rule
    read: int
    found: tuple[Found, ...]
    hits: int
    beyond: int = 0
    emptied: int = 0

    def __repr__(self) -> str:
        return (
            f"<Looked {amount(self.hits, 'place')} in {len(self.found) + self.beyond} of {amount(self.read, 'sample')}>"
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """What replacing did: `changed` samples in `hits` places. `conflicts` were saved by somebody since: left alone."""

    changed: int
    hits: int
    conflicts: tuple[str, ...] = ()


class Shown(NamedTuple):
    """One sample of a preview: as it is, the places found, and whether somebody saved it since it was looked at."""

    sample: Sample
    hits: tuple[Hit, ...]
    stale: bool


def look(store: Store, ids: Sequence[str], rule: Rule, *, control: Control | None = None, most: int = MOST) -> Looked:
    """Find without changing anything. Raises `InvalidInput` for a rule that cannot be used, `Cancelled`."""
    control = control or Control()
    replacing = Replacing(rule)
    found: list[Found] = []
    hits = beyond = emptied = 0
    for done, sample in enumerate(_samples(store, ids)):
        if done % _BATCH == 0:
            control.check()
            control.progress(done, len(ids), f"{len(found) + beyond} found so far")
        result = replacing.apply(sample)
        emptied += len(result.emptied)
        if result.hits and len(found) < most:
            found.append(Found(sample.id, sample.revision, len(result.hits)))
            hits += len(result.hits)
        elif result.hits:
            beyond += 1
    control.progress(len(ids), len(ids), "done")
    return Looked(rule, len(ids), tuple(found), hits, beyond, emptied)


def shown(store: Store, looked: Looked, offset: int, limit: int) -> list[Shown]:
    """Some of what was found, as it is now."""
    part = looked.found[offset : offset + limit]
    replacing = Replacing(looked.rule)
    samples = store.samples([item.sample for item in part])
    return [
        Shown(sample, replacing.apply(sample).hits, sample.revision != item.revision)
        for sample, item in zip(samples, part, strict=True)
    ]


def apply(
    store: Store, author: str, looked: Looked, *, without: Collection[str] = (), control: Control | None = None
) -> Changed:
    """Replace in what was found, but for the ids of `without`, as one step with a revision for each sample.

    All is worked out first and then written. A sample that somebody saved since is left alone and reported. Raises
    `Cancelled` before anything is kept.
    """
    control = control or Control()
    wanted = [item for item in looked.found if item.sample not in without]
    known = {item.sample: item.revision for item in wanted}
    conflicts: list[str] = []
    ready: list[Replaced] = []
    replacing = Replacing(looked.rule)
    for done, sample in enumerate(_samples(store, list(known))):
        if done % _BATCH == 0:
            control.check()
            control.progress(done, 2 * len(wanted), "working out")
        if sample.revision != known[sample.id]:
            conflicts.append(sample.id)
        else:
            ready.append(replacing.apply(sample))
    saved = _saved(store, author, looked.rule, ready, conflicts, control) if ready else []
    control.progress(2 * len(wanted), 2 * len(wanted), "done")
    return Changed(len(saved), sum(len(result.hits) for result in saved), tuple(conflicts))


def _saved(
    store: Store, author: str, rule: Rule, ready: Sequence[Replaced], conflicts: list[str], control: Control
) -> list[Replaced]:
    saved = []
    note = f"find and replace: {_named(rule.find)} → {_named(rule.by)}"
    with store.write(author, f"replace “{_named(rule.find)}” with “{_named(rule.by)}”") as writer:
        for done, result in enumerate(ready):
            if done % _BATCH == 0:
                control.check()
                control.progress(len(ready) + done, 2 * len(ready), "saving")
            try:
                writer.save_revision(result.sample, base_revision=result.sample.revision, note=note)
                saved.append(result)
            except StaleRevision:
                conflicts.append(result.sample.id)
    return saved


def _named(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NAMED else line[: _NAMED - 1] + "…"


def _samples(store: Store, ids: Sequence[str]) -> Iterator[Sample]:
    for start in range(0, len(ids), _BATCH):
        yield from store.samples(ids[start : start + _BATCH])
