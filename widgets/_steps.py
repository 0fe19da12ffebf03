"""What people did, step by step: undo, redo, and the list of steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widgets._open import title_of
from widgets._work import result_of

MOST_STEPS = 500


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``step.*``. Going back several steps is a job, since any of them may be a large one."""

    def listed(limit: int = 30, everybody: bool = False) -> list[Any]:
        steps: list[Any] = ws.steps(min(limit, MOST_STEPS), everybody=everybody)
        return steps

    def samples(id: int) -> list[dict[str, str]]:
        return [{"id": sample.id, "title": title_of(sample)} for sample in ws.step_samples(id)]

    return {
        "step.undo": lambda: {"step": ws.undo()},
        "step.redo": lambda: {"step": ws.redo()},
        "step.list": listed,
        "step.samples": samples,
        "step.undo_to": lambda id: {"job": ws.background("Undo", lambda _: ws.undo_to(id)).id},
        "step.redo_to": lambda id: {"job": ws.background("Redo", lambda _: ws.redo_to(id)).id},
        "step.taken": lambda job: result_of(ws, job),
    }
