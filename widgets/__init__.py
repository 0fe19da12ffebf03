"""The screen: widgets over a `workbench.Workspace`. They hold no business rule and are loaded when first used.

``Workbench(ws)`` is the whole application; the others are its parts, each usable alone and composable with
ipywidgets' ``HBox`` and ``VBox``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from widgets._browse import SampleBrowser
    from widgets._collect import CollectPanel
    from widgets._edit import TurnEditor
    from widgets._generate import GeneratePanel
    from widgets._map import SampleMap
    from widgets._quality import QualityBoard
    from widgets._release import ReleasePanel
    from widgets._review import ReviewPanel
    from widgets._tags import TagPanel
    from widgets.app import Workbench

_HOMES = {
    "CollectPanel": "widgets._collect",
    "GeneratePanel": "widgets._generate",
    "QualityBoard": "widgets._quality",
    "ReleasePanel": "widgets._release",
    "ReviewPanel": "widgets._review",
    "SampleBrowser": "widgets._browse",
    "SampleMap": "widgets._map",
    "TagPanel": "widgets._tags",
    "TurnEditor": "widgets._edit",
    "Workbench": "widgets.app",
}

__all__ = [
    "CollectPanel",
    "GeneratePanel",
    "QualityBoard",
    "ReleasePanel",
    "ReviewPanel",
    "SampleBrowser",
    "SampleMap",
    "TagPanel",
    "TurnEditor",
    "Workbench",
]


def __getattr__(name: str) -> Any:
    """Load the module of a public name on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'widgets' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
