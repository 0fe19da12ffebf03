"""Documents as the Generate page offers them: which there are, and adding one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from widgets._collect_files import complete, resolved


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``document.*``."""
    base = Path(ws.path).parent

    def add(path: str) -> dict[str, Any]:
        added = ws.add_document(resolved(path, base=base))
        return {"id": added.id, "documents": listed(ws)}

    return {
        "document.list": lambda: {"documents": listed(ws)},
        "document.add": add,
        "document.complete": lambda text: complete(text, base=base),
    }


def listed(ws: Any) -> list[dict[str, Any]]:
    """Every document in one line, without its text."""
    return [
        {"id": one.id, "title": one.title, "language": one.language or "", "passages": len(one.spans)}
        for one in ws.documents()
    ]
