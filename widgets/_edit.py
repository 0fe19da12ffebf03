"""Editing a conversation turn by turn, and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from widgets import _open
from widgets._panel import Panel, bundle
from widgets._views import revision_view
from workbench.errors import InvalidInput, StaleRevision
from workbench.model import Revision, Turn
from workbench.records import to_record, turn_from_record


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``edit.save``, ``pair.*`` and ``history.*``."""

    def save(
        id: str, turns: Sequence[Mapping[str, Any]], base_revision: int, note: str = "", pair: bool | None = None
    ) -> dict[str, Any]:
        wanted = [_turn(turn) for turn in turns]
        try:
            saved = ws.edit(id, turns=wanted, base_revision=base_revision, note=note, pair=pair)
        except StaleRevision as exc:
            raise _Conflict(exc, ws.history(id)) from exc
        return {"sample": to_record(saved)}

    def history(id: str) -> dict[str, Any]:
        return {"revisions": [revision_view(item) for item in ws.history(id)], "events": ws.tag_history(id)}

    return {
        "edit.save": save,
        "pair.list": lambda id: _pairs(ws, id),
        "pair.keep": lambda id, kept=True: ws.keep_pair(id, kept),
        "history.list": history,
        "history.diff": lambda id, old, new=None: ws.diff(id, old, new),
        "history.compare": lambda old, new: ws.compare(old, new),
    }


def _turn(record: Mapping[str, Any]) -> Turn:
    try:
        return turn_from_record({"id": "", **record})
    except (KeyError, TypeError, AttributeError) as exc:
        raise InvalidInput(f"a turn cannot be read: {exc}", hint="reload the page") from exc


def _pairs(ws: Any, sample_id: str) -> list[dict[str, Any]]:
    """The preference pairs kept of a sample, with both texts."""
    turns = {
        (stage.sample.revision, turn.id): turn.content for stage in ws.history(sample_id) for turn in stage.sample.turns
    }
    return [
        {
            "id": pair.id,
            "turn": pair.turn,
            "author": pair.author,
            "at": pair.at,
            "rejected": turns.get((pair.base, pair.turn), ""),
            "chosen": turns.get((pair.revision, pair.turn), ""),
        }
        for pair in ws.pairs([sample_id])
        if pair.kept
    ]


class _Conflict(StaleRevision):
    """A stale save, with the texts that were saved meanwhile and before, so that a person can compare all of them."""

    def __init__(self, cause: StaleRevision, history: Sequence[Revision]) -> None:
        super().__init__(cause.sample_id, base=cause.base, current=cause.current)
        self._newest = history[-1]
        self._base = next((stage for stage in history if stage.sample.revision == cause.base), None)

    def as_dict(self) -> dict[str, object]:
        """The error with the sample as it is now, who saved that and when, and as it was when editing began."""
        return {
            **super().as_dict(),
            "theirs": to_record(self._newest.sample),
            "author": self._newest.author,
            "at": self._newest.at,
            "before": to_record(self._base.sample) if self._base else None,
        }


class TurnEditor(Panel):
    """One conversation as a form: rewrite, add, delete, move turns; what changed is shown while typing."""

    answers = (commands, _open.commands)

    _esm = bundle("editor")

    sample = traitlets.Unicode("").tag(sync=True)
