"""What is told about imported side branches: other replies and rejected answers beside the main path."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.release.base import About


def branch_notes(about: About) -> Iterator[str]:
    """How many were left out and how to have them, and how many are in."""
    if about.side_left_out:
        yield (
            f"{_branches(about.side_left_out)} (other replies or rejected answers of imported conversations) left out; "
            "add branch:* to the query to include them, branch:side for them alone"
        )
    if about.side_branches:
        yield f"{_branches(about.side_branches)} in it, as the query asks; every record of one is marked"


def _branches(number: int) -> str:
    return f"{number} side {'branch' if number == 1 else 'branches'}"
