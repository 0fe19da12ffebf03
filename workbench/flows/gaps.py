"""What a run of `gap_fill` did to its grid: each cell before and after, what was written for it, what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import InvalidInput
from workbench.flows.runs import drafts_of, read_run
from workbench.flows.units import load_unit
from workbench.flows.yields import run_yield
from workbench.generate import RECIPES, read_params
from workbench.generate.cards import read_fields
from workbench.generate.coverage import counted, targets
from workbench.store.base import Store

if TYPE_CHECKING:
    import pandas as pd

_OUTSIDE = ("cell", "language")
"""Gates that say that a conversation does not lie in the cell it was written for."""


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell of the grid: how many the selection had, how many it should have, what was written and what became of it.

    `inside` counts what was written and lies in the cell; `after` is what it has with the accepted ones.
    """

    cell: Mapping[str, str]
    before: int
    target: int
    written: int
    inside: int
    accepted: int

    @property
    def after(self) -> int:
        """What the cell has by now."""
        return self.before + self.accepted


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
    def filled(self) -> int:
        """Cells that were short and have as many as they should by now."""
        return sum(one.before < one.target <= one.after for one in self.cells)

    @property
    def usd_per_filled(self) -> float | None:
        """Dollars of the answered calls for each filled cell; None when not known, or no cell is full yet."""
        return None if self.usd is None or not self.filled else self.usd / self.filled

    @property
    def frame(self) -> pd.DataFrame:
        """One row per cell: a column per axis, then before, target, written, inside, accepted, after."""
        import pandas as pd

        names = ("before", "target", "written", "inside", "accepted", "after")
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
    written, inside, accepted = Counter[tuple[str, ...]](), Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for draft in drafts_of(store, run_id):
        if draft.turns:
            cell = tuple(draft.meta["gap"]["cell"][axis] for axis in grid)
            written[cell] += 1
            inside[cell] += not any(one.severity == "problem" and one.check in _OUTSIDE for one in draft.gates)
            accepted[cell] += draft.state == "accepted"
    given = run_yield(store, run_id)
    cells = tuple(
        CellFill(dict(zip(grid, cell, strict=True)), have[cell], target, written[cell], inside[cell], accepted[cell])
        for cell, target in targets(grid, params.target).items()
    )
    return GapFill(run.id, cells, given.usd, next(iter(given.lost), ""))
