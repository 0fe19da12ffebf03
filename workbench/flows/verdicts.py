"""What a model thinks of candidates, two by two, and how far it can be trusted: by canaries, and by asking both ways.

A pair counts only when it was asked in both orders. The verdict is the candidate that is better in both; one that
changes with the order is no difference, and is counted as a flip. A model that judges by place flips always, one that
throws a coin flips every second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.flows.compared import GOOD_FIRST, PAIR
from workbench.flows.judged_runs import Kept, read_judged
from workbench.flows.opinions import FEWEST, Rate
from workbench.generate.comparing import FIRST, NAME, SAME
from workbench.model import Draft, Run
from workbench.store.base import Store

CHANCE = 0.5
"""Share of flips of one who throws a coin, and of hits of one who throws it once for both orders."""

Pair = tuple[str, str]
"""Ids of two drafts, sorted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparisons of one run, and how far they can be trusted.

    Attributes:
        run: the run.
        better: pair of drafts -> the id of the better one; "" where the model sees no difference, or its verdict
            changes with the order.
        hits: canary pairs of which the good one was called better in both orders.
        flips: of all pairs, canaries too, those whose verdict changes with the order.
        first: of the verdicts that name one, those for the one shown first: far from a half, it judges by place.
    """

    run: Run
    better: dict[Pair, str]
    hits: Rate
    flips: Rate
    first: Rate

    @property
    def distrust(self) -> str:
        """Why it is not to be relied on: "few" canaries, no better than "chance", "flips" too often; "" where it may.

        Both bounds are those of a coin: the whole range (95 %) of hits must lie above a half, that of flips below.
        """
        if self.hits.of < FEWEST:
            return "few"
        if (self.hits.range or (0.0, 1.0))[0] <= CHANCE:
            return "chance"
        return "flips" if (self.flips.range or (0.0, 1.0))[1] >= CHANCE else ""

    @property
    def reliable(self) -> bool:
        """Whether its verdicts may be relied on."""
        return not self.distrust

    @property
    def wins(self) -> dict[str, float]:
        """Draft -> the share of its pairs that it won, 0 to 1; no difference is half a win."""
        points: dict[str, list[float]] = defaultdict(list)
        for pair, better in self.better.items():
            for one in pair:
                points[one].append(0.5 if not better else float(one == better))
        return {draft: sum(found) / len(found) for draft, found in points.items()}


def comparisons(store: Store, kept: Kept[Comparison] | None = None) -> list[Comparison]:
    """All that models were asked about pairs of drafts, newest first.

    With the same `kept` each time, a run is read again only where it holds other verdicts than before.
    """
    return [comparison(store, run, kept) for run in store.runs() if run.recipe == NAME]


def wins(found: Iterable[Comparison]) -> dict[str, tuple[float, Comparison]]:
    """Draft -> the share of its pairs that it won, and in which comparison; of those to be relied on, the first given.

    A request is compared as a whole: candidates of one request get their shares from one run.
    """
    told: dict[str, tuple[float, Comparison]] = {}
    for one in found:
        if one.reliable:
            told = {**{draft: (share, one) for draft, share in one.wins.items()}, **told}
    return told


def comparison(store: Store, run: Run, kept: Kept[Comparison] | None = None) -> Comparison:
    """The comparisons of one run, as far as it has come."""
    live, found = read_judged(store, run, _read, kept)
    return replace(found, run=live)


def _read(run: Run, rows: Sequence[Draft]) -> Comparison:
    asked: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        about = row.meta["about"]
        asked[(about["kind"], *sorted((about["id"], about["other"])))].append(_named(row))
    both = {key: said for key, said in asked.items() if len(said) == 2}
    canaries = [said for key, said in both.items() if key[0] != PAIR]
    placed = [row.meta["opinion"]["better"] for row in rows if row.meta["opinion"]["better"] != SAME]
    return Comparison(
        run=run,
        better={(key[1], key[2]): _agreed(said) for key, said in both.items() if key[0] == PAIR},
        hits=Rate(sum(_agreed(said) == "good" for said in canaries), len(canaries)),
        flips=Rate(sum(_flipped(said) for said in both.values()), len(both)),
        first=Rate(sum(better == FIRST for better in placed), len(placed)),
    )


def _named(row: Draft) -> str:
    """Which of the two a row calls better: a draft's id, "good" or "bad" of a canary, or ""."""
    about: dict[str, Any] = row.meta["about"]
    better = row.meta["opinion"]["better"]
    if better == SAME:
        return ""
    first = better == FIRST
    if about["kind"] == PAIR:
        return str(about["id"] if first else about["other"])
    return "good" if first == (about[GOOD_FIRST] == "yes") else "bad"


def _agreed(said: Sequence[str]) -> str:
    return said[0] if said[0] == said[1] else ""


def _flipped(said: Iterable[str]) -> bool:
    one, other = said
    return bool(one and other) and one != other
