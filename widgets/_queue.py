"""The queue of undecided drafts: which are in it, in which order, and what a line of it says.

It stands in the order in which the drafts were made, unless a person asks for those that a model finds worth a look
first. That order is there only where the canaries of that model say that it may be relied on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from widgets._judge import FLAGGED, Opinions
from workbench.errors import NotFound
from workbench.model import Draft
from workbench.text import snippet

MOST_QUEUED = 200
"""Undecided drafts sent at once; the queue is filled up as decisions are made."""

UNDECIDED = ("draft", "gated")
PREVIEW_CHARS = 140

RUN = "run"
"""The order in which drafts were made."""

LOOK = "look"
"""Those that a model finds worth a look first, the lowest marks on top; then the others as they were made."""


def queue(ws: Any, run: str | None, opinions: Opinions, wanted: str | None = None, order: str = RUN) -> dict[str, Any]:
    """The undecided drafts (of a run), as lines of a list; candidates of one request stand together.

    The draft that is `wanted` is among them, however many there are, until it is decided on. Items that a run proposed
    for approval are no drafts to keep: they have a list of their own. `look` of what is given says whether the order
    "look" can be chosen; where it cannot, the order is that of the runs, whatever was asked for.
    """
    found = [draft for state in UNDECIDED for draft in _undecided(ws, run, state)]
    more = len(found) > MOST_QUEUED
    look = opinions.about([draft.id for draft in found])
    used = LOOK if order == LOOK and look["can"] else RUN
    if used == LOOK and more:
        found += _flagged(ws, run, opinions, {draft.id for draft in found})
    shown = in_order(found, opinions if used == LOOK else None)[:MOST_QUEUED]
    sizes = Counter((draft.run, draft.group) for draft in found if draft.group)
    if wanted and all(draft.id != wanted for draft in shown):
        draft = ws.draft(wanted)
        shown = [*([draft] if draft.state in UNDECIDED else []), *shown]
    lines = [{**line_of(draft, sizes[draft.run, draft.group]), **opinions.line(draft.id)} for draft in shown]
    return {"drafts": lines, "more": more, "order": used, "look": look}


def in_order(found: Sequence[Draft], opinions: Opinions | None) -> list[Draft]:
    """The oldest first; with `opinions` those flagged first. A request stands where its first candidate does."""
    made = sorted(found, key=lambda draft: (draft.created_at, draft.run, draft.row, draft.id))
    worth = {draft.id: (*opinions.worth(draft.id), at) if opinions else (at,) for at, draft in enumerate(made)}
    first: dict[tuple[str, str], tuple[float, ...]] = {}
    for draft in made:
        key = (draft.run, draft.group or draft.id)
        first[key] = min(first.get(key, worth[draft.id]), worth[draft.id])
    return sorted(made, key=lambda draft: first[draft.run, draft.group or draft.id])


def _flagged(ws: Any, run: str | None, opinions: Opinions, known: set[str]) -> list[Draft]:
    """Drafts behind those that were read which a model finds worth a look, at most as many as are shown."""
    found: list[Draft] = []
    for one in opinions.marked(FLAGGED):
        if one in known or len(found) > MOST_QUEUED:
            continue
        try:
            draft = ws.draft(one)
        except NotFound:
            continue
        if draft.state in UNDECIDED and run in {None, draft.run}:
            found.append(draft)
    return found


def _undecided(ws: Any, run: str | None, state: str) -> list[Draft]:
    """Drafts to decide in this state, at least as many as are shown where there are so many."""
    items: dict[str, bool] = {}
    reach = MOST_QUEUED + 1
    while True:
        found = ws.drafts(run=run, state=state, limit=reach)
        for draft in found:
            if draft.run not in items:
                items[draft.run] = ws.proposal(draft) is not None
        kept = [draft for draft in found if not items[draft.run]]
        if len(kept) > MOST_QUEUED or len(found) < reach:
            return kept[: MOST_QUEUED + 1]
        reach *= 4


def line_of(draft: Draft, candidates: int = 1) -> dict[str, Any]:
    """A draft as a line of the queue. Candidates share their beginning, so `start` is then what they say last."""
    said = [turn.content for turn in draft.turns if turn.content.strip()] or [""]
    return {
        "id": draft.id,
        "run": draft.run,
        "row": draft.row,
        "recipe": draft.recipe,
        "group": draft.group,
        "rank": draft.rank,
        "turns": len(draft.turns),
        "start": snippet(said[-1 if candidates > 1 else 0], PREVIEW_CHARS),
        "worst": worst(draft),
        "findings": len(draft.gates),
        "changed": len(draft.changes),
    }


def worst(draft: Draft) -> str:
    """The gravest severity among a draft's gate findings, or ""."""
    found = {finding.severity for finding in draft.gates}
    return next((severity for severity in ("problem", "warning", "info") if severity in found), "")
