"""A draft run turn by turn: what the page shows of it, and run, pause, rewind, go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from widgets._findings import findings_view
from widgets._limits import limit_view, raised
from widgets._work import job_about
from workbench.errors import BudgetExceeded, UnknownName
from workbench.model import Draft
from workbench.records import to_record


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``live.*``."""

    def play(
        id: str, count: int | None = None, send_again: bool = False, budget: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return {"job": ws.play(id, count, send_again=send_again, budget=raised(budget)).id}

    def pause(id: str) -> dict[str, Any]:
        job = job_about(ws, id)
        if job is not None:  # else it ended just now by itself
            job.cancel()
        return {"job": job.id if job else None}

    def rewind(
        id: str, turn: str, text: str | None = None, pair: bool = True, seconds: int | None = None
    ) -> dict[str, Any]:
        ws.rewind(id, turn, text, pair=pair, seconds=seconds)
        return opened(ws, id)

    def back(id: str, branch: int) -> dict[str, Any]:
        ws.go_back_to(id, branch)
        return opened(ws, id)

    return {
        "live.open": lambda id: opened(ws, id),
        "live.play": play,
        "live.pause": pause,
        "live.rewind": rewind,
        "live.back": back,
        "live.measures": lambda run=None: measures(ws, run),
    }


def opened(ws: Any, draft_id: str) -> dict[str, Any]:
    """A conversation as the page shows it: each branch whole, the stale turns, and the job that runs it."""
    live = ws.live(draft_id)
    jobs = [job for job in ws.jobs() if job.subject == draft_id]
    job = jobs[-1].as_dict() if jobs else None
    capped = job is not None and job["error"] is not None and job["error"]["code"] == BudgetExceeded.code
    return {
        "id": draft_id,
        "run": live.run,
        "wanted": live.wanted,
        "finished": live.finished,
        "branches": [
            {
                "kept": branch.kept,
                "how": branch.how,
                "author": branch.author,
                "at": branch.at,
                "of": branch.of,
                "turns": [turn_view(item) for item in branch.turns],
            }
            for branch in live.branches
        ],
        "stale": [turn_view(item) for item in live.stale],
        "job": job,
        "limit": limit_view(ws, live.run) if capped else None,
    }


def turn_view(item: Any) -> dict[str, Any]:
    """A turn with whose words it is and what the checks found."""
    return {
        "turn": to_record(item.turn),
        "by": item.by,
        "findings": findings_view(item.findings),
        "pauses": item.pauses,
    }


def measures(ws: Any, run: str | None) -> dict[str, Any]:
    """How often people stepped in, for the line below a conversation; null where there is nothing to divide by."""
    found = ws.interventions(run)
    return {
        "conversations": found.conversations,
        "per_100_turns": found.per_100_turns,
        "seconds": found.seconds,
        "untouched": found.untouched,
    }


def goes_by_turns(ws: Any, recipe: str) -> bool:
    """Whether drafts of a recipe can be run turn by turn."""
    try:
        return ws.recipe(recipe).by_turns is not None
    except UnknownName:  # an extension that is not loaded
        return False


def offered(ws: Any, draft: Draft) -> str:
    """Whether a draft is run turn by turn ("begun") or could be ("offered"); "" for any other."""
    if not draft.parents or not draft.turns or not goes_by_turns(ws, draft.recipe):
        return ""
    live = ws.live(draft.id)
    begun = draft.meta.get("unfinished") or len(live.branches) > 1 or len(live.turns) > len(draft.turns)
    return "begun" if begun else "offered"
