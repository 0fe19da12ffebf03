"""What a model thinks of drafts, and how far its opinion can be trusted: measured on canaries and on decisions.

An opinion is advice. It is shown with how many planted mistakes the model caught in the same run; below a set share it
is not to be relied on. A person's answer always outranks it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.flows.judged import about
from workbench.flows.judged_runs import Kept, read_judged
from workbench.generate.canaries import GOOD
from workbench.generate.judge import FLAGGED, NAME, PROMISE
from workbench.label import wilson
from workbench.label.ranking import kendall_tau, ranks_from_scores
from workbench.model import Draft, DraftState, Run
from workbench.store.base import Store

LEAST_CAUGHT = 0.7
"""Share of planted mistakes a model must catch, and of good conversations it must leave alone, to be relied on."""

FEWEST = 5
"""Canaries of each kind below which nothing is known of a model."""

MOST_COMPARED = 400
"""Conversations of a run whose marks are compared with their length, at most: every pair of them is looked at."""

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
    """A model's marks from 1 to 5 and its reason."""

    scores: dict[str, int]
    reason: str

    @property
    def measured(self) -> tuple[int, ...]:
        """The marks that canaries measure: all but that for the promise, for a canary's is made up."""
        return tuple(mark for name, mark in self.scores.items() if name != PROMISE)

    @property
    def flagged(self) -> bool:
        """Whether a mark that canaries measure is so low that a person should look."""
        return any(mark <= FLAGGED for mark in self.measured)

    @property
    def off_promise(self) -> bool:
        """Whether it seems not to be what it was made for; how far that can be relied on is measured by nothing."""
        return self.scores.get(PROMISE, FLAGGED + 1) <= FLAGGED

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
        length: Kendall's tau between marks and length in words: far from 0, it judges length. Of a run with more than
            `MOST_COMPARED` opinions, over so many of them, drawn the same each time.
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


def judgements(store: Store, kept: Kept[Judgement] | None = None) -> list[Judgement]:
    """All that models were asked about drafts, newest first.

    With the same `kept` each time, a run is read again only where it holds other opinions than before. What people
    decided, and the share that is asked for, are of this moment all the same.
    """
    return [judgement(store, run, kept) for run in store.runs() if run.recipe == NAME]


def judgement(store: Store, run: Run, kept: Kept[Judgement] | None = None) -> Judgement:
    """The opinions of one run of the judge."""
    live, found = read_judged(store, run, _read, kept)
    least = store.setting(SETTING)
    return replace(
        found,
        run=live,
        people=_shared_with_people(store.decided(found.opinions), found.opinions),
        least=LEAST_CAUGHT if least is None else float(least),
    )


def _read(run: Run, rows: Sequence[Draft]) -> Judgement:
    told = [(*about(row), opinion_of(row.meta["opinion"]), row.meta["opinion"]["words"]) for row in rows]
    good = [opinion.flagged for kind, _, opinion, _ in told if kind == GOOD]
    bad = [(kind, opinion.flagged) for kind, _, opinion, _ in told if kind not in {GOOD, "draft"}]
    return Judgement(
        run=run,
        opinions={one: opinion for kind, one, opinion, _ in told if kind == "draft"},
        caught=Rate(sum(flagged for _, flagged in bad), len(bad)),
        alarms=Rate(sum(good), len(good)),
        people=Rate(0, 0),
        length=_follows_length([(opinion.mean, words) for _, _, opinion, words in told]),
        missed=tuple(sorted({kind for kind, flagged in bad if not flagged})),
    )


def _follows_length(said: Sequence[tuple[float, int]]) -> float | None:
    few = random.Random("length").sample(said, MOST_COMPARED) if len(said) > MOST_COMPARED else said
    marks = {str(place): mean for place, (mean, _) in enumerate(few)}
    lengths = {str(place): float(words) for place, (_, words) in enumerate(few)}
    return kendall_tau(ranks_from_scores(marks), ranks_from_scores(lengths))


def opinion_of(record: Any) -> Opinion:
    """From what a row keeps."""
    return Opinion({name: int(mark) for name, mark in record["scores"].items()}, str(record["reason"]))


def _shared_with_people(decided: Mapping[str, DraftState], opinions: Mapping[str, Opinion]) -> Rate:
    same = sum((state == "rejected") == opinions[draft].flagged for draft, state in decided.items())
    return Rate(same, len(decided))
