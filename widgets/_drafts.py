"""Drafts as a person decides on them: the queue, one draft beside its parent, and the decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets import _live
from widgets._findings import findings_view
from widgets._judge import Opinions
from widgets._open import title_of
from widgets._typed import turns_from
from workbench.errors import InvalidInput, NotFound
from workbench.model import Draft
from workbench.records import to_record
from workbench.text import snippet

MOST_QUEUED = 200
"""Undecided drafts sent at once; the queue is filled up as decisions are made."""

MOST_LOST = 100
"""Rows that came to nothing, sent at once."""

LOST = ("in_doubt", "failed")
UNDECIDED = ("draft", "gated")
PREVIEW_CHARS = 140


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``draft.*``."""
    opinions = Opinions(ws)

    def accept(
        ids: Sequence[str],
        turns: Sequence[Mapping[str, Any]] | None = None,
        seen: Mapping[str, int] | None = None,
        plain: bool = False,
    ) -> dict[str, Any]:
        wanted = None if turns is None else turns_from(turns)
        samples = ws.accept(list(ids), turns=wanted, seen=seen, plain=plain)
        found = findings_view(finding for sample in samples for finding in sample.origin.gates)
        return {"samples": [sample.id for sample in samples], **({"found": found} if found else {})}

    def reject(ids: Sequence[str], reason: str) -> dict[str, Any]:
        if not reason.strip():
            raise InvalidInput("a rejection needs a reason", hint="choose one from the list or write your own")
        return {"drafts": [draft.id for draft in ws.reject(list(ids), reason.strip())]}

    def rank(ranks: Mapping[str, int | None]) -> dict[str, Any]:
        ws.rank(ranks)
        return {"ranks": ranks}

    return {
        "draft.queue": lambda run=None, id=None: queue(ws, run, opinions.look(), id),
        "draft.open": lambda id: {**opened(ws, id), "opinion": opinions.look().of(id)},
        "draft.accept": accept,
        "draft.reject": reject,
        "draft.rank": rank,
        "draft.lost": lambda run: lost(ws, run),
        "draft.repair": lambda id, text: {"draft": ws.repair(id, text).id},
    }


def lost(ws: Any, run: str) -> dict[str, Any]:
    """The rows of a run that came to nothing, those that were maybe charged first, with what a model wrote."""
    found = [draft for state in LOST for draft in ws.drafts(run, state, limit=MOST_LOST + 1)]
    rows = [
        {
            "id": draft.id,
            "row": draft.row,
            "state": draft.state,
            "reason": draft.reason,
            "raw": str(draft.meta.get("raw", "")),
            "repairable": draft.repairable,
        }
        for draft in found[:MOST_LOST]
    ]
    return {"rows": rows, "more": len(found) > MOST_LOST}


def queue(ws: Any, run: str | None, opinions: Opinions, wanted: str | None = None) -> dict[str, Any]:
    """The oldest undecided drafts (of a run), as lines of a list; candidates of one request stand together.

    The draft that is `wanted` is among them, however many there are, until it is decided on. Items that a run proposed
    for approval are no drafts to keep: they have a list of their own.
    """
    found = [draft for state in UNDECIDED for draft in _undecided(ws, run, state)]
    found.sort(key=lambda draft: (draft.created_at, draft.run, draft.row, draft.id))
    first: dict[tuple[str, str], int] = {}
    for place, draft in enumerate(found):
        first.setdefault((draft.run, draft.group or draft.id), place)
    found.sort(key=lambda draft: first[draft.run, draft.group or draft.id])
    sizes = Counter((draft.run, draft.group) for draft in found if draft.group)
    shown = found[:MOST_QUEUED]
    if wanted and all(draft.id != wanted for draft in shown):
        draft = ws.draft(wanted)
        shown = [*([draft] if draft.state in UNDECIDED else []), *shown]
    lines = [{**line_of(draft, sizes[draft.run, draft.group]), "opinion": opinions.mark(draft.id)} for draft in shown]
    return {"drafts": lines, "more": len(found) > MOST_QUEUED}


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


def opened(ws: Any, draft_id: str) -> dict[str, Any]:
    """A draft with its first parent, what the gates found, and how it was made."""
    draft = ws.draft(draft_id)
    parent = _parent(ws, draft)
    return {
        "draft": {**to_record(draft), **({"gates": findings_view(draft.gates)} if draft.gates else {})},
        "parent": to_record(parent) if parent else None,
        "parent_title": title_of(parent) if parent else "",
        "parents": len(draft.parents),
        "decided": draft.state not in UNDECIDED,
        "live": _live.offered(ws, draft),
    }


def _parent(ws: Any, draft: Draft) -> Any:
    """The first parent that is a sample; a draft made from a document has none."""
    for parent in draft.parents:
        try:
            return ws.get(parent)
        except NotFound:
            continue
    return None
