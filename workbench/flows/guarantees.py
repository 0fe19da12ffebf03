"""Guarantees: a proof, or code with tests, that a turn carries and that can be found out again from its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import orjson

from workbench.errors import GuaranteeLost, NotFound
from workbench.evaluate.base import Context
from workbench.evaluate.code import measure_code
from workbench.evaluate.proved import measure_proof
from workbench.flows.regating import Regating
from workbench.model import Draft, Finding, Generated, Sample, Turn
from workbench.records import sample_from_record
from workbench.store.base import Store
from workbench.store.rows import HotRow

PROOF, EXERCISE = "proof", "exercise"
"""Where a turn carries them, in its `extra`."""

_CARRIED = (b'"proof":{', b'"exercise":{')
"""In the JSON of a sample that may carry one: the others need not be parsed."""


class Lost(NamedTuple):
    """A guarantee (`kind`) of a turn that its words do not give any more, and why."""

    turn: str
    kind: str
    why: str


def lost(sample: Sample) -> tuple[Lost, ...]:
    """The guarantees of a sample that do not hold. Code is run for that, where code can be run."""
    found = ((PROOF, measure_proof(sample, Context())), (EXERCISE, measure_code(sample, Context())))
    return tuple(
        Lost(one.turn or "", kind, one.message)
        for kind, findings in found
        for one in findings
        if one.severity == "problem"
    )


def without(turns: Sequence[Turn], gone: Sequence[Lost]) -> tuple[Turn, ...]:
    """The turns without the guarantees that are lost."""
    names = {(one.turn, one.kind) for one in gone}
    return tuple(
        replace(turn, extra={name: value for name, value in turn.extra.items() if (turn.id, name) not in names})
        for turn in turns
    )


def looked_at(store: Store, draft: Draft, edited: Sample, *, plain: bool) -> tuple[Sample, tuple[Finding, ...]]:
    """A draft's text as a person rewrote it, and what its gates find in that; they are advice, as before the edit.

    A guarantee is no advice: raises `GuaranteeLost` for one that does not hold for the new text, unless that is to be
    accepted as a `plain` conversation, without it.
    """
    gone = lost(edited)
    if gone and not plain:
        raise GuaranteeLost([one._asdict() for one in gone])
    kept = replace(edited, turns=without(edited.turns, gone)) if gone else edited
    now = Regating(store, [draft.id], others=False).look(draft, kept.turns)
    return kept, tuple(one for one in now.gates if one.severity != "info") if now.checked else ()


class Guarantees:
    """Looks whether the guarantees of samples hold, once for each revision, however often they are asked about."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, int], tuple[Lost, ...]] = {}

    def of(self, rows: Sequence[HotRow]) -> dict[str, tuple[Lost, ...]]:
        """Those samples among the rows whose guarantees do not hold, with what is lost."""
        asked = [(row.id, row.revision) for row in rows if row.synthetic and (row.id, row.revision) not in self._known]
        for member, raw in zip(asked, self._store.raw_pinned(asked), strict=True):
            carries = any(mark in raw for mark in _CARRIED)
            self._known[member] = self._look(sample_from_record(orjson.loads(raw))) if carries else ()
        found = ((row.id, self._known.get((row.id, row.revision), ())) for row in rows)
        return {sample_id: gone for sample_id, gone in found if gone}

    def _look(self, sample: Sample) -> tuple[Lost, ...]:
        """Code that a gate ran in these words is not run again: that takes a second for each exercise."""
        told = {turn.id: self._told(sample, turn) for turn in sample.turns if EXERCISE in turn.extra}
        known = {turn: found for turn, found in told.items() if found is not None}
        rest = replace(sample, turns=without(sample.turns, [Lost(turn, EXERCISE, "") for turn in known]))
        bad = [one for one in known.values() if one.severity == "problem"]
        return (*lost(rest), *(Lost(one.turn or "", EXERCISE, one.message) for one in bad))

    def _told(self, sample: Sample, turn: Turn) -> Finding | None:
        """What the gate on code said when it ran exactly these words; None when it never did."""
        if not isinstance(sample.origin, Generated):
            return None
        try:
            draft = self._store.draft(sample.origin.draft)
        except NotFound:
            return None
        same = any(one.id == turn.id and one.content == turn.content for one in draft.turns)
        return next((one for one in draft.gates if same and one.check == "code" and one.turn == turn.id), None)
