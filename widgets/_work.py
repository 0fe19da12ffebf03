"""What the pages Collect, Generate, Quality and Release have in common on the Python side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.errors import InvalidInput

Where = str | Sequence[str] | Mapping[str, Any]
"""A query, ids, or what is nearest to a sample: `like` with `query`, `mix` and `limit` as in `ws.joint_select`."""


def selected(ws: Any, where: Where) -> Any:
    """What is meant, as the workspace takes it. Raises `InvalidInput` for a record with other fields."""
    if not isinstance(where, Mapping):
        return where
    strange = sorted(set(where) - {"like", "query", "mix", "limit"})
    if strange or not isinstance(where.get("like"), str) or not where["like"]:
        raise InvalidInput("it is not said which conversation the others are to be near", hint="open one in Browse")
    return ws.joint_select(**where)


FEW = 1_000
"""Conversations up to which a set is looked at as a whole at once: it takes no longer than a person notices."""


def how_many(ws: Any, chosen: str | list[str]) -> int:
    """How many conversations a selection has."""
    return ws.count(chosen) if isinstance(chosen, str) else len(chosen)


def result_of(ws: Any, job_id: str) -> Any:
    """The result of a job that has ended; a failed or cancelled one raises its error."""
    job = ws.job(job_id)
    if job.state == "running":
        raise InvalidInput(f"{job.title} is still running", hint="wait for its end")
    return job.wait(timeout=5)


def job_about(ws: Any, subject: str) -> Any:
    """The newest running job about something (a run, say), or None."""
    return next((job for job in reversed(ws.jobs()) if job.subject == subject and job.state == "running"), None)
