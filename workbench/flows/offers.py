"""What an edit corrected, and what its corrections could be carried over to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.clean.corrections import Correction, corrections
from workbench.clean.replacing import Rule
from workbench.errors import NotFound
from workbench.flows.fits import BATCH, Looking, in_scope
from workbench.jobs import Control
from workbench.model import Draft, Generated, Sample, Turn
from workbench.store.base import Store


class Offer(NamedTuple):
    """A correction, and how many undecided drafts of the run (and accepted samples) its rule fits."""

    correction: Correction
    fits: int


class Offers(NamedTuple):
    """What an edit could be carried over to: each correction with its number, and the run; "" when there is none."""

    run: str
    corrections: tuple[Offer, ...]


def rules_from(store: Store, edited: str) -> tuple[Correction, ...]:
    """What an edit corrected, each with its rules; none where nothing was edited. Raises `NotFound`.

    `edited` is a draft that was accepted in other words or changed since, or a sample that was edited last.
    """
    before, after = _edit_of(store, edited)
    return corrections(before, after)


def offers(store: Store, edited: str, *, samples: bool = False, control: Control | None = None) -> Offers:
    """In how many undecided drafts of its run each correction of an edit fits, by the rule to begin with.

    With `samples`, what was accepted from the run is counted, too.
    """
    control = control or Control()
    found, run = rules_from(store, edited), run_of(store, edited)
    looking = [Looking(correction.rule, 0) for correction in found]
    for done, draft in enumerate(in_scope(store, run, samples, Looking(Rule("-"), 0)) if found and run else ()):
        if done % BATCH == 0:
            control.check()
            control.progress(done, None, f"{done} read so far")
        for one in looking:
            one.read(draft)
    return Offers(run, tuple(Offer(one, seen.beyond) for one, seen in zip(found, looking, strict=True)))


def run_of(store: Store, edited: str) -> str:
    """The run that a draft or a sample came from; "" when there is none. Raises `NotFound`."""
    found = _found(store, edited)
    if isinstance(found, Draft):
        return found.run
    return (found.origin.run or "") if isinstance(found.origin, Generated) else ""


def _found(store: Store, edited: str) -> Draft | Sample:
    for read_one in (store.draft, store.get):
        try:
            return read_one(edited)
        except NotFound:
            continue
    raise NotFound(f"no draft or sample {edited}", hint="give the id of one that was edited")


def _edit_of(store: Store, edited: str) -> tuple[Sequence[Turn], Sequence[Turn]]:
    found = _found(store, edited)
    if isinstance(found, Sample):
        stages = store.revisions(found.id)
        if len(stages) > 1:
            return stages[-2].sample.turns, found.turns
        made = found.origin.draft if isinstance(found.origin, Generated) else None
        return (store.draft(made).turns if made else found.turns), found.turns
    if found.state == "approved":
        return found.turns, found.agreed
    if found.sample:
        return found.turns, store.get(found.sample).turns
    return found.original, found.turns
