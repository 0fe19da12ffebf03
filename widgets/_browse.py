"""Browsing: the list, one conversation, and the widget that shows both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from widgets import _bulk, _edit, _jobs, _open, _prompts, _relatives, _replace, _schemes, _tags
from widgets._excerpt import matched
from widgets._panel import Panel, bundle
from widgets._views import by_sample, ordered, row_view, visible
from workbench.errors import InvalidInput
from workbench.records import to_record

MOST_ROWS = 200
"""A page of the list never holds more: what the screen cannot show is not sent."""

MOST_MARKED = 2_000
"""So many rows are marked at once; more is what "Tag all" is for."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that read: ``browse.*``."""

    def start() -> dict[str, Any]:
        return {
            "fields": ws.fields(),
            "schemes": ordered(ws.schemes()),
            "author": ws.author,
            "samples": ws.find("state:*", limit=1).total,
            "slices": saved(),
        }

    def saved() -> list[dict[str, str]]:
        return [{"name": spec.name, "query": spec.query, "title": spec.title} for spec in ws.slices()]

    def keep(name: str, query: str) -> list[dict[str, str]]:
        if not name.strip():
            raise InvalidInput("the query has no name", hint="a short name, for example lab-results")
        if any(spec.name == name.strip() for spec in ws.slices()):
            raise InvalidInput(f"there is a slice {name.strip()!r} already", hint="take another name")
        ws.slice(name.strip(), query)
        return saved()

    def remove(name: str) -> dict[str, Any]:
        ws.remove_slice(name)
        return {"slices": saved(), "step": ws.steps(1)[0].id}

    def rows(query: str = "", sort: str = "best", offset: int = 0, limit: int = 100) -> dict[str, Any]:
        page = ws.find(query, sort=sort, offset=max(0, offset), limit=min(limit, MOST_ROWS), wait=False)
        return {
            "rows": _rows(ws, page),
            "total": page.total,
            "index": ws.index_progress(),
            "complete": page.complete,
        }

    def place(id: str, query: str = "", sort: str = "best") -> int | None:
        return ws.place_of(id, query, sort=sort)

    return {
        "browse.start": start,
        "browse.rows": rows,
        "browse.place": place,
        "browse.facets": lambda query="": ws.facets(query),
        "browse.progress": ws.index_progress,
        "browse.count": lambda query="": ws.count(query),
        "browse.slices": saved,
        "browse.save": keep,
        "browse.remove": remove,
        "browse.ids": lambda query="", sort="best": ids(ws, query, sort),
        "browse.look": lambda query="": {"job": ws.look_job(query).id},
        "flag.set": lambda ids, on=True: {"changed": ws.flag(ids, on)},
    }


def ids(ws: Any, query: str, sort: str) -> dict[str, Any]:
    """The ids of what a query finds, for marking all of it: the first `MOST_MARKED`, and how many there are."""
    page = ws.find(query, sort=sort, limit=MOST_MARKED)
    return {"ids": [sample.id for sample in page.samples], "total": page.total}


def _rows(ws: Any, page: Any) -> list[dict[str, Any]]:
    tags = by_sample(visible(ws.tags([sample.id for sample in page.samples]), ws.schemes(), ws.author))
    sources = {source.id: source.name for source in ws.sources()}
    why = [to_record(hit.why) for hit in page.hits] or [[]] * len(page.samples)  # no query, no reasons
    return [
        {
            **row_view(sample, tags.get(sample.id, ()), author=ws.author, sources=sources),
            **matched(sample, reasons),
            "why": reasons,
        }
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

    answers = (
        commands,
        _open.commands,
        _relatives.commands,
        _tags.commands,
        _edit.commands,
        _replace.commands,
        _jobs.commands,
        _bulk.commands,
        _prompts.commands,
        _schemes.commands,
    )

    _esm = bundle("browser")

    query = query_trait()
    selection = selection_trait()
