"""What people did, step by step: undo, redo, and the list of steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widgets._open import title_of
from widgets._work import result_of

MOST_STEPS = 500
LARGE = 500
"""A step that touched more samples or drafts is taken back as a job, where the page can wait for one."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``step.*``. Going back several steps is a job, since any of them may be a large one."""

    def listed(limit: int = 30, everybody: bool = False) -> list[Any]:
        steps: list[Any] = ws.steps(min(limit, MOST_STEPS), everybody=everybody)
        return steps

    def samples(id: int) -> list[dict[str, str]]:
        return [{"id": sample.id, "title": title_of(sample)} for sample in ws.step_samples(id)]

    return {
        "step.undo": lambda later=False: _take(ws, "undo", later),
        "step.redo": lambda later=False: _take(ws, "redo", later),
        "step.list": listed,
        "step.samples": samples,
        "step.undo_to": lambda id: {"job": ws.background("Undo", lambda _: ws.undo_to(id)).id},
        "step.redo_to": lambda id: {"job": ws.background("Redo", lambda _: ws.redo_to(id)).id},
        "step.taken": lambda job: result_of(ws, job),
    }


def _take(ws: Any, way: str, later: bool) -> dict[str, Any]:
    """Undo or redo at once, or with `later` a large step as a job whose result is read with ``step.taken``."""
    step = _next(ws, way) if later else None
    if step is not None and step.size > LARGE:
        move = ws.undo_to if way == "undo" else ws.redo_to
        return {"step": step, "job": ws.background(way.capitalize(), lambda _: move(step.id)).id}
    return {"step": ws.undo() if way == "undo" else ws.redo()}


def _next(ws: Any, way: str) -> Any:
    undone = way == "redo"
    found = [step for step in ws.steps(MOST_STEPS) if step.undoable and step.undone is undone]
    return (found[-1] if undone else found[0]) if found else None
