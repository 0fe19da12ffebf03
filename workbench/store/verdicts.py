"""What each gate said about each draft, kept beside the drafts so that it can be counted without reading them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.model import Draft
from workbench.store.connection import Database

VERDICTS = {1: "unsure", 2: "failed"}
"""How a gate's verdict is kept; a draft that a gate found nothing about has no row of it."""
_CODES = {"warning": 1, "problem": 2}
_INSERT = "INSERT INTO gate_finding SELECT run, ?, ?, ord FROM draft WHERE id = ?"


def add_gate_findings(database: Database, drafts: Sequence[Draft]) -> None:
    """Write down what gates found about drafts that are in the database by now."""
    database.many(_INSERT, [(gate, code, draft.id) for draft in drafts for gate, code in _worst(draft)])


def renew_gate_findings(database: Database, draft: Draft) -> None:
    """The same for a draft that says something else by now: what was found before no longer counts."""
    database.rows("DELETE FROM gate_finding WHERE draft = (SELECT ord FROM draft WHERE id = ?)", (draft.id,))
    add_gate_findings(database, [draft])


def _worst(draft: Draft) -> Iterator[tuple[str, int]]:
    """Each gate with the worst of what it found; a pass that comes with figures is none."""
    worst: dict[str, int] = {}
    for finding in draft.gates:
        if code := _CODES.get(finding.severity):
            worst[finding.check] = max(code, worst.get(finding.check, 0))
    yield from worst.items()
