"""Drafts as a person decides on them: one draft beside its parent, and the decisions. The queue is `widgets._queue`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets import _live
from widgets._findings import findings_view
from widgets._judge import Opinions
from widgets._open import title_of
from widgets._queue import RUN, UNDECIDED, queue
from widgets._typed import turns_from
from workbench.errors import InvalidInput, NotFound
from workbench.model import Draft
from workbench.records import to_record

MOST_LOST = 100
"""Rows that came to nothing, sent at once."""

LOST = ("in_doubt", "failed")


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
        "draft.queue": lambda run=None, id=None, order=RUN: queue(ws, run, opinions.look(), id, order),
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
