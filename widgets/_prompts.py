"""What a model was asked for a draft, block by block, and what differs from another draft: commands ``prompt.*``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.model import Draft
from workbench.records import to_record
from workbench.text import snippet

MOST_CALLS = 60
"""Calls of one draft, or pairs of two, that are sent; the rest is counted."""

PREVIEW_CHARS = 70


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``prompt.open``, ``prompt.alike`` and ``prompt.diff``."""
    return {
        "prompt.open": lambda id: opened(ws, id),
        "prompt.alike": lambda id: [_line(draft) for draft in ws.prompts_alike(id)],
        "prompt.diff": lambda old, new: compared(ws, old, new),
    }


def opened(ws: Any, draft_id: str) -> dict[str, Any]:
    """Every call of a draft with the blocks of its prompt; `more` counts calls that are not among them."""
    found = ws.prompts(draft_id)
    return {"calls": [_call(one) for one in found[:MOST_CALLS]], "more": max(0, len(found) - MOST_CALLS)}


def compared(ws: Any, old: str, new: str) -> dict[str, Any]:
    """The calls of two drafts in pairs, and what differs in each; `more` counts pairs that are not among them."""
    found = ws.prompt_diff(old, new)
    return {"pairs": [_pair(pair) for pair in found[:MOST_CALLS]], "more": max(0, len(found) - MOST_CALLS)}


def _call(asked: Any) -> dict[str, Any]:
    settings = asked.prompt.settings if asked.prompt else {}
    return {
        "call": asked.call.id,
        "model": asked.call.model,
        "state": asked.call.state,
        "sent_at": asked.call.sent_at,
        "turns": list(asked.turns),
        "missing": asked.missing,
        "settings": {name: settings[name] for name in ("temperature", "max_tokens", "seed") if name in settings},
        "blocks": [{"role": one.role, "name": one.name, "parts": to_record(one.parts)} for one in asked.blocks],
    }


def _line(draft: Draft) -> dict[str, Any]:
    said = [turn.content for turn in draft.turns if turn.content.strip()] or [draft.reason]
    made_by = f"{draft.recipe} {draft.version}"
    return {"id": draft.id, "recipe": made_by, "row": draft.row, "start": snippet(said[-1], PREVIEW_CHARS)}


def _pair(pair: Any) -> dict[str, Any]:
    missing = [side.missing for side in (pair.old, pair.new) if side and side.missing]
    return {
        "old": pair.old.call.id if pair.old else None,
        "new": pair.new.call.id if pair.new else None,
        "missing": missing[0] if missing else "",
        "blocks": [
            {"role": one.role, "name": one.name, "how": one.how, "parts": to_record(one.parts)} for one in pair.blocks
        ],
    }
