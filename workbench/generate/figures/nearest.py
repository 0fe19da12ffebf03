"""Two figures for any recipe that writes anew: how alike what it wrote is to the nearest other thing it wrote."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from workbench.generate.alike import nearest
from workbench.generate.figures.base import SHARE, Figure, Made
from workbench.generate.figures.words import pair_of


def nearest_figures(made: Made) -> Iterator[Figure]:
    """Median and maximum of the likeness to the nearest other conversation; of very many, drawn ones are looked at."""
    found = nearest([draft.turns for draft in made.drafts], made.seed)
    note = "" if found else "there are no two to compare"
    yield Figure(
        title="Nearest other one, in the middle",
        value=median(found.shares) if found else None,
        unit=SHARE,
        measured=found.measured if found else None,
        meaning="Half of the conversations have no other that shares more of their three-word sequences",
        note=note,
    )
    yield Figure(
        title="Nearest other one, at most",
        value=max(found.shares) if found else None,
        unit=SHARE,
        measured=found.measured if found else None,
        meaning="The two that are most alike share so many of their three-word sequences; 100 % would be a copy",
        parts=((pair_of(*(made.drafts[place] for place in found.pair)), None),) if found else (),
        note=note,
    )
