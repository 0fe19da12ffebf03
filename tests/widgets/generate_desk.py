"""Runs that the commands of Generate are asked about: one that needs no model, and one by a scripted model."""

from __future__ import annotations

from typing import Any

from tests.widgets.asking import finished
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace


def queue_after_a_run(ws: Workspace, call: Any) -> list[dict[str, Any]]:
    """The queue after a run that needs no model."""
    started = call("generate.run", recipe="noise", where="", params={})
    finished(ws, started)
    found: list[dict[str, Any]] = call("draft.queue", run=started["run"])["drafts"]
    assert found
    return found


def a_run(ws: Workspace, replies: Any, recipe: str = "answer", **more: Any) -> Any:
    """A run over one conversation that is over, by a model that gives these replies."""
    ws.set_model({"base_url": "http://127.0.0.1:1/v1", "model": "scripted", "in_flight": 1})
    return ws.generate(recipe, ws.ids()[:1], {"variants": 1}, model=ScriptedModel(replies), **more).wait()
