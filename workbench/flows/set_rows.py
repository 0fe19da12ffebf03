"""A set as its recipe gets it from a row on: with that row, and with what the model's answers gave for those before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workbench.flows.runs import to_try_again
from workbench.flows.unit import Unit
from workbench.generate import Candidate, SampleSet
from workbench.model import Draft


def from_row(unit: Unit, row: int, drafts: Iterable[Draft]) -> Unit:
    """The unit of a set as it is at this row, after these drafts (of each row the last counts); any other as it is."""
    samples = unit.material
    if not isinstance(samples, SampleSet):
        return unit
    last = {draft.row: draft for draft in drafts if draft.row < row}
    before = (_given(last[one]) for one in sorted(last) if _answered(last[one]))
    return replace(unit, material=SampleSet(samples, row, samples.seed, before))


def _answered(draft: Draft) -> bool:
    """Whether the model answered for it: it has a text, or the answer was of no use and stays so."""
    return bool(draft.turns) or (draft.state == "failed" and bool(draft.calls) and not to_try_again(draft))


def _given(draft: Draft) -> Candidate | None:
    return Candidate(draft.turns, draft.language, meta=draft.meta) if draft.turns else None
