"""What a recipe proposed, as a person approves it: the items with their parts, and the step that goes on from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets._findings import findings_view
from widgets._open import title_of
from widgets._typed import budget_from, turns_from
from workbench.errors import NotFound, UnknownName
from workbench.model import Budget, Draft
from workbench.records import to_record

MOST_SHOWN = 200
"""Items sent at once; the list is filled up as they are decided on."""

SHELVES = ("waiting", "ready", "used", "rejected")


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``approve.*``."""

    def give(
        ids: Sequence[str], turns: Sequence[Mapping[str, Any]] | None = None, seen: Mapping[str, int] | None = None
    ) -> dict[str, Any]:
        wanted = None if turns is None else turns_from(turns)
        return {"drafts": [draft.id for draft in ws.approve(list(ids), turns=wanted, seen=seen)]}

    def estimate(run: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = to_record(ws.estimate_approved(run, params or {}))
        return found

    def go(
        run: str,
        params: Mapping[str, Any] | None = None,
        budget: Mapping[str, Any] | None = None,
        seed: int = 0,
        reuse: bool = False,
    ) -> dict[str, Any]:
        limit = budget_from(budget or {})
        job = ws.generate_approved(
            run, params or {}, budget=None if limit == Budget() else limit, seed=seed, reuse=reuse
        )
        return {"job": job.id, "run": job.subject}

    return {
        "approve.list": lambda run, pick="waiting": listed(ws, run, pick),
        "approve.give": give,
        "approve.estimate": estimate,
        "approve.run": go,
    }


def listed(ws: Any, run: str, shelf: str) -> dict[str, Any]:
    """The items of a run on one shelf, how many are on each, and the form of the step that goes on from them."""
    from workbench.generate import parameter_form

    found = ws.approvals(run)
    recipe = ws.recipe(found.recipe)
    form = parameter_form(recipe)
    ids = getattr(found, shelf) if shelf in SHELVES else found.waiting
    titles = {entry["name"]: entry["title"] for entry in form}
    return {
        "run": run,
        "what": found.what,
        "counts": {name: len(getattr(found, name)) for name in SHELVES},
        "items": [item_view(ws, ws.draft(draft_id), titles) for draft_id in ids[:MOST_SHOWN]],
        "more": len(ids) > MOST_SHOWN,
        "next": {
            "recipe": recipe.name,
            "title": recipe.title,
            "needs_model": recipe.needs_model,
            "form": [
                {**entry, "default": found.params.get(entry["name"], entry["default"])}
                for entry in form
                if entry["name"] not in found.settled
            ],
        },
        "runs": list(found.runs),
    }


def item_view(ws: Any, draft: Draft, titles: Mapping[str, str]) -> dict[str, Any]:
    """An item as it is read before it is approved: each part with its name, and what it was before it was rewritten."""
    made = {turn.id: turn.content for turn in draft.turns}
    return {
        "id": draft.id,
        "row": draft.row,
        "state": draft.state,
        "turns": to_record(draft.agreed),
        "parts": [
            {
                "id": turn.id,
                "title": titles.get(turn.id, "") if turn.role == "system" or turn.id in titles else "",
                "text": turn.content,
                "made": made.get(turn.id, ""),
            }
            for turn in draft.agreed
        ],
        "changed": len(draft.changes),
        "findings": findings_view(draft.gates),
        "source": _source(ws, draft),
        "decided_by": draft.decided_by or "",
        "reason": draft.reason,
    }


def _source(ws: Any, draft: Draft) -> dict[str, str]:
    """What it was made from: the passage, the conversation, or the cell it was drawn for."""
    passage = next((turn.extra["passage"]["text"] for turn in draft.turns if "passage" in turn.extra), "")
    shown = draft.meta.get("passages", ())
    if draft.meta.get("sources"):  # facts and rules
        passage = str(shown[0]["text"]) if shown else ""
    if passage:
        return {"kind": "passage", "text": str(passage)}
    if draft.parents:
        try:
            sample = ws.get(draft.parents[0])
        except NotFound:
            return {}
        return {"kind": "sample", "text": title_of(sample), "id": sample.id}
    topic = draft.meta.get("topic")
    return {"kind": "topic", "text": " · ".join(map(str, topic.values()))} if topic else {}


def proposed_by(ws: Any, run: Any) -> str:
    """What the drafts of a run are called where they are items to approve; "" for any other run."""
    try:
        then = ws.proposal(run)
    except UnknownName:
        return ""
    return then.what if then else ""
