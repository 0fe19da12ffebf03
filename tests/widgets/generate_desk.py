"""A run by a scripted model that the commands of Generate are asked about."""

from __future__ import annotations

from typing import Any

from workbench.llm import ScriptedModel
from workbench.workspace import Workspace


def a_run(ws: Workspace, replies: Any, recipe: str = "answer", **more: Any) -> Any:
    """A run over one conversation that is over, by a model that gives these replies."""
    ws.set_model({"base_url": "http://127.0.0.1:1/v1", "model": "scripted", "in_flight": 1})
    return ws.generate(recipe, ws.ids()[:1], {"variants": 1}, model=ScriptedModel(replies), **more).wait()
