"""One answer for all that a query finds: looked at first, checked on a sample, given as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from widgets._views import by_sample, row_view, visible
from widgets._work import Where, result_of
from workbench.label import SampleCheck
from workbench.records import to_record

SHOWN = 5
"""Conversations shown as they are before the answer is given."""

LARGE = 2_000
"""From this many conversations on, the answer is given by a job, so that the screen goes on."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``bulk.*``; `which` is a query, or the ids of marked samples."""

    def plan(which: Where, scheme: str, value: Any, replace: bool = False) -> dict[str, Any]:
        return {"plan": ws.bulk_plan(which, scheme, value, replace=replace), "rows": _first_rows(ws, which)}

    def sample(which: Where, size: int = 20, seed: int = 0) -> list[dict[str, Any]]:
        return [to_record(item) for item in ws.bulk_sample(which, size, seed=seed)]

    def give(
        which: Where,
        scheme: str,
        value: Any,
        replace: bool = False,
        check: dict[str, int] | None = None,
        without: Sequence[str] = (),
    ) -> dict[str, Any]:
        judged = _check(check)

        def work(_: Any = None) -> Any:
            return ws.bulk_tag(which, scheme, value, replace=replace, check=judged, without=without)

        total = len(which) if not isinstance(which, str) else ws.count(which)
        return {"job": ws.background("Tag all", work).id} if total >= LARGE else {"done": _shown(work())}

    return {
        "bulk.plan": plan,
        "bulk.sample": sample,
        "bulk.estimate": lambda check: _check(check).record(),
        "bulk.give": give,
        "bulk.done": lambda job: {"done": _shown(result_of(ws, job))},
        "bulk.list": lambda limit=30: [_shown(item) for item in ws.bulk_tags(limit)],
        "bulk.again": lambda id: {"done": _shown(ws.bulk_again(id))},
    }


def _shown(item: Any) -> dict[str, Any]:
    """A bulk answer with all its fields: no query (None) is not the query that finds everything ("")."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def _check(check: dict[str, int] | None) -> SampleCheck:
    return SampleCheck(**{name: max(0, int((check or {}).get(name, 0))) for name in ("fits", "misses", "unsure")})


def _first_rows(ws: Any, which: Where) -> list[dict[str, Any]]:
    if isinstance(which, str):
        samples = list(ws.find(which, limit=SHOWN, wait=False).samples)
    else:
        samples = ws.samples(list(which)[:SHOWN])
    tags = by_sample(visible(ws.tags([sample.id for sample in samples]), ws.schemes(), ws.author))
    sources = {source.id: source.name for source in ws.sources()}
    return [row_view(sample, tags.get(sample.id, ()), author=ws.author, sources=sources) for sample in samples]
