"""Measuring: commands and widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widgets import _jobs
from widgets._panel import Panel, bundle


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """The commands of this page."""
    return {}


class QualityBoard(Panel):
    """The page quality alone."""

    answers = (commands, _jobs.commands)

    _esm = bundle("quality")
