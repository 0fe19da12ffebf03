"""What a run would take, before it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from widgets._work import FEW, Where, how_many, result_of, selected
from workbench.records import to_record


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``generate.estimate`` and ``generate.estimated``."""

    def estimate(
        recipe: str, where: Where, params: Mapping[str, Any] | None = None, limit: int | None = None
    ) -> dict[str, Any]:
        chosen = selected(ws, where)

        def work() -> dict[str, Any]:
            found: dict[str, Any] = to_record(ws.estimate(recipe, chosen, params or {}, limit=limit))
            return found

        if ws.recipe(recipe).starts_from != "set" or how_many(ws, chosen) <= FEW:
            return work()
        return {"job": ws.background("Estimate a run", lambda _: work()).id}  # a recipe over a set reads all of it

    return {"generate.estimate": estimate, "generate.estimated": lambda job: result_of(ws, job)}
