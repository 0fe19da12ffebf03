"""Applying the rule of an edit where it fits, under review: drafts stay undecided, and one step takes all back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbench.clean.replacing import Replacing, Rule
from workbench.errors import InvalidInput, StaleRevision
from workbench.flows.fits import BATCH, Fit, Fits, applied, as_before, read
from workbench.generate import speaks_against
from workbench.jobs import Control
from workbench.model import DraftChange, Sample, Turn
from workbench.records import to_record
from workbench.store.base import Store
from workbench.store.writer import Writer
from workbench.text import snippet

NAMED = 40


@dataclass(frozen=True, slots=True)
class Repeated:
    """What applying a rule did: `drafts` and `samples` were changed, in `hits` places.

    `conflicts` were decided on or changed by somebody since they were looked at, and are left alone.
    """

    drafts: int
    samples: int
    hits: int
    conflicts: tuple[str, ...] = ()


class _Ready(NamedTuple):
    fit: Fit
    turns: tuple[Turn, ...]
    sample: Sample | None


def repeat(
    store: Store, author: str, fits: Fits, *, without: Collection[str] = (), control: Control | None = None
) -> Repeated:
    """Apply a rule to what it fits, but for the ids of `without`, as one step.

    A changed draft is still to be decided on; it keeps what it said, who changed it and by which rule. A changed sample
    gets a revision. All is worked out first and then written. Raises `InvalidInput` when nothing is left to change,
    and `Cancelled` before anything is kept.
    """
    control = control or Control()
    wanted = [fit for fit in fits.found if fit.id not in without]
    if not wanted:
        raise InvalidInput("nothing is left to change", hint="tick at least one")
    conflicts: list[str] = []
    ready = _worked_out(store, fits.rule, wanted, conflicts, control)
    saved: list[_Ready] = []
    if ready:
        with store.write(author, _label(fits.rule)) as writer:
            for number, one in enumerate(ready):
                if number % BATCH == 0:
                    control.check()
                    control.progress(len(wanted) + number, 2 * len(wanted), "saving")
                try:
                    _save(writer, fits.rule, one)
                    saved.append(one)
                except (StaleRevision, InvalidInput):  # in the moment between
                    conflicts.append(one.fit.id)
    control.progress(2 * len(wanted), 2 * len(wanted), "done")
    drafts = sum(one.sample is None for one in saved)
    return Repeated(drafts, len(saved) - drafts, sum(one.fit.hits for one in saved), tuple(conflicts))


def _worked_out(
    store: Store, rule: Rule, wanted: Sequence[Fit], conflicts: list[str], control: Control
) -> list[_Ready]:
    replacing = Replacing(rule)
    ready: list[_Ready] = []
    for start in range(0, len(wanted), BATCH):
        control.check()
        control.progress(start, 2 * len(wanted), "working out")
        part = wanted[start : start + BATCH]
        for fit, now in zip(part, read(store, part), strict=True):
            if as_before(now, fit.base):
                ready.append(_Ready(fit, applied(replacing, now)[0], now if isinstance(now, Sample) else None))
            else:
                conflicts.append(fit.id)
    return ready


def _save(writer: Writer, rule: Rule, one: _Ready) -> None:
    if one.sample is not None:
        note = f"the same change as elsewhere: {_named(rule)}"
        writer.save_revision(replace(one.sample, turns=one.turns), base_revision=one.fit.base, note=note)
        return
    change = DraftChange("", 0, to_record(rule), one.turns, one.fit.gates)
    state = "gated" if speaks_against(one.fit.gates) else "draft"
    writer.change_draft(one.fit.id, change, state, base=one.fit.base)  # type: ignore[arg-type]


def _label(rule: Rule) -> str:
    return f"the same change elsewhere: {_named(rule)}"


def _named(rule: Rule) -> str:
    return f"“{snippet(rule.find, NAMED)}” → “{snippet(rule.by, NAMED)}”"
