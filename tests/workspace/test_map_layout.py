"""Picking on the map when it was laid out anew since the picture that a person pointed at."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import StaleMap

SQUARE = [[-9, -9], [9, -9], [9, 9], [-9, 9]]


def _add(ws, start, end):
    with ws._store.write("ana", "add") as writer:
        writer.add_samples(
            [a_sample(f"The night train to Lyon leaves at {n}", "From platform nine.") for n in range(start, end)]
        )


def test_what_was_read_from_an_older_picture_picks_nothing(tmp_path):
    """Neither a region's number nor an outline means the same after a new layout. Without one, today's is meant."""
    with wb.open(tmp_path / "w", author="ana") as ws:
        _add(ws, 0, 60)
        older = ws.map()
        assert ws.select_on_map(region=1, layout=older.layout).count > 0
        ws.clear_selection()
        _add(ws, 100, 220)
        assert ws.map().layout != older.layout
        for where in ({"region": 1}, {"outline": SQUARE}):
            with pytest.raises(StaleMap, match="laid out anew"):
                ws.select_on_map(**where, layout=older.layout)
        assert ws.selection() is None
        assert ws.select_on_map(outline=SQUARE).count == ws.count()
