"""The map: commands and widget."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from widgets import _jobs, _steps
from widgets._open import title_of
from widgets._panel import Panel, bundle
from widgets._views import by_sample, row_view, visible
from workbench.errors import NotFound

SCALE = 24_000
"""Positions travel as whole numbers: this many to the map's unit."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``map.*``. Everything but making the map ready answers at once."""

    def start() -> dict[str, Any]:
        facets = [facet for facet in ws.facets("") if facet.values]
        return {
            "ready": ws.map_ready(),
            "fields": [{"field": facet.field, "label": facet.label} for facet in facets],
            "selection": selection_view(ws.selection()),
        }

    def select(
        query: str = "",
        outline: Sequence[Sequence[float]] | None = None,
        region: int | None = None,
        how: str = "new",
        layout: int | None = None,
    ) -> dict[str, Any] | None:
        return selection_view(ws.select_on_map(query, outline=outline, region=region, how=how, layout=layout))

    def clear() -> None:
        ws.clear_selection()

    return {
        "map.start": start,
        "map.ready": lambda: {"job": None if ws.map_ready() else ws.map_job().id},
        "map.picture": lambda query="", colour="domain": picture_view(ws.map(query, colour=colour)),
        "map.point": lambda row: point_view(ws, row),
        "map.select": select,
        "map.selection": lambda: selection_view(ws.selection()),
        "map.clear": clear,
    }


def picture_view(picture: Any) -> dict[str, Any]:
    """A map as the page draws it: arrays as base64 of little-endian numbers, regions and legend as they are."""
    place = np.clip(np.rint(np.stack((picture.x, picture.y)) * SCALE), -32_000, 32_000)
    grid = picture.grid
    return {
        "query": picture.query,
        "total": picture.total,
        "placed": picture.placed,
        "drawn": len(picture.rows),
        "layout": picture.layout,
        "scale": SCALE,
        "rows": packed(picture.rows, "<i4"),
        "x": packed(place[0], "<i2"),
        "y": packed(place[1], "<i2"),
        "groups": packed(picture.colours, "<u1"),
        "field": picture.colouring.field,
        "title": picture.colouring.title,
        "legend": [
            {"label": g.label, "count": g.count, "term": g.term, "kind": g.kind} for g in picture.colouring.groups
        ],
        "regions": [
            {"number": r.number, "words": list(r.words), "x": r.x, "y": r.y, "count": r.count, "example": r.example}
            for r in picture.regions
        ],
        "grid": None if grid is None else {"size": len(grid), "counts": packed(grid.ravel(), "<i4")},
    }


def selection_view(picked: Any) -> dict[str, Any] | None:
    """A selection with the rows in it, so that the page can mark their points; None when there is none."""
    if picked is None:
        return None
    return {
        "query": picked.query,
        "count": picked.count,
        "found": picked.found,
        "newer": picked.newer,
        "at": picked.at,
        "told": picked.told,
        "rows": packed(picked.rows, "<i4"),
    }


def point_view(ws: Any, row: int) -> dict[str, Any]:
    """What the page shows beside the pointer: the sample as a line of the list."""
    found = ws.ids_at([row])
    if not found:
        raise NotFound("this conversation is gone", hint="draw the map again")
    (sample,) = ws.samples(found)
    tags = by_sample(visible(ws.tags(found), ws.schemes(), ws.author)).get(sample.id, ())
    sources = {source.id: source.name for source in ws.sources()}
    return {**row_view(sample, tags, author=ws.author, sources=sources), "title": title_of(sample)}


def packed(numbers: Any, kind: str) -> str:
    """Numbers as base64 of their bytes: a tenth of the time of a JSON list."""
    return base64.b64encode(np.ascontiguousarray(numbers).astype(kind, copy=False).tobytes()).decode()


class SampleMap(Panel):
    """The samples in two dimensions, by meaning; what is picked out on it is ``in:map-selection``.

    Example:
        ``SampleMap(ws)``
    """

    answers = (commands, _jobs.commands, _steps.commands)

    _esm = bundle("map")
