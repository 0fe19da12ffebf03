"""The queue of undecided drafts: which are in it, in which order, and what a line of it says.

It stands in the order in which the drafts were made, unless a person asks for those that a model finds worth a look
first. That order is there only where the canaries of that model say that it may be relied on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from widgets._judge import FLAGGED, Opinions
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

    In the order "look" the last request is there as a whole, though it be more than `MOST_QUEUED` with it.

    The draft that is `wanted` is among them, however many there are, until it is decided on. Items that a run proposed
    for approval are no drafts to keep: they have a list of their own. `look` of what is given says whether the order
    "look" can be chosen; where it cannot, the order is that of the runs, whatever was asked for.
    """
    found = [draft for state in UNDECIDED for draft in _undecided(ws, run, state)]
    more = len(found) > MOST_QUEUED
    judged = _judged(ws, run, opinions) if more else []
    look = opinions.about([*(draft.id for draft in found), *judged])
    used = LOOK if order == LOOK and look["can"] else RUN
    if used == LOOK and more:
        found = _with_flagged(ws, found, [draft for draft in judged if opinions.mark(draft) == FLAGGED])
    shown = _first(in_order(found, opinions if used == LOOK else None), whole=used == LOOK)
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
        key = _request(draft)
        first[key] = min(first.get(key, worth[draft.id]), worth[draft.id])
    return sorted(made, key=lambda draft: first[_request(draft)])


def _judged(ws: Any, run: str | None, opinions: Opinions) -> list[str]:
    """Undecided drafts (of a run) that models were asked about, those to look at soonest first."""
    open_ones = ws.undecided(opinions.known(), run)
    return [one for one in opinions.known() if one in open_ones]


def _with_flagged(ws: Any, found: Sequence[Draft], flagged: Sequence[str]) -> list[Draft]:
    """Drafts that were read, and those flagged behind them, as many as are shown; all with their whole requests."""
    return list(ws.requests_of([*(draft.id for draft in found), *flagged[:MOST_QUEUED]]))


def _first(ordered: Sequence[Draft], *, whole: bool) -> list[Draft]:
    """So many as are shown; with `whole` the last request to its end."""
    reach = MOST_QUEUED
    while whole and 0 < reach < len(ordered) and _request(ordered[reach - 1]) == _request(ordered[reach]):
        reach += 1
    return list(ordered[:reach])


def _request(draft: Draft) -> tuple[str, str]:
    """What candidates of one request share."""
    return draft.run, draft.group or draft.id


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
