"""The grid of `gap_fill` after a run: each cell before and after, what was written for it, why it stayed short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from workbench.flows.gap_grid import Grid, kind_in_words


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell of the grid: how many the selection had, how many it should have, what was written and what became of it.

    `inside` counts what was written and lies in the cell as far as checks can say; `after` is what it has with the
    accepted ones that lie in it. `query` finds what has the cell's kind in the selection, and the accepted ones, tagged
    yet or not.

    Attributes:
        coming: what the run has still to write for it.
        lost: what was asked for and came to nothing: nobody can read it, the model declined, it was maybe charged.
        waiting: accepted ones of which nobody has said yet whether they lie in the cell.
        elsewhere: accepted ones that lie in another cell, or in none, as they are now or by what people answered.
        joined: accepted ones that were written for another cell and lie in this one.
    """

    cell: Mapping[str, str]
    before: int
    target: int
    written: int
    inside: int
    accepted: int
    rejected: int = 0
    query: str = ""
    coming: int = 0
    waiting: int = 0
    elsewhere: int = 0
    joined: int = 0
    lost: int = 0

    @property
    def after(self) -> int:
        """What the cell has by now."""
        return self.before + self.accepted - self.waiting - self.elsewhere + self.joined

    @property
    def short(self) -> int:
        """How many are missing to the target."""
        return max(0, self.target - self.after)

    @property
    def undecided(self) -> int:
        """Of what was written, how many nobody has decided about."""
        return self.written - self.accepted - self.rejected

    def __str__(self) -> str:
        return f"{kind_in_words(self.cell)}: {self.before:,} -> {self.after:,} of {self.target:,}{self._why()}"

    def _why(self) -> str:
        if not self.short:
            return ""
        counts = {
            "to come": self.coming,
            "came to nothing": self.lost,
            "to decide": self.undecided,
            "accepted and to be answered": self.waiting,
            "accepted and elsewhere": self.elsewhere,
            "rejected": self.rejected,
            "outside the cell": self.written - self.inside,
        }
        reasons = [f"{count:,} {name}" for name, count in counts.items() if count]
        reasons = reasons or ["too few were written" if self.written else "nothing was written for it"]
        return f", {self.short:,} short ({', '.join(reasons)})"


@dataclass(frozen=True, slots=True)
class GapFill(Grid[CellFill]):
    """The grid of a run, cell by cell.

    `usd` is what its answered calls cost (None: not known), without what was maybe charged; `ended` is why it stopped
    early.
    """

    run: str
    cells: tuple[CellFill, ...]
    usd: float | None
    ended: str = ""
    columns: ClassVar[tuple[str, ...]] = (
        "before", "target", "written", "inside", "accepted", "rejected", "waiting", "after",
    )  # fmt: skip

    @property
    def filled(self) -> int:
        """Cells that were short and have as many as they should by now."""
        return sum(one.before < one.target <= one.after for one in self.cells)

    @property
    def wanting(self) -> int:
        """Cells that were short of their target before the run."""
        return sum(one.before < one.target for one in self.cells)

    @property
    def usd_per_filled(self) -> float | None:
        """Dollars of the answered calls for each filled cell; None when not known, or no cell is full yet."""
        return None if self.usd is None or not self.filled else self.usd / self.filled

    def __str__(self) -> str:
        told = f"short cells filled: {self.filled:,} of {self.wanting:,}"
        if self.filled:
            each = self.usd_per_filled
            told += f"; cost per filled cell: {'unknown' if each is None else f'${each:.4g}'}"
        return f"{told}; ended: {self.ended}" if self.ended else told
