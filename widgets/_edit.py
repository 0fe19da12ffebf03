"""Editing a conversation turn by turn, and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from widgets import _open
from widgets._panel import Panel, bundle
from widgets._views import revision_view
from workbench.errors import InvalidInput, StaleRevision
from workbench.model import Turn
from workbench.records import to_record, turn_from_record


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``edit.save`` and ``history.*``."""

    def save(id: str, turns: Sequence[Mapping[str, Any]], base_revision: int, note: str = "") -> dict[str, Any]:
        wanted = [_turn(turn) for turn in turns]
        try:
            saved = ws.edit(id, turns=wanted, base_revision=base_revision, note=note)
        except StaleRevision as exc:
            raise _Conflict(exc, to_record(ws.get(id))) from exc
        return {"sample": to_record(saved)}

    def history(id: str) -> dict[str, Any]:
        return {"revisions": [revision_view(item) for item in ws.history(id)], "events": ws.tag_history(id)}

    return {
        "edit.save": save,
        "history.list": history,
        "history.diff": lambda id, old, new=None: ws.diff(id, old, new),
        "history.compare": lambda old, new: ws.compare(old, new),
    }


def _turn(record: Mapping[str, Any]) -> Turn:
    try:
        return turn_from_record({"id": "", **record})
    except (KeyError, TypeError, AttributeError) as exc:
        raise InvalidInput(f"a turn cannot be read: {exc}", hint="reload the page") from exc


class _Conflict(StaleRevision):
    """A stale save, with the text that was saved meanwhile, so that a person can compare both."""

    def __init__(self, cause: StaleRevision, theirs: Mapping[str, Any]) -> None:
        super().__init__(cause.sample_id, base=cause.base, current=cause.current)
        self.theirs = theirs

    def as_dict(self) -> dict[str, object]:
        """The error with the sample as it is now."""
        return {**super().as_dict(), "theirs": self.theirs}


class TurnEditor(Panel):
    """One conversation as a form: rewrite, add, delete, move turns; what changed is shown while typing."""

    answers = (commands, _open.commands)

    _esm = bundle("editor")

    sample = traitlets.Unicode("").tag(sync=True)
