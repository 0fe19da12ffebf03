"""What the pages Collect, Generate, Quality and Release have in common on the Python side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.errors import InvalidInput

Where = str | Sequence[str]
"""A query, or ids."""


def result_of(ws: Any, job_id: str) -> Any:
    """The result of a job that has ended; a failed or cancelled one raises its error."""
    job = ws.job(job_id)
    if job.state == "running":
        raise InvalidInput(f"{job.title} is still running", hint="wait for its end")
    return job.wait(timeout=5)


def job_about(ws: Any, subject: str) -> Any:
    """The newest running job about something (a run, say), or None."""
    return next((job for job in reversed(ws.jobs()) if job.subject == subject and job.state == "running"), None)
