"""Candidates of one request side by side: without saying who wrote them, until a person asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from widgets._findings import findings_view
from workbench.model import Draft
from workbench.records import to_record

NAMES_MODELS = "model"
"""The gate whose findings name the model asked and the one that answered: shown with the writer only."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``draft.candidates``, ``draft.reveal`` and ``draft.prefer``."""

    def prefer(ranks: Mapping[str, int | None], seen: Mapping[str, int] | None = None) -> dict[str, Any]:
        return {"samples": [sample.id for sample in ws.prefer(ranks, seen=seen)]}

    return {
        "draft.candidates": lambda id: compared(ws, id),
        "draft.reveal": lambda id: revealed(ws, id),
        "draft.prefer": prefer,
    }


def compared(ws: Any, draft_id: str) -> dict[str, Any]:
    """The candidates of a draft's request in their shuffled order; nothing in it tells which model wrote which."""
    found = ws.candidates(draft_id)
    return {
        "run": found.run,
        "group": found.group,
        "shared": [to_record(turn) for turn in found.shared],
        "candidates": [
            {
                "id": draft.id,
                "rank": draft.rank,
                "changed": len(draft.changes),
                "turns": [to_record(turn) for turn in found.own(draft)],
                "gates": findings_view(finding for finding in draft.gates if finding.check != NAMES_MODELS),
            }
            for draft in found.drafts
        ],
    }


def revealed(ws: Any, draft_id: str) -> dict[str, Any]:
    """Who wrote each candidate, what a model that scored it thinks, and how far such a model and people agree."""
    found, orders = ws.candidates(draft_id), ws.orders()
    agreed = orders.of(found.domain, compared=found.compared)
    return {
        "candidates": [_maker(draft, found) for draft in found.drafts],
        "tau": found.tau,
        "domain": found.domain,
        "agreed": to_record(agreed) if agreed else None,
        "refused": orders.refused(found.domain, compared=found.compared),
    }


def _maker(draft: Draft, found: Any) -> dict[str, Any]:
    machine = draft.meta.get("machine") or {}
    told = [finding.message for finding in draft.gates if finding.check == NAMES_MODELS]
    return {
        "id": draft.id,
        "row": draft.row,
        "model": draft.model or "",
        "recipe": f"{draft.recipe} {draft.version}",
        "temperature": draft.meta.get("temperature"),
        "score": machine.get("score"),
        "scored_by": machine.get("by", ""),
        **({"won": found.won[draft.id], "compared_by": found.compared_by} if draft.id in found.won else {}),
        **({"told": told} if told else {}),
    }
