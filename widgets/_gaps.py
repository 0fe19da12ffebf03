"""The grid of the recipe that fills gaps, before a run and after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from widgets._work import FEW, Where, how_many, result_of, selected


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``generate.gaps``, ``generate.counted`` and ``run.gaps``."""

    def gaps(where: Where, params: Mapping[str, Any] | None = None, limit: int | None = None) -> dict[str, Any]:
        chosen = selected(ws, where)
        if how_many(ws, chosen) <= FEW:
            return planned_view(ws.gaps(chosen, params or {}, limit=limit))
        return {"job": ws.background("Count the cells", lambda _: ws.gaps(chosen, params or {}, limit=limit)).id}

    return {
        "generate.gaps": gaps,
        "generate.counted": lambda job: planned_view(result_of(ws, job)),
        "run.gaps": lambda run: gaps_view(ws, run),
    }


def gaps_view(ws: Any, run: str) -> dict[str, Any]:
    """The grid of a run of gap_fill; `each` is what a filled cell cost (None: not known, or no cell is full yet)."""
    found = ws.gap_fill(run)
    cells = [{**asdict(one), "after": one.after, "short": one.short, "undecided": one.undecided} for one in found.cells]
    told = {"filled": found.filled, "wanting": found.wanting, "usd": found.usd, "each": found.usd_per_filled}
    return {**_axes_of(found), "cells": cells, **told, "ended": found.ended}


def planned_view(found: Any) -> dict[str, Any]:
    """The grid of a selection before a run, with what that would write."""
    cells = [{**asdict(one), "short": one.short} for one in found.cells]
    told = {"wanting": found.wanting, "lacking": found.lacking, "planned": found.planned}
    return {**_axes_of(found), "cells": cells, **told, "selected": found.selected, "notes": found.notes}


def _axes_of(grid: Any) -> dict[str, Any]:
    axes = [{"name": axis, "values": list(dict.fromkeys(one.cell[axis] for one in grid.cells))} for axis in grid.axes]
    return {"axes": axes, "questions": grid.questions}
