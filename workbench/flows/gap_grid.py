"""What the grid of `gap_fill` is, before a run and after it: cells of a kind each, axis by axis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from workbench.generate.coverage import MEASURED

if TYPE_CHECKING:
    import pandas as pd


class Cell(Protocol):
    """One cell: axis -> value."""

    @property
    def cell(self) -> Mapping[str, str]:
        """Its kind."""


C = TypeVar("C", bound=Cell)


class Grid(Generic[C]):
    """What both grids say of themselves; a subclass holds the `cells`, in the order of the grid.

    `columns` are what its table says of each cell, by the names of the cell's own attributes.
    """

    __slots__ = ()

    cells: tuple[C, ...]
    columns: ClassVar[tuple[str, ...]]

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes of the grid, in the order in which they were written."""
        return tuple(self.cells[0].cell) if self.cells else ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The axes about which people answer: those that are not read off a conversation."""
        return tuple(axis for axis in self.axes if axis not in MEASURED)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per cell: a column per axis, then the `columns`."""
        import pandas as pd

        return pd.DataFrame([{**one.cell, **{name: getattr(one, name) for name in self.columns}} for one in self.cells])


def kind_in_words(cell: Mapping[str, str]) -> str:
    """The kind of a cell: "language fr, length short"."""
    return ", ".join(f"{axis} {value}" for axis, value in cell.items())
