"""Rows of the budget table that hold what was measured against a limit."""

from __future__ import annotations

from workbench.bench.measure import Row


def at_most(what: str, value: float, limit: float, unit: str, against: str) -> Row:
    """A value that must not exceed its limit, both in the same unit."""
    return Row(what, against, f"{value:.3g} {unit}", f"{limit:g} {unit}", value / limit)


def at_least(what: str, value: float, limit: float, against: str) -> Row:
    """A value that must reach its limit."""
    return Row(what, against, f"{value:.0f}", f"at least {limit:.0f}", limit / value)
