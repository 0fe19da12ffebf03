"""The tested logic of the conversation curation workbench.

    import workbench as wb
    ws = wb.open("clinic.workspace", author="ana")

Everything a person can do is a method of the `Workspace` that `open` returns. Heavy parts load when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.version import __version__

if TYPE_CHECKING:
    from workbench.errors import QueryError, StaleRevision, WorkbenchError
    from workbench.model import (
        Budget,
        Choice,
        Document,
        Draft,
        Finding,
        FrozenSlice,
        Run,
        Sample,
        SliceSpec,
        Source,
        Tag,
        TagScheme,
        ToolCall,
        Turn,
    )
    from workbench.workspace import Page, Workspace
    from workbench.workspace import open_workspace as open

_HOMES = {
    "Budget": "model",
    "Choice": "model",
    "Document": "model",
    "Draft": "model",
    "Finding": "model",
    "FrozenSlice": "model",
    "Page": "workspace",
    "QueryError": "errors",
    "Run": "model",
    "Sample": "model",
    "SliceSpec": "model",
    "Source": "model",
    "StaleRevision": "errors",
    "Tag": "model",
    "TagScheme": "model",
    "ToolCall": "model",
    "Turn": "model",
    "WorkbenchError": "errors",
    "Workspace": "workspace",
}

__all__ = [
    "Budget",
    "Choice",
    "Document",
    "Draft",
    "Finding",
    "FrozenSlice",
    "Page",
    "QueryError",
    "Run",
    "Sample",
    "SliceSpec",
    "Source",
    "StaleRevision",
    "Tag",
    "TagScheme",
    "ToolCall",
    "Turn",
    "WorkbenchError",
    "Workspace",
    "__version__",
    "open",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "open":
        return import_module("workbench.workspace").open_workspace
    if name in _HOMES:
        return getattr(import_module(f"workbench.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")
