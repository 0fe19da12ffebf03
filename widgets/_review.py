"""Reviewing: queues of samples, the questions about each, and what came of it; the widget that leads through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widgets import _jobs, _open, _tags
from widgets._open import title_of
from widgets._panel import Panel, bundle
from widgets._review_views import about_view, example_views, queue_view, results_view, sample_view, start_view
from widgets._work import result_of
from workbench.ids import now_ms
from workbench.records import to_record


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``review.*``."""
    return {
        "review.start": lambda: start_view(ws),
        "review.about": lambda scheme: about_view(ws, scheme),
        "review.count": lambda query="": {"count": ws.count(query)},
        "review.open": lambda id: queue_view(ws, id),
        "review.sample": lambda queue, id: sample_view(ws, queue, id),
        "review.titles": lambda ids: {sample.id: title_of(sample) for sample in ws.samples(ids[:50])} if ids else {},
        "review.results": lambda id: results_view(ws, id),
        "review.examples": lambda schemes: example_views(ws, schemes),
        "review.suggest": lambda scheme, query=None: {"job": ws.suggest(scheme, query).id},
        "review.suggested": lambda job: to_record(result_of(ws, job)),
        **_leading(ws),
        **_answering(ws),
    }


def _leading(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that make a queue, skip in it, and put it away."""

    def make(
        schemes: list[str],
        query: str = "",
        order: str = "random",
        name: str = "",
        count: int = 200,
        seed: int = 0,
        together: bool = True,
        each_turn: bool = False,
    ) -> dict[str, Any]:
        queue = ws.start_queue(
            schemes, query, order=order, name=name, count=count, seed=seed, together=together, each_turn=each_turn
        )
        return {"id": queue.id}

    def skip(queue: str, id: str, scheme: str | None = None) -> dict[str, Any]:
        ws.skip(queue, id, scheme)
        return {}

    def away(id: str) -> dict[str, Any]:
        ws.put_queue_away(id)
        return {}

    return {"review.make": make, "review.skip": skip, "review.away": away}


def _answering(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands that answer again, settle, and name examples; ordinary answers are ``tag.set``."""

    def again(queue: str, ids: list[str], scheme: str, value: Any, age: int | None = None) -> dict[str, Any]:
        given = None if age is None else now_ms() - age  # sent again by a page that came back: what is newer holds
        meant = [one for one in ids if given is None or not ws.answered_again(queue, one, scheme, after=given)]
        before = ws.journal_end()
        for sample in meant:
            ws.answer_again(queue, sample, scheme, value)
        return {"changed": len(meant), "tags": None, "wrote": _tags.wrote(before, ws.journal_end(), len(meant))}

    def settle(
        queue: str,
        ids: list[str],
        scheme: str,
        value: Any,
        note: str = "",
        turn: str | None = None,
        age: int | None = None,
    ) -> dict[str, Any]:
        meant = _tags.untouched_since(ws, ids, scheme, turn, age)
        for sample in meant:
            ws.settle(queue, sample, scheme, value, note=note, turn=turn)
        return {"changed": len(meant), "tags": ws.tags(ids)}

    def example(
        id: str, scheme: str, value: Any, turn: str | None = None, note: str = "", on: bool = True
    ) -> list[dict[str, Any]]:
        if on:
            ws.use_as_example(id, scheme, value, turn=turn, note=note)
        else:
            ws.drop_example(id, scheme, value, turn=turn)
        return example_views(ws, [scheme])

    return {"review.again": again, "review.settle": settle, "review.example": example}


class ReviewPanel(Panel):
    """Review queues by keyboard: one question at a time, with its guideline and examples beside the sample.

    Example:
        ``ReviewPanel(ws)``
    """

    answers = (commands, _open.commands, _tags.commands, _jobs.commands)

    _esm = bundle("review")
