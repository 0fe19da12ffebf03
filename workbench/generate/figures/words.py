"""How figures name rows and pairs of rows: rows are counted from 1, as everywhere a person sees them."""

from __future__ import annotations

from workbench.model import Draft


def row_of(draft: Draft) -> str:
    """A draft by its row."""
    return f"row {draft.row + 1}"


def pair_of(one: Draft, other: Draft) -> str:
    """Two drafts, the earlier one first."""
    first, second = sorted((one.row + 1, other.row + 1))
    return f"row {first} – row {second}"


def with_event(draft: Draft) -> str:
    """A draft and the event it tells of."""
    return f"row {draft.row + 1} – the event"


def given_away(draft: Draft, kind: str, secret: str) -> str:
    """What a draft gives away."""
    return f"row {draft.row + 1} gives away {kind}: {secret}"
