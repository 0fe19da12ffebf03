"""What a run of `gap_fill` did to its grid: each cell before and after, what was written for it, what it cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import InvalidInput
from workbench.flows.runs import drafts_of, read_run
from workbench.flows.units import load_unit
from workbench.flows.yields import run_yield
from workbench.generate import RECIPES, read_params
from workbench.generate.cards import read_fields
from workbench.generate.coverage import LENGTHS, Cell, counted, targets
from workbench.model import Draft
from workbench.search.fields import BUILT_IN, TAG, quoted
from workbench.store.base import Store

if TYPE_CHECKING:
    import pandas as pd

_OUTSIDE = ("cell", "language")
"""Gates that say that a conversation does not lie in the cell it was written for."""


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell of the grid: how many the selection had, how many it should have, what was written and what became of it.

    `inside` counts what was written and lies in the cell; `after` is what it has with the accepted ones. `query` finds
    what has the cell's kind in the selection, and the accepted ones, tagged yet or not.
    """

    cell: Mapping[str, str]
    before: int
    target: int
    written: int
    inside: int
    accepted: int
    rejected: int = 0
    query: str = ""

    @property
    def after(self) -> int:
        """What the cell has by now."""
        return self.before + self.accepted

    @property
    def short(self) -> int:
        """How many are missing to the target."""
        return max(0, self.target - self.after)

    @property
    def undecided(self) -> int:
        """Of what was written, how many nobody has decided about."""
        return self.written - self.accepted - self.rejected

    def __str__(self) -> str:
        kind = ", ".join(f"{axis} {value}" for axis, value in self.cell.items())
        return f"{kind}: {self.before:,} -> {self.after:,} of {self.target:,}{self._why()}"

    def _why(self) -> str:
        if not self.short:
            return ""
        counts = {
            "to decide": self.undecided,
            "rejected": self.rejected,
            "outside the cell": self.written - self.inside,
        }
        reasons = [f"{count:,} {name}" for name, count in counts.items() if count]
        reasons = reasons or ["too few were written" if self.written else "nothing was written for it"]
        return f", {self.short:,} short ({', '.join(reasons)})"


@dataclass(frozen=True, slots=True)
class GapFill:
    """The grid of a run, cell by cell.

    `usd` is what its answered calls cost (None: not known), without what was maybe charged; `ended` is why it stopped
    early.
    """

    run: str
    cells: tuple[CellFill, ...]
    usd: float | None
    ended: str = ""

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes of the grid, in the order in which they were written."""
        return tuple(self.cells[0].cell) if self.cells else ()

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
        told = f"{self.filled:,} of {self.wanting:,} short cells are filled"
        if self.filled:
            each = self.usd_per_filled
            told += f"; cost per filled cell: {'unknown' if each is None else f'${each:.4g}'}"
        return f"{told}; ended: {self.ended}" if self.ended else told

    @property
    def frame(self) -> pd.DataFrame:
        """One row per cell: a column per axis, then before, target, written, inside, accepted, rejected, after."""
        import pandas as pd

        names = ("before", "target", "written", "inside", "accepted", "rejected", "after")
        return pd.DataFrame([{**one.cell, **{name: getattr(one, name) for name in names}} for one in self.cells])


def gap_fill_of(store: Store, run_id: str) -> GapFill:
    """The grid of a run of `gap_fill`, its selection counted as it is tagged now.

    Raises `NotFound`, and `InvalidInput` for a run of another recipe.
    """
    run = read_run(store, run_id)
    if run.recipe != "gap_fill":
        raise InvalidInput(f"{run.recipe} fills no grid", hint="choose a run of gap_fill")
    recipe = RECIPES.get(run.recipe)
    params = read_params(recipe, run.params)
    grid = read_fields(params.grid)
    samples = load_unit(store, recipe, run, "", 0).material
    have = counted(samples, grid)  # type: ignore[arg-type]
    made: dict[Cell, list[Draft]] = defaultdict(list)
    for draft in drafts_of(store, run_id):
        if draft.turns:
            made[tuple(draft.meta["gap"]["cell"][axis] for axis in grid)].append(draft)
    given = run_yield(store, run_id)
    cells = tuple(
        _filled(dict(zip(grid, cell, strict=True)), have[cell], target, made[cell], run.query)
        for cell, target in targets(grid, params.target).items()
    )
    return GapFill(run.id, cells, given.usd, next(iter(given.lost), ""))


def _filled(cell: Mapping[str, str], before: int, target: int, drafts: Sequence[Draft], selection: str) -> CellFill:
    outside = sum(any(one.severity == "problem" and one.check in _OUTSIDE for one in draft.gates) for draft in drafts)
    accepted = [draft for draft in drafts if draft.state == "accepted"]
    rejected = sum(draft.state == "rejected" for draft in drafts)
    query = cell_query(cell, selection, [draft.sample for draft in accepted if draft.sample])
    return CellFill(cell, before, target, len(drafts), len(drafts) - outside, len(accepted), rejected, query)


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
