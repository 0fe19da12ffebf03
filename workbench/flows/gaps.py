"""The grid of `gap_fill` before a run, cell by cell, and the query of a cell.

After a run: `workbench.flows.gaps_filled`. How both are counted: `workbench.flows.gaps_counted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from workbench.flows.gap_grid import Grid, kind_in_words
from workbench.generate.coverage import LENGTHS
from workbench.search.fields import BUILT_IN, TAG, quoted


@dataclass(frozen=True, slots=True)
class CellGap:
    """A cell before a run: how many the selection has, how many it should have, how many the run would write for it.

    `query` finds what has the cell's kind in the selection.
    """

    cell: Mapping[str, str]
    before: int
    target: int
    planned: int
    query: str = ""

    @property
    def short(self) -> int:
        """How many are missing to the target."""
        return max(0, self.target - self.before)

    def __str__(self) -> str:
        told = f"{kind_in_words(self.cell)}: {self.before:,} of {self.target:,}"
        return f"{told}, {self.short:,} short ({self.planned:,} to be written)" if self.short else told


@dataclass(frozen=True, slots=True)
class Gaps(Grid[CellGap]):
    """The grid of a selection before anything is written.

    Attributes:
        cells: each cell, in the order of the grid.
        selected: how many conversations were counted; nothing can be written without one as an example.
        notes: what of the grid nobody can answer, so that it stays empty.
    """

    cells: tuple[CellGap, ...]
    selected: int
    notes: tuple[str, ...] = ()
    columns: ClassVar[tuple[str, ...]] = ("before", "target", "short", "planned")

    @property
    def wanting(self) -> int:
        """Cells that are short of their target."""
        return sum(one.short > 0 for one in self.cells)

    @property
    def lacking(self) -> int:
        """Conversations that are missing, in all cells together."""
        return sum(one.short for one in self.cells)

    @property
    def planned(self) -> int:
        """Conversations that a run would write."""
        return sum(one.planned for one in self.cells)

    def __str__(self) -> str:
        return (
            f"short cells: {self.wanting:,} of {len(self.cells):,}, {self.lacking:,} missing in all; "
            f"to be written: {self.planned:,}"
        )


def cell_query(cell: Mapping[str, str], selection: str = "", more: Sequence[str] = ()) -> str:
    """The query for what lies in a cell of a selection, and for the samples `more`, wherever these lie."""
    kind = " ".join(_asked(axis, value) for axis, value in cell.items())
    if selection.strip():
        kind = f"({selection}) {kind}"
    return f"({kind}) OR id:({' OR '.join(more)})" if more else kind


def _asked(axis: str, value: str) -> str:
    if axis == "language":
        return f"language:({value} OR {value}-*)"
    if axis == "length":
        turns = LENGTHS[value]
        if value == "long":
            return f"turns>={turns[0]}"
        return f"turns:{turns[0]}..{turns[-1]}" if turns[0] else f"turns<={turns[-1]}"
    return f"{TAG if axis in BUILT_IN else ''}{axis}:{quoted(value)}"
