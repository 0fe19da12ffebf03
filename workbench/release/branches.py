"""What is told about imported side branches: other replies and rejected answers beside the main path."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.release.base import About


def branch_notes(about: About) -> Iterator[str]:
    """How many were left out and how to have them, and how many are in."""
    if about.side_left_out == 1:
        yield (
            "1 side branch (other replies or rejected answers of imported conversations) left out; "
            "add branch:* to the query to include it, branch:side for it alone"
        )
    elif about.side_left_out:
        yield (
            f"{about.side_left_out} side branches (other replies or rejected answers of imported conversations) left "
            "out; add branch:* to the query to include them, branch:side for them alone"
        )
    if about.side_branches == 1:
        yield "1 side branch in it, as the query asks; its record is marked"
    elif about.side_branches:
        yield f"{about.side_branches} side branches in it, as the query asks; every record of one is marked"
