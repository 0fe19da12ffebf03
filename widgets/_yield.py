"""What a run gave, gate by gate, the drafts behind each count, and its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from widgets._queue import line_of
from widgets._work import result_of
from workbench.generate import about
from workbench.model import Draft

MOST_AT_ONCE = 50
LARGE = 100
"""Drafts from which on the figures of a run are worked out by a job: before, it takes less than a person notices."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``run.yield``, ``run.gated``, ``run.figures`` and ``run.figured``."""

    def gated(run: str, gate: str = "", verdict: str = "failed", became: str = "", offset: int = 0) -> dict[str, Any]:
        found = ws.drafts_at(run, gate, verdict, became, limit=MOST_AT_ONCE + 1, offset=offset)
        shown = [gated_view(draft, gate) for draft in found[:MOST_AT_ONCE]]
        return {"drafts": shown, "more": len(found) > MOST_AT_ONCE}

    def figures(run: str) -> dict[str, Any]:
        if ws.run(run).requested <= LARGE:
            return figures_view(ws.run_figures(run))
        return {"job": ws.background("Work out the figures", lambda _: ws.run_figures(run)).id}

    return {
        "run.figures": figures,
        "run.figured": lambda job: figures_view(result_of(ws, job)),
        "run.yield": lambda run: yield_view(ws, run),
        "run.gated": gated,
    }


def yield_view(ws: Any, run: str) -> dict[str, Any]:
    """The yield of a run; `each` is what one accepted draft took (None: not known, or nothing accepted)."""
    found = ws.run_yield(run)
    reasons = [{"reason": reason, "rows": rows} for reason, rows in found.lost.items()]
    each = {"usd": found.usd_per_accepted, "minutes": found.minutes_per_accepted}
    return {**asdict(found), "lost": reasons, "each": each, "figures": ws.has_figures(run)}


def figures_view(found: Any) -> dict[str, Any]:
    """The figures of a run."""
    return {"drafts": found.drafts, "figures": [asdict(one) for one in found.figures]}


def gated_view(draft: Draft, gate: str) -> dict[str, Any]:
    """A draft as a line, with what the gate (or any, where none is named) said about it and who decided what."""
    said = [
        {"gate": one.check, "title": about(one.check).title, "severity": one.severity, "message": one.message}
        for one in draft.gates
        if not gate or one.check == gate
    ]
    decided = {"by": draft.decided_by or "", "reason": draft.reason, "sample": draft.sample or ""}
    return {**line_of(draft), "state": draft.state, "said": said, **decided}
