"""Answers to tag schemes, notes and undo; the widget that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import traitlets

from widgets import _open, _steps
from widgets._panel import Panel, bundle
from widgets._views import ordered, visible
from workbench.label import add_choice
from workbench.model import Tag

SHOWN = 200
"""From this many samples on, an answer tells only how many it changed."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that decide: ``tag.*``, ``note.add``, ``step.*``, ``sample.archive`` and ``sample.restore``."""

    def tagged(ids: Sequence[str], changed: int) -> dict[str, Any]:
        return {"changed": changed, "tags": listed(ids) if len(ids) <= SHOWN else None}

    def listed(ids: Sequence[str]) -> list[Tag]:
        return visible(ws.tags(ids), ws.schemes(), ws.author)

    def put(ids: list[str], scheme: str, value: Any, turn: str | None = None, note: str = "") -> dict[str, Any]:
        return tagged(ids, ws.tag(ids, scheme, value, turn=turn, note=note))

    def clear(ids: list[str], scheme: str, turn: str | None = None) -> dict[str, Any]:
        return tagged(ids, ws.untag(ids, scheme, turn=turn))

    def every(query: str, scheme: str, value: Any, note: str = "") -> dict[str, Any]:
        return {"changed": ws.tag(query, scheme, value, note=note)}

    return {
        "tag.set": put,
        "tag.clear": clear,
        "tag.every": every,
        "tag.list": listed,
        "note.add": lambda id, text, turn=None: {"note": ws.note(id, text, turn=turn), "notes": ws.notes(id)},
        "scheme.list": lambda: ordered(ws.schemes()),
        "scheme.add": lambda scheme, value, label="", guideline="": _add_choice(ws, scheme, value, label, guideline),
        "sample.archive": lambda ids: {"changed": ws.archive(ids)},
        "sample.restore": lambda ids: {"changed": ws.restore(ids)},
        **_steps.commands(ws),
    }


def _add_choice(ws: Any, name: str, value: str, label: str, guideline: str) -> Any:
    """The scheme with one choice more; a change that somebody saved in the same moment is told, not overwritten."""
    return ws.change_scheme(add_choice(ws.scheme(name), value, label or value, guideline=guideline)).scheme


class TagPanel(Panel):
    """The questions about one sample, each with its keys and guideline.

    Example:
        ``panel = TagPanel(ws, sample=ws.ids()[0])``; to follow a browser:
        ``traitlets.dlink((browser, "selection"), (panel, "sample"), lambda ids: ids[0] if ids else "")``
    """

    answers = (commands, _open.commands)

    _esm = bundle("tags")

    sample = traitlets.Unicode("").tag(sync=True)

    @traitlets.default("layout")
    def _room(self) -> ipywidgets.Layout:
        return ipywidgets.Layout(flex="0 0 300px", min_width="0")
