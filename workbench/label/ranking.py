"""Orders of several answers: the pairs they are made of, scores from them, and how far two orders agree.

An order is given as ranks: name -> place from 1, equal places are ties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import exp, log, sqrt

PRIOR = 0.5
"""Wins and losses each side is given against an average one, so that a side that never lost has a finite score."""


def ranks_from_scores(scores: Mapping[str, float], margin: float = 0.0) -> dict[str, int]:
    """Ranks by score, highest first; scores no further than `margin` below the best of a place share it."""
    ranks: dict[str, int] = {}
    place, best = 0, 0.0
    for number, name in enumerate(sorted(scores, key=lambda one: (-scores[one], one)), start=1):
        if not place or best - scores[name] > margin + 1e-9:
            place, best = number, scores[name]
        ranks[name] = place
    return ranks


def ranked_pairs(ranks: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """All k(k-1)/2 pairs of an order, the better first; the last value says whether the two are tied."""
    pairs = []
    for one, other in combinations(ranks, 2):
        better, worse = (one, other) if ranks[one] <= ranks[other] else (other, one)
        pairs.append((better, worse, ranks[one] == ranks[other]))
    return pairs


def bradley_terry(pairs: Iterable[tuple[str, str, bool]], *, rounds: int = 500) -> dict[str, float]:
    """The log strength of each side, 0 on average: the difference of two is the log odds that one is preferred.

    Bradley and Terry 1952, fitted by minorisation-maximisation (Hunter 2004); a tie counts as half a win for each.
    """
    wins: dict[str, float] = defaultdict(float)
    met: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for better, worse, tied in pairs:
        wins[better] += 0.5 if tied else 1.0
        wins[worse] += 0.5 if tied else 0.0
        met[better][worse] += 1
        met[worse][better] += 1
    strength = dict.fromkeys(met, 1.0)
    for _ in range(rounds):
        new = {name: _stronger(name, strength, wins[name], met[name]) for name in strength}
        middle = exp(sum(map(log, new.values())) / len(new)) if new else 1.0
        new = {name: value / middle for name, value in new.items()}
        settled = all(abs(log(new[name] / strength[name])) < 1e-9 for name in new)
        strength = new
        if settled:
            break
    return {name: log(value) for name, value in strength.items()}


def kendall_tau(first: Mapping[str, int], second: Mapping[str, int]) -> float | None:
    """How far two orders of the same names agree, from -1 to 1; ties are allowed in both (tau-b, Kendall 1945).

    Names that only one order has are left out. None when one of them says nothing: fewer than two names, or all tied.
    """
    agree = tied_first = tied_second = total = 0
    for one, other in combinations([name for name in first if name in second], 2):
        here, there = _sign(first[one] - first[other]), _sign(second[one] - second[other])
        agree += here * there
        tied_first += not here
        tied_second += not there
        total += 1
    spread = (total - tied_first) * (total - tied_second)
    return agree / sqrt(spread) if spread else None


def _stronger(name: str, strength: Mapping[str, float], wins: float, met: Mapping[str, int]) -> float:
    drawn = sum(times / (strength[name] + strength[other]) for other, times in met.items())
    return (wins + PRIOR) / (drawn + 2 * PRIOR / (strength[name] + 1.0))


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
