"""The map: what a query finds as points, regions and a colour for each; and picking samples out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import InvalidInput
from workbench.flows.colouring import Colouring
from workbench.model import Sample
from workbench.search import Atlas, Index
from workbench.store.base import Store
from workbench.text import amount, snippet

MOST_DRAWN = 30_000
"""Points drawn; of more samples an even part is drawn, and all of them are counted in the grid below."""
GRID = 72
"""Cells of the grid in each direction, over positions from -1.2 to 1.2."""
EDGE = 1.2

Array = npt.NDArray[Any]
Tell = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the picture: its number from 1, its telling words, its centre, and the samples found in it.

    `words` are the most telling first, at most four; none where no words set the region apart. Then `example` is the
    title, or the beginning, of the sample nearest to its centre.
    """

    number: int
    words: tuple[str, ...]
    x: float
    y: float
    count: int
    example: str = ""


@dataclass(frozen=True)
class SampleMap:
    """What a query finds, in two dimensions.

    `rows`, `x` and `y` are the samples drawn (at most 30,000; positions mostly within -1 and 1); `colours` their
    places in `colouring.groups`. `total` samples were found, of which `placed` have a place: text that says nothing
    has none. When not all are drawn, `grid` counts all of them: `grid[row][column]` from the top left corner.
    `layout` tells this picture from one laid out anew, whose regions and places are others.
    """

    query: str
    total: int
    placed: int
    rows: Array
    x: Array
    y: Array
    colours: Array
    colouring: Colouring
    regions: tuple[Region, ...]
    grid: Array | None
    layout: int
    ids: tuple[str, ...] = ()

    def __repr__(self) -> str:
        drawn = "" if len(self.rows) == self.placed else f", {len(self.rows)} drawn"
        regions = amount(len(self.regions), "region")
        return f"<Map of {amount(self.total, 'sample')}{drawn}, {regions}, by {self.colouring.field}>"

    @cached_property
    def figure(self) -> Any:
        """The map as a plotly figure: an array of points per group, each with a shape of its own."""
        from workbench.charts import map_figure

        names = [group.label for group in self.colouring.groups]
        return map_figure(self.x, self.y, self.colours, names, title=self.colouring.title)

    @cached_property
    def frame(self) -> Any:
        """The points as a pandas DataFrame indexed by id: x, y, region and the field that colours them."""
        import pandas as pd

        labels = np.array([group.label for group in self.colouring.groups], dtype=object)
        data = {"x": self.x, "y": self.y, self.colouring.field: labels[self.colours]}
        return pd.DataFrame(data, index=pd.Index(self.ids, name="id"))


def draw(store: Store, index: Index, atlas: Atlas | None, query: str, colouring: Colouring) -> SampleMap:
    """The map of a query, coloured; `atlas` None: there is nothing to see yet."""
    mask = index.mask(query)
    total = int(np.count_nonzero(mask))
    found = on_map(atlas, mask)
    drawn = _some(found, MOST_DRAWN)
    points = atlas.points[drawn] if atlas is not None else np.zeros((0, 2), np.float32)
    return SampleMap(
        query=query,
        total=total,
        placed=len(found),
        rows=drawn,
        x=points[:, 0],
        y=points[:, 1],
        colours=colouring.codes[drawn],
        colouring=colouring,
        regions=_regions(store, atlas, found),
        grid=_binned(atlas.points[found]) if atlas is not None and len(drawn) < len(found) else None,
        layout=atlas.layout if atlas is not None else 0,
        ids=tuple(store.ids_of(drawn.tolist())),
    )


def on_map(atlas: Atlas | None, mask: Array) -> Array:
    """The rows of a mask that have a place."""
    rows = np.flatnonzero(mask)
    if atlas is None:
        return rows[:0]
    rows = rows[rows < atlas.size]
    return np.asarray(rows[~np.isnan(atlas.points[rows, 0])])


def within(atlas: Atlas, rows: Array, shape: Sequence[Sequence[float]]) -> Array:
    """Of these rows those whose place lies inside a polygon (even-odd rule). Raises `InvalidInput`."""
    corners = _corners(shape)
    points = atlas.points[rows].astype(np.float64)
    low, high = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    x, y = points[near, 0], points[near, 1]
    inside = np.zeros(len(near), dtype=np.bool_)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return np.asarray(rows[near[inside]])


def in_region(atlas: Atlas, rows: Array, region: int) -> Array:
    """Of these rows those of a region. Raises `InvalidInput` for a number that is none."""
    if not 1 <= region <= len(atlas.centres):
        raise InvalidInput(f"there is no region {region}", hint=f"the map has 1 to {len(atlas.centres)}")
    return np.asarray(rows[atlas.regions[rows] == region])


def _corners(shape: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
    try:
        corners = np.asarray(shape, dtype=np.float64)
    except (TypeError, ValueError) as exc:
        raise InvalidInput("the outline cannot be read", hint="give a list of [x, y] pairs") from exc
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3 or not np.isfinite(corners).all():
        raise InvalidInput("the outline has no area", hint="draw around some points: at least three [x, y] pairs")
    return corners


def _some(rows: Array, most: int) -> Array:
    """An even part of the rows; which ones depends on each row alone, so that new samples hardly change the picture."""
    if len(rows) <= most:
        return rows
    keys = (rows.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    return np.asarray(np.sort(rows[np.argpartition(keys, most)[:most]]))


def _regions(store: Store, atlas: Atlas | None, rows: Array) -> tuple[Region, ...]:
    if atlas is None:
        return ()
    counts = np.bincount(atlas.regions[rows], minlength=len(atlas.centres) + 1)
    examples = _examples(store, atlas, rows)
    return tuple(
        Region(number, words, float(x), float(y), int(counts[number]), examples.get(number, ""))
        for number, (words, (x, y)) in enumerate(zip(atlas.words, atlas.centres, strict=True), 1)
    )


def _examples(store: Store, atlas: Atlas, rows: Array) -> dict[int, str]:
    """For regions without words, what the sample nearest to their centre is called."""
    middle = {}
    for number in (place for place, words in enumerate(atlas.words, 1) if not words):
        own = in_region(atlas, rows, number)
        if len(own):
            middle[number] = int(own[((atlas.points[own] - atlas.centres[number - 1]) ** 2).sum(axis=1).argmin()])
    samples = store.samples(store.ids_of(list(middle.values())))
    return {number: snippet(sample.title or _opening(sample)) for number, sample in zip(middle, samples, strict=True)}


def _opening(sample: Sample) -> str:
    return next((turn.content for turn in sample.turns if turn.content.strip()), "")


def _binned(points: Array) -> Array:
    edges = np.linspace(-EDGE, EDGE, GRID + 1)
    counts, _, _ = np.histogram2d(-points[:, 1], points[:, 0], bins=[edges, edges])
    return counts.astype(np.int64)
