"""The whole application in one output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widgets import _browse, _collect, _generate, _quality, _release, _tidy
from widgets._panel import Panel, bundle


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """What the frame around the pages asks for."""
    return {"app.start": lambda: {"name": ws.name, "author": ws.author}}


class Workbench(Panel):
    """Collect, browse, generate, check and release, in one full-width application.

    Example:
        ``Workbench(workbench.open("clinic.workspace", author="ana"))``
    """

    answers = (
        commands,
        *_browse.SampleBrowser.answers,
        _collect.commands,
        _generate.commands,
        _quality.commands,
        _tidy.commands,
        _release.commands,
    )

    _esm = bundle("app")

    query = _browse.query_trait()
    selection = _browse.selection_trait()
