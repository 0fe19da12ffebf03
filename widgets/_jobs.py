"""Commands about long work: what runs, and stopping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``job.list`` and ``job.cancel``."""

    def jobs() -> list[dict[str, Any]]:
        return [job.as_dict() for job in ws.jobs()]

    def cancel(id: str) -> dict[str, Any]:
        job = ws.job(id)
        job.cancel()
        state: dict[str, Any] = job.as_dict()
        return state

    return {"job.list": jobs, "job.cancel": cancel}
