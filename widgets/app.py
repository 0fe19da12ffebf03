"""The whole application in one output."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import workbench
from widgets import _browse, _collect, _generate, _map, _me, _quality, _release, _review, _tidy
from widgets._log import log_file
from widgets._panel import Panel, bundle

NO_TOUR = "WORKBENCH_NO_TOUR"
SAMPLE_DATA = "sample_data"
"""The setting of a workspace that was filled with the sample data: see `widgets.lab.demo`."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """What the frame around the pages asks for."""
    return {"app.start": lambda: _start(ws)}


def _start(ws: Any) -> dict[str, Any]:
    return {
        "name": ws.name,
        "author": ws.author,
        "author_from": _me.author_from(ws.author),
        "path": str(ws.path),
        "version": workbench.__version__,
        "log": str(log_file(Path(ws.path))),
        "tour": wants_tour(ws),
    }


def wants_tour(ws: Any, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the guided start begins by itself: on the sample data, until this person has seen it."""
    fresh = ws.setting(SAMPLE_DATA) == "done" and ws.preference("tour") is None
    return fresh and not environ.get(NO_TOUR)


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
        _map.commands,
        _quality.commands,
        _tidy.commands,
        _release.commands,
        _review.commands,
    )

    _esm = bundle("app")

    query = _browse.query_trait()
    selection = _browse.selection_trait()
