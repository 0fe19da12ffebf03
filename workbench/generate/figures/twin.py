"""The figures of `private_twin`: planted secrets, what is copied, and to whom a twin is nearer."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

import numpy as np

from workbench.generate.alike import likeness, marks
from workbench.generate.figures.base import SHARE, Figure, Made
from workbench.generate.figures.words import given_away
from workbench.generate.recall import interval
from workbench.model import Draft, Sample

LOOKED_AT = 1_000
"""Sources that are halved at most; of more, so many are drawn."""

LEAST = 4
"""Sources from which on halves are compared."""


def twin_figures(made: Made, params: Any) -> Iterator[Figure]:
    """Secrets that came out, shares copied, and the share nearer to its own half of the sources."""
    yield _secrets(made.drafts)
    yield from _copied(made.drafts)
    yield _nearer(made)


def _secrets(drafts: Sequence[Draft]) -> Figure:
    tried = [draft for draft in drafts if draft.meta.get("planted", {}).get("secrets")]
    out = [
        (given_away(draft, kind, secret), None)
        for draft in tried
        for kind, secret in draft.meta["planted"]["out"].items()
    ]
    return Figure(
        title="Planted secrets that came out",
        value=len(out) if tried else None,
        of=sum(int(draft.meta["planted"]["secrets"]) for draft in tried) if tried else None,
        limit=0 if tried else None,
        unit="secrets",
        meaning=(
            "Names, numbers, passwords and other secrets were planted in a copy of every source and a twin was told "
            "of it in the same way; none may come out"
        ),
        parts=tuple(out[:20]),
        note="" if tried else "nothing was planted in this run",
        wrong=bool(out),
    )


def _copied(drafts: Sequence[Draft]) -> Iterator[Figure]:
    apart = [draft.meta["distance"] for draft in drafts if "distance" in draft.meta]
    shares = [float(one["shared_threes"]) for one in apart]
    note = "" if apart else "no twin has a text yet"
    yield Figure(
        title="Copied, in the middle",
        value=median(shares) if shares else None,
        unit=SHARE,
        meaning="Half of the twins have no larger share of their three-word sequences from the source",
        note=note,
    )
    yield Figure(
        title="Copied, at most",
        value=max(shares, default=None),
        unit=SHARE,
        meaning="The largest share of three-word sequences that a twin has in common with its source",
        note=note,
    )
    yield Figure(
        title="Longest run as in the source",
        value=max((int(one["longest_run"]) for one in apart), default=None),
        unit="words",
        meaning="So many words in a row stand in a twin and in its source; they are everyday ones of our own lists",
        note=note,
    )


def _nearer(made: Made) -> Figure:
    """The sources are halved at random; whether a twin is nearer to the half its source is in. Ties count half."""
    rng = random.Random(made.seed)
    first, second, of = _halves(made, rng)
    looked_at = len(first) + len(second)
    share = _share(made, first, second) if looked_at >= LEAST else None
    around = interval(share, looked_at) if share is not None else None
    return Figure(
        title="Nearer to its own half than to the half held out",
        value=share,
        unit=SHARE,
        interval=around,
        measured=(looked_at, of) if share is not None and looked_at < of - 1 else None,
        meaning=(
            "The sources are halved at random. A twin that tells nothing of its source is as often nearest to one of "
            "the other half, which it was not made from: about 50 % is expected. This is no proof of privacy"
        ),
        note="" if share is not None else f"it takes at least {LEAST} sources",
        wrong=around is not None and around[0] > 0.5,
    )


def _halves(made: Made, rng: random.Random) -> tuple[Mapping[str, Sample], Mapping[str, Sample], int]:
    """Two random halves of the same size of the sources that have a twin, and how many such sources there are."""
    ids = sorted({draft.parents[0] for draft in made.drafts if draft.parents} & made.sources.keys())
    half = min(len(ids), LOOKED_AT) // 2
    drawn = rng.sample(ids, 2 * half)
    first, second = drawn[:half], drawn[half:]
    return {one: made.sources[one] for one in first}, {one: made.sources[one] for one in second}, len(ids)


def _share(made: Made, first: Mapping[str, Sample], second: Mapping[str, Sample]) -> float:
    twins = [draft for draft in made.drafts if draft.parents and draft.parents[0] in {*first, *second}]
    spoken = [[turn for turn in one.turns if turn.role != "tool"] for one in (*first.values(), *second.values())]
    known = marks([*spoken, *(draft.turns for draft in twins)], size=1)
    sources, half = known[: len(spoken)], len(first)
    won = 0.0
    for draft, found in zip(twins, likeness(known[len(spoken) :], sources), strict=True):
        one, other = float(found[:half].max()), float(found[half:].max())
        own, held_out = (one, other) if draft.parents[0] in first else (other, one)
        won += 0.5 if math.isclose(own, held_out) else float(own > held_out)
    return float(np.clip(won / len(twins), 0.0, 1.0))
