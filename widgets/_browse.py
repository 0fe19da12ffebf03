"""Browsing: the list, one conversation, and the widget that shows both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from widgets import _edit, _jobs, _open, _tags
from widgets._panel import Panel, bundle
from widgets._views import by_sample, ordered, row_view, visible
from workbench.records import to_record

MOST_ROWS = 200
"""A page of the list never holds more: what the screen cannot show is not sent."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that read: ``browse.*``."""

    def start() -> dict[str, Any]:
        return {
            "fields": ws.fields(),
            "schemes": ordered(ws.schemes()),
            "author": ws.author,
            "samples": ws.find("state:*", limit=1).total,
        }

    def rows(query: str = "", sort: str = "best", offset: int = 0, limit: int = 100) -> dict[str, Any]:
        page = ws.find(query, sort=sort, offset=max(0, offset), limit=min(limit, MOST_ROWS), wait=False)
        return {
            "rows": _rows(ws, page),
            "total": page.total,
            "index": ws.index_progress(),
            "complete": page.complete,
        }

    def place(id: str, query: str = "", sort: str = "best") -> int | None:
        ids = ws.ids(query, sort=sort)
        return ids.index(id) if id in ids else None

    return {
        "browse.start": start,
        "browse.rows": rows,
        "browse.place": place,
        "browse.facets": lambda query="": ws.facets(query),
        "browse.progress": ws.index_progress,
        "browse.count": lambda query="": ws.count(query),
    }


def _rows(ws: Any, page: Any) -> list[dict[str, Any]]:
    tags = by_sample(visible(ws.tags([sample.id for sample in page.samples]), ws.schemes(), ws.author))
    sources = {source.id: source.name for source in ws.sources()}
    why = [to_record(hit.why) for hit in page.hits] or [[]] * len(page.samples)  # no query, no reasons
    return [
        {**row_view(sample, tags.get(sample.id, ()), author=ws.author, sources=sources), "why": reasons}
        for sample, reasons in zip(page.samples, why, strict=False)
    ]


def query_trait() -> Any:
    """The query shown, both ways."""
    return traitlets.Unicode("").tag(sync=True)


def selection_trait() -> Any:
    """The ids of the samples chosen in the list, both ways; the first is the one that is open."""
    return traitlets.List(traitlets.Unicode()).tag(sync=True)


class SampleBrowser(Panel):
    """Query bar, facets, list and conversation.

    Example:
        ``browser = SampleBrowser(ws, query="domain:health/*"); browser.observe(print, "selection")``
    """

    answers = (commands, _open.commands, _tags.commands, _edit.commands, _jobs.commands)

    _esm = bundle("browser")

    query = query_trait()
    selection = selection_trait()
