"""Answers to tag schemes, notes and undo; the widget that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import traitlets

from widgets import _open, _steps
from widgets._panel import Panel, bundle
from widgets._views import ordered, visible
from workbench.ids import now_ms
from workbench.label import add_choice
from workbench.model import Tag

SHOWN = 200
"""From this many samples on, an answer tells only how many it changed."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that decide: ``tag.*``, ``note.add``, ``step.*``, ``sample.archive`` and ``sample.restore``."""

    def tagged(ids: Sequence[str], work: Callable[[], int] | None) -> dict[str, Any]:
        before = ws.journal_end()
        changed = work() if work else 0
        span = wrote(before, ws.journal_end(), changed)
        return {"changed": changed, "tags": listed(ids) if len(ids) <= SHOWN else None, "wrote": span}

    def listed(ids: Sequence[str]) -> list[Tag]:
        return visible(ws.tags(ids), ws.schemes(), ws.author)

    def put(
        ids: list[str], scheme: str, value: Any, turn: str | None = None, note: str = "", age: int | None = None
    ) -> dict[str, Any]:
        meant = untouched_since(ws, ids, scheme, turn, age)
        return tagged(ids, (lambda: ws.tag(meant, scheme, value, turn=turn, note=note)) if meant else None)

    def clear(ids: list[str], scheme: str, turn: str | None = None, age: int | None = None) -> dict[str, Any]:
        meant = untouched_since(ws, ids, scheme, turn, age)
        return tagged(ids, (lambda: ws.untag(meant, scheme, turn=turn)) if meant else None)

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


def wrote(before: int, after: int, changed: int) -> tuple[int, int] | None:
    """Between which positions of the journal an answer was written; None where somebody else wrote there, too.

    Each answer that changed takes one position, so that one more is another person's.
    """
    return (before, after) if changed and after - before == changed else None


def untouched_since(ws: Any, ids: Sequence[str], scheme: str, turn: str | None, age: int | None) -> list[str]:
    """Those whose answer this person has not given, changed or taken back less than `age` milliseconds ago.

    A page that comes back sends what it never heard was saved. A browser that died may have forgotten that it heard, or
    that a newer answer was given after it: such an old answer must not be put over what holds now. What was saved in
    the same millisecond was given before: it still had to get here.
    """
    if age is None:
        return list(ids)
    given = now_ms() - age
    return [id for id in ids if not any(_is_newer(ws, event, scheme, turn, given) for event in ws.tag_history(id))]


def _is_newer(ws: Any, event: Any, scheme: str, turn: str | None, given: int) -> bool:
    about = (event.data.get("scheme"), event.data.get("turn") or "", event.data.get("author", event.author))
    return event.at > given and about == (scheme, turn or "", ws.author)


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
