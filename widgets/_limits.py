"""What a run may spend and has spent, where a person can raise it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from widgets._typed import budget_from
from workbench.model import Budget
from workbench.records import to_record


def limit_view(ws: Any, run: str) -> dict[str, Any] | None:
    """The limit of a run and what is spent of it; None for one without a limit."""
    spent = ws.spent(run)
    if spent.budget == Budget():
        return None
    return {"budget": to_record(spent.budget), "calls": spent.calls, "tokens": spent.tokens, "usd": spent.usd}


def raised(budget: Mapping[str, Any] | None) -> Budget | None:
    """The limit that the page sends; None when it sends none, and the old one stays."""
    return None if budget is None else budget_from(budget)
