"""What a model thinks of drafts, and how far its opinion can be trusted: measured on canaries and on decisions.

An opinion is advice. It is shown with how many planted mistakes the model caught in the same run; below a set share it
is not to be relied on. A person's answer always outranks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import NotFound
from workbench.flows.judged import about
from workbench.flows.runs import drafts_of, read_run
from workbench.generate.canaries import GOOD
from workbench.generate.judge import FLAGGED, NAME
from workbench.label import wilson
from workbench.label.ranking import kendall_tau, ranks_from_scores
from workbench.model import Draft, Run
from workbench.store.base import Store

LEAST_CAUGHT = 0.7
"""Share of planted mistakes a model must catch, and of good conversations it must leave alone, to be relied on."""

FEWEST = 5
"""Canaries of each kind below which nothing is known of a model."""

SETTING = "least_caught"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the range (95 %, Wilson) in which the true share lies; None without any."""

    number: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that was seen."""
        return self.number / self.of if self.of else None

    @property
    def range(self) -> tuple[float, float] | None:
        """Its range."""
        return wilson(self.number, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Opinion:
    """A model's marks from 1 to 5, its reason, and whether it speaks against the conversation."""

    scores: dict[str, int]
    reason: str

    @property
    def flagged(self) -> bool:
        """Whether any mark is so low that a person should look."""
        return min(self.scores.values()) <= FLAGGED

    @property
    def mean(self) -> float:
        """The mean of its marks."""
        return sum(self.scores.values()) / len(self.scores)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The opinions of one run, and how far they can be trusted.

    Attributes:
        run: the run.
        opinions: draft id -> opinion.
        caught: planted mistakes it flagged.
        alarms: good conversations it flagged.
        people: decisions of people on the same drafts that it would have shared (flagged and rejected, or neither).
        length: Kendall's tau between marks and length in words: far from 0, it judges length.
        least: the share it must reach to be relied on.
        missed: kinds of planted mistakes it did not catch.
    """

    run: Run
    opinions: dict[str, Opinion]
    caught: Rate
    alarms: Rate
    people: Rate
    length: float | None
    least: float = LEAST_CAUGHT
    missed: tuple[str, ...] = ()

    @property
    def reliable(self) -> bool:
        """Whether its opinions may be relied on: it caught enough, with few enough false alarms, of enough."""
        if min(self.caught.of, self.alarms.of) < FEWEST:
            return False
        return (self.caught.share or 0.0) >= self.least and (self.alarms.share or 0.0) <= 1 - self.least


def judgements(store: Store) -> list[Judgement]:
    """All that models were asked about drafts, newest first."""
    return [judgement(store, run) for run in store.runs() if run.recipe == NAME]


def judgement(store: Store, run: Run) -> Judgement:
    """The opinions of one run of the judge."""
    rows = [draft for draft in drafts_of(store, run.id) if draft.state == "judged"]
    told = [(*about(row), opinion_of(row.meta["opinion"]), row.meta["opinion"]["words"]) for row in rows]
    good = [opinion.flagged for kind, _, opinion, _ in told if kind == GOOD]
    bad = [(kind, opinion.flagged) for kind, _, opinion, _ in told if kind not in {GOOD, "draft"}]
    opinions = {one: opinion for kind, one, opinion, _ in told if kind == "draft"}
    lengths = {str(place): words for place, (*_, words) in enumerate(told)}
    marks = {str(place): opinion.mean for place, (_, _, opinion, _) in enumerate(told)}
    least = store.setting(SETTING)
    return Judgement(
        run=read_run(store, run.id),
        opinions=opinions,
        caught=Rate(sum(flagged for _, flagged in bad), len(bad)),
        alarms=Rate(sum(good), len(good)),
        people=_shared_with_people(_decided(store, opinions), opinions),
        length=kendall_tau(ranks_from_scores(marks), ranks_from_scores(lengths)),
        least=LEAST_CAUGHT if least is None else float(least),
        missed=tuple(sorted({kind for kind, flagged in bad if not flagged})),
    )


def opinion_of(record: Any) -> Opinion:
    """From what a row keeps."""
    return Opinion({name: int(mark) for name, mark in record["scores"].items()}, str(record["reason"]))


def _decided(store: Store, ids: Iterable[str]) -> Sequence[Draft]:
    found = []
    for one in ids:
        try:
            draft = store.draft(one)
        except NotFound:
            continue
        if draft.state in {"accepted", "rejected"} and draft.decided_by is not None:
            found.append(draft)
    return found


def _shared_with_people(decided: Sequence[Draft], opinions: dict[str, Opinion]) -> Rate:
    return Rate(sum((draft.state == "rejected") == opinions[draft.id].flagged for draft in decided), len(decided))
