"""Counting the grid of `gap_fill`: a selection before a run, and what a run did to it.

A question's answer counts when a person has given it. What a conversation was written for is only a wish until then
(`workbench.flows.wished`), so an accepted one waits outside its cell for the answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from workbench.errors import InvalidInput
from workbench.flows.gaps import CellGap, Gaps, cell_query
from workbench.flows.gaps_filled import CellFill, GapFill
from workbench.flows.runs import drafts_of, read_run, settled_rows, to_try_again
from workbench.flows.units import check_set, load_unit, with_tags
from workbench.flows.yields_counted import run_yield
from workbench.generate import RECIPES, read_params
from workbench.generate.cards import Fields, read_fields
from workbench.generate.coverage import MEASURED, Cell, answers, counted, lacking, levels_of, targets
from workbench.generate.recipes.gap_fill import planned
from workbench.label import check_value
from workbench.model import Draft, Run, Sample, TagScheme
from workbench.store.base import Store

MOST_NAMED = 200
"""Samples that a query names one by one, at most."""

_OUTSIDE = ("cell", "language")
"""Gates that say that a conversation does not lie in the cell it was written for."""


def gaps_of(store: Store, ids: Sequence[str], params: Mapping[str, Any], selection: str | None = None) -> Gaps:
    """The grid of these samples as they are tagged now, and what a run with these parameters would write for it.

    `selection` is the query that finds exactly them, if there is one. Raises `InvalidInput` for a grid that cannot be
    read, or for more samples than a run can look at together.
    """
    check_set(ids)
    read = read_params(RECIPES.get("gap_fill"), params)
    grid = read_fields(read.grid)
    wanted = targets(grid, read.target)
    have = counted(with_tags(store, store.samples(ids)), grid)
    planned = Counter(lacking(wanted, have, read.variants if ids else 0))
    asked = _askable(store, grid) and (selection is not None or len(ids) <= MOST_NAMED)
    found_by = f"id:({' OR '.join(ids)})" if selection is None and ids else selection or ""
    cells = tuple(
        CellGap(
            cell=(kind := _kind(grid, cell)),
            before=have[cell],
            target=target,
            planned=planned[cell],
            query=cell_query(kind, found_by) if asked else "",
        )
        for cell, target in wanted.items()
    )
    return Gaps(cells, len(ids), tuple(_unanswerable(store, grid)))


def gap_fill_of(store: Store, run_id: str) -> GapFill:
    """The grid of a run of `gap_fill`, its selection and what was accepted counted as they are tagged now.

    Raises `NotFound`, and `InvalidInput` for a run of another recipe.
    """
    run = read_run(store, run_id)
    if run.recipe != "gap_fill":
        raise InvalidInput(f"{run.recipe} fills no grid", hint="choose a run of gap_fill")
    recipe = RECIPES.get(run.recipe)
    params = read_params(recipe, run.params)
    grid = read_fields(params.grid)
    wanted = targets(grid, params.target)
    material: tuple[Sample, ...] = load_unit(store, recipe, run, "", 0).material  # type: ignore[assignment]
    have = counted(material, grid)
    drafts = drafts_of(store, run_id)
    made: dict[Cell, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.turns:
            made[tuple(draft.meta["gap"]["cell"][axis] for axis in grid)].append(draft)
    order = planned(material, params)
    plan = Counter(order) if _goes_on(run, drafts) else Counter()
    lost = _lost(order, drafts) if run.drawn else Counter()  # a run of before kept no order
    taken = _Accepted(store, grid, [draft for some in made.values() for draft in some])
    given = run_yield(store, run_id)
    asked = _askable(store, grid)
    cells = tuple(
        _filled(
            _kind(grid, cell),
            have[cell],
            target,
            made[cell],
            plan[cell],
            lost[cell],
            taken,
            run.query if asked else None,
        )
        for cell, target in wanted.items()
    )
    return GapFill(run.id, cells, given.usd, _ended(drafts))


class _Accepted:
    """The samples that accepted drafts became, by where they lie now. An archived one lies nowhere."""

    def __init__(self, store: Store, grid: Fields, drafts: Sequence[Draft]) -> None:
        ids = [draft.sample for draft in drafts if draft.state == "accepted" and draft.sample]
        samples = [sample for sample in store.samples(ids) if sample.state == "active"]
        self._axes = [axis for axis in grid if axis not in MEASURED]
        self._samples = {sample.id: sample for sample in with_tags(store, samples)}
        self.lie = {id: set(product(*levels_of(one, grid).values())) for id, one in self._samples.items()}

    def waits(self, sample_id: str) -> bool:
        """Whether somebody has still to answer a question about it."""
        sample = self._samples.get(sample_id)
        return sample is not None and any(not answers(sample, axis) for axis in self._axes)


def _filled(
    kind: Mapping[str, str],
    before: int,
    target: int,
    drafts: Sequence[Draft],
    planned: int,
    lost: int,
    taken: _Accepted,
    selection: str | None,
) -> CellFill:
    cell = tuple(kind.values())
    outside = sum(any(one.severity == "problem" and one.check in _OUTSIDE for one in draft.gates) for draft in drafts)
    accepted = [draft.sample or "" for draft in drafts if draft.state == "accepted"]
    lying = {id for id, cells in taken.lie.items() if cell in cells}
    waiting = {id for id in accepted if id not in lying and taken.waits(id)}
    shown = [id for id in taken.lie if id in lying or id in waiting]
    return CellFill(
        kind,
        before,
        target,
        written=len(drafts),
        inside=len(drafts) - outside,
        accepted=len(accepted),
        rejected=sum(draft.state == "rejected" for draft in drafts),
        query="" if selection is None else cell_query(kind, selection, shown),
        coming=max(0, planned - len(drafts) - lost),
        lost=lost,
        waiting=len(waiting),
        elsewhere=sum(id not in lying and id not in waiting for id in accepted),
        joined=len(lying.difference(accepted)),
    )


def _kind(grid: Fields, cell: Cell) -> dict[str, str]:
    return dict(zip(grid, cell, strict=True))


def _askable(store: Store, grid: Fields) -> bool:
    """Whether a query can ask for its cells: each of its axes is measured, or a question."""
    schemes = {scheme.name for scheme in store.schemes()}
    return all(axis in MEASURED or axis in schemes for axis in grid)


def _lost(order: Sequence[Cell], drafts: Sequence[Draft]) -> Counter[Cell]:
    """How many rows of each cell came to nothing, and stay so until a person asks for them anew."""
    tried = (draft for draft in drafts if not draft.turns and draft.calls and not to_try_again(draft))
    return Counter(order[draft.row] for draft in tried)


def _ended(drafts: Sequence[Draft]) -> str:
    """Why rows were not even asked for, most often; a row that was lost for itself ended nothing."""
    untried = Counter(draft.reason for draft in drafts if draft.state == "failed" and not draft.calls)
    return next((reason for reason, _ in untried.most_common(1)), "")


def _goes_on(run: Run, drafts: Sequence[Draft]) -> bool:
    return len(settled_rows(drafts)) < run.requested


def _unanswerable(store: Store, grid: Fields) -> list[str]:
    """What of a grid no person can answer: an axis that is no question, a value that its question does not have."""
    schemes = {scheme.name: scheme for scheme in store.schemes()}
    notes: list[str] = []
    for axis, levels in grid.items():
        if axis in MEASURED:
            continue
        scheme = schemes.get(axis)
        if scheme is None or scheme.on == "turn":
            notes.append(
                f"there is no question {axis!r} about a conversation: nothing is counted, and nobody can answer"
            )
            continue
        wrong = ", ".join(level for level, _ in levels if not _answerable(scheme, level))
        if wrong:
            notes.append(f"{axis!r} has no such answer: {wrong}")
    return notes


def _answerable(scheme: TagScheme, value: str) -> bool:
    try:
        check_value(scheme, [value] if scheme.kind == "multi" else value)
    except InvalidInput:
        return False
    return True
