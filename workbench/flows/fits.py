"""Where the rule of an edit fits: undecided drafts, and samples that were accepted. Looked at, nothing is changed.

A draft that is run turn by turn is left alone: it is rewound instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workbench.clean.corrections import check_common, check_width
from workbench.clean.replacing import Hit, Replacing, Rule
from workbench.flows.live import goes_by_turns
from workbench.flows.regating import Regated, Regating
from workbench.flows.runs import ALL
from workbench.jobs import Control
from workbench.model import Draft, Finding, Sample, Turn
from workbench.store.base import Store
from workbench.text import amount

MOST = 20_000
"""So many are changed at once at most; what fits beyond is counted."""

BATCH = 250
UNCHECKED = Regated((), checked=False)


class Fit(NamedTuple):
    """A draft or a sample that a rule changes, in `hits` places.

    `base` is how many changes the draft had, or the sample's revision. Of a draft `gates` are what its gates find in
    the changed words: `worse` is new in that and `better` is gone; `checked` says whether they could be asked again.
    `emptied` turns would be left without a word and stay as they are.
    """

    id: str
    kind: Literal["draft", "sample"]
    base: int
    hits: int
    emptied: int = 0
    gates: tuple[Finding, ...] = ()
    worse: tuple[Finding, ...] = ()
    better: tuple[Finding, ...] = ()
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Fits:
    """What a rule fits: `found` of the `read` drafts and samples (at most `MOST`; `beyond` more were counted).

    `hits` are all places in `found`; `emptied` counts turns that would be left without a word, and `live` the drafts
    that are run turn by turn: both are left alone.
    """

    rule: Rule
    read: int
    found: tuple[Fit, ...]
    hits: int
    beyond: int = 0
    emptied: int = 0
    live: int = 0

    def __repr__(self) -> str:
        return f"<Fits {amount(self.hits, 'place')} in {len(self.found) + self.beyond} of {self.read}>"


class ShownFit(NamedTuple):
    """One of them as it is, what it would say, the places, and whether it is another one since it was looked at."""

    fit: Fit
    now: Draft | Sample
    turns: tuple[Turn, ...]
    hits: tuple[Hit, ...]
    stale: bool


def look(
    store: Store,
    rule: Rule,
    *,
    run: str | None = None,
    samples: bool = False,
    gates: bool = True,
    control: Control | None = None,
    most: int = MOST,
) -> Fits:
    """Look where a rule fits: in undecided drafts (of a run), and with `samples` in what was accepted (from it).

    Raises `InvalidInput` for a rule that cannot be used or finds nearly everything by accident, and `Cancelled`.
    """
    check_width(rule)
    control = control or Control()
    looking = Looking(rule, most)
    for done, one in enumerate(in_scope(store, run, samples, looking)):
        if done % BATCH == 0:
            control.check()
            control.progress(done, None, f"{len(looking.found) + looking.beyond} found so far")
        looking.read(one)
    check_common(rule, looking.turns_found, looking.turns)
    found = _gated(store, looking, control) if gates else looking.found
    control.progress(looking.seen, looking.seen, "done")
    return Fits(rule, looking.seen, tuple(found), looking.hits, looking.beyond, looking.emptied, looking.live)


def shown(store: Store, fits: Fits, offset: int, limit: int) -> list[ShownFit]:
    """Some of what a rule fits, as it is now."""
    replacing = Replacing(fits.rule)
    part = fits.found[offset : offset + limit]
    listed = []
    for fit, now in zip(part, read(store, part), strict=True):
        turns, hits, _ = applied(replacing, now)
        listed.append(ShownFit(fit, now, turns, hits, not as_before(now, fit.base)))
    return listed


def read(store: Store, fits: Sequence[Fit]) -> list[Draft | Sample]:
    """The drafts and samples of these, in their order."""
    drafts = iter(store.drafts_by_id([fit.id for fit in fits if fit.kind == "draft"]))
    samples = iter(store.samples([fit.id for fit in fits if fit.kind == "sample"]))
    return [next(drafts) if fit.kind == "draft" else next(samples) for fit in fits]


def as_before(now: Draft | Sample, base: int) -> bool:
    """Whether it is still what was looked at."""
    if isinstance(now, Sample):
        return now.revision == base
    return now.state in {"draft", "gated"} and len(now.changes) == base


def applied(replacing: Replacing, one: Draft | Sample) -> tuple[tuple[Turn, ...], tuple[Hit, ...], tuple[str, ...]]:
    """What it says with the rule applied, the places, and turns that would be emptied.

    The turns it shares with the conversation it branches from are that one's words, and stay.
    """
    at = one.branch_at if isinstance(one, Draft) else getattr(one.origin, "branch_at", None)
    ids = [turn.id for turn in one.turns]
    shared = ids.index(at) + 1 if at in ids else 0
    turns, hits, emptied = replacing.turns(one.turns[shared:])
    return (*one.turns[:shared], *turns), hits, emptied


class Looking:
    """What was read of drafts and samples for one rule, and found so far: `most` of them, the others are counted."""

    def __init__(self, rule: Rule, most: int) -> None:
        self.rule = rule
        self.found: list[Fit] = []
        self.seen = self.hits = self.beyond = self.emptied = self.live = self.turns = self.turns_found = 0
        self._most = most
        self._replacing = Replacing(rule)

    def read(self, one: Draft | Sample) -> None:
        """Look at one more."""
        self.seen += 1
        self.turns += sum(not self.rule.roles or turn.role in self.rule.roles for turn in one.turns)
        _, hits, emptied = applied(self._replacing, one)
        self.turns_found += len({hit.turn for hit in hits}) + len(emptied)
        self.emptied += len(emptied)
        if not hits:
            return
        if len(self.found) >= self._most:
            self.beyond += 1
            return
        self.hits += len(hits)
        if isinstance(one, Sample):
            self.found.append(Fit(one.id, "sample", one.revision, len(hits), len(emptied)))
        else:
            self.found.append(Fit(one.id, "draft", len(one.changes), len(hits), len(emptied), one.gates))


def in_scope(store: Store, run: str | None, samples: bool, looking: Looking) -> Iterator[Draft | Sample]:
    """The undecided drafts of a run (None: of all), with `samples` what was accepted, too.

    Drafts that are run turn by turn are left out, and counted in `looking.live`.
    """
    begun: dict[str, set[str]] = {}
    for draft in store.open_drafts(run):
        if not draft.turns:
            continue
        if goes_by_turns(draft):
            if draft.run not in begun:
                begun[draft.run] = {line.data["draft"] for line in store.live_lines(draft.run)}
            if draft.id in begun[draft.run] or draft.meta.get("unfinished"):
                looking.live += 1
                continue
        yield draft
    if samples:
        accepted = [draft.sample for draft in store.drafts(run=run, state="accepted", limit=ALL) if draft.sample]
        for start in range(0, len(accepted), BATCH):
            yield from (one for one in store.samples(accepted[start : start + BATCH]) if one.state == "active")


def _gated(store: Store, looking: Looking, control: Control) -> list[Fit]:
    """The fits with what the gates find in the drafts as they would be."""
    found: list[Fit] = []
    replacing = Replacing(looking.rule)
    regating = Regating(store, [fit.id for fit in looking.found if fit.kind == "draft"])
    for start in range(0, len(looking.found), BATCH):
        part = looking.found[start : start + BATCH]
        for fit, now in zip(part, read(store, part), strict=True):
            control.check()
            control.progress(len(found), len(looking.found), "asking the gates again")
            if isinstance(now, Draft):
                fit = fit._replace(**regating.look(now, applied(replacing, now)[0])._asdict())
            found.append(fit)
    return found
