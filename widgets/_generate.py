"""Starting and following runs: commands and widget. Deciding on drafts is `widgets._drafts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from widgets import (
    _approve,
    _compare,
    _documents,
    _drafts,
    _estimate,
    _gaps,
    _jobs,
    _judge,
    _live,
    _model,
    _prompts,
    _repeat,
    _tags,
    _yield,
)
from widgets._limits import limit_view, raised
from widgets._panel import Panel, bundle
from widgets._typed import budget_from
from widgets._work import Where, job_about, selected
from workbench.errors import InvalidInput
from workbench.generate import about
from workbench.model import CallCount, Run
from workbench.records import to_record

MOST_RUNS = 50
"""Runs listed; older ones stay in the workspace."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``generate.*``, ``run.*``, ``approve.*``, ``draft.*``, ``repeat.*``, ``live.*`` and ``model.*``."""
    cost = _Costs(ws)
    expected = _Forecasts(ws)

    def start() -> dict[str, Any]:
        return {"recipes": [recipe_view(recipe) for recipe in ws.recipes()], "model": _model.model_view(ws)}

    def count(where: Where = "") -> dict[str, int]:
        return {"count": ws.count(where) if isinstance(where, str) else len(selected(ws, where))}

    def begin(
        recipe: str,
        where: Where,
        params: Mapping[str, Any] | None = None,
        limit: int | None = None,
        budget: Mapping[str, Any] | None = None,
        seed: int = 0,
        pilot: int = 0,
        reuse: bool = False,
    ) -> dict[str, Any]:
        limits = {"budget": budget_from(budget or {}), "limit": limit}
        job = ws.generate(recipe, selected(ws, where), params or {}, seed=seed, pilot=pilot, reuse=reuse, **limits)
        return {"job": job.id, "run": job.subject}

    def runs() -> list[dict[str, Any]]:
        newest = ws.runs()[:MOST_RUNS]
        return [
            {
                **run_view(run, cost.of(run), alive=job_about(ws, run.id) is not None),
                "forecast": expected.of(run),
                "limit": limit_view(ws, run.id),
                "proposes": _approve.proposed_by(ws, run),
            }
            for run in newest
        ]

    def resume(
        run: str, send_again: Sequence[str] = (), only: Sequence[str] = (), budget: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return {"job": ws.resume(run, send_again=send_again, only=only, budget=raised(budget)).id, "run": run}

    def stop(run: str) -> dict[str, Any]:
        job = job_about(ws, run)
        if job is None:
            raise InvalidInput("this run is not running here", hint="another notebook may be running it")
        job.cancel()
        return {"job": job.id}

    return {
        "generate.start": start,
        "generate.count": count,
        "generate.run": begin,
        "run.list": runs,
        "run.stop": stop,
        "run.resume": resume,
        **_approve.commands(ws),
        **_documents.commands(ws),
        **_estimate.commands(ws),
        **_drafts.commands(ws),
        **_compare.commands(ws),
        **_repeat.commands(ws),
        **_yield.commands(ws),
        **_gaps.commands(ws),
        **_judge.commands(ws),
        **_live.commands(ws),
        **_model.commands(ws),
    }


def recipe_view(recipe: Any) -> dict[str, Any]:
    """A recipe as its card and form show it."""
    from workbench.generate import parameter_form
    from workbench.generate.showing import shown

    return {
        "name": recipe.name,
        "version": recipe.version,
        "title": recipe.title,
        "explanation": recipe.explanation,
        "needs_model": recipe.needs_model,
        "starts_from": recipe.starts_from,
        "purpose": recipe.purpose,
        "shown": {language: asdict(one) for language, one in shown(recipe.name).items()},
        "example": dict(recipe.example),
        "keeps": recipe.keeps,
        "varies": recipe.varies,
        "form": parameter_form(recipe),
        "then": {"recipe": recipe.then.recipe, "what": recipe.then.what} if recipe.then else None,
    }


def run_view(run: Run, usd: Mapping[str, Any], *, alive: bool) -> dict[str, Any]:
    """A run as a line of the table: its counts add up to what was asked for.

    A run that is "running" although no job of this kernel carries it may be another notebook's.
    """
    counted = sum(run.counts.values())
    return {
        "id": run.id,
        "recipe": run.recipe,
        "version": run.version,
        "author": run.author,
        "state": run.state,
        "here": alive,
        "requested": run.requested,
        "counts": run.counts,
        "waiting": max(0, run.requested - counted),
        "reasons": {_reason(why, run): rows for why, rows in run.reasons.items()},
        "reused": run.reused,
        "message": run.message,
        "model": run.model or "",
        "query": run.query,
        "follows": run.follows,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "cost": usd,
    }


def _reason(why: str, run: Run) -> str:
    """Why rows came to nothing or were rejected; a gate that speaks against drafts, by what it is called."""
    gate = about(why) if run.counts.get("gated") else None
    return f"Failed: {gate.title}" if gate and gate.explanation else why


class _Costs:
    """What runs cost, from the ledger; a run that has ended is added up once, unless its drafts go turn by turn."""

    def __init__(self, ws: Any) -> None:
        self._ws = ws
        self._ended: dict[str, tuple[int | None, dict[str, Any]]] = {}

    def of(self, run: Run) -> dict[str, Any]:
        """Calls by state, tokens, and dollars (None while any answered call has no known price)."""
        known = self._ended.get(run.id)
        ended = run.ended_at is not None and not _live.goes_by_turns(self._ws, run.recipe)
        if known and known[0] == run.ended_at and ended:
            return known[1]
        spent = cost_of(self._ws.call_counts(run.id) if run.model else [])
        self._ended[run.id] = (run.ended_at, spent)
        return spent


class _Forecasts:
    """What runs whose first rows are made will take as a whole; worked out once for each."""

    def __init__(self, ws: Any) -> None:
        self._ws = ws
        self._known: dict[tuple[str, int | None], dict[str, Any] | None] = {}

    def of(self, run: Run) -> dict[str, Any] | None:
        """The forecast as JSON; None for a run without first rows, and where these say too little."""
        if not run.pilot or run.state != "interrupted":
            return None
        key = (run.id, run.ended_at)
        if key not in self._known:
            try:
                self._known[key] = to_record(self._ws.forecast(run.id))
            except InvalidInput:
                self._known[key] = None
        return self._known[key]


def cost_of(counts: Sequence[CallCount]) -> dict[str, Any]:
    """The sum over the calls that were answered, also to no use; a price of None means that one of them has none."""
    answered = [count for count in counts if count.state in {"done", "failed"}]
    doubtful = [count for count in counts if count.state == "in_doubt"]
    return {
        "calls": sum(count.calls for count in counts),
        "states": {count.state: count.calls for count in counts},
        "tokens": sum(count.tokens for count in answered),
        "tokens_in_doubt": sum(count.tokens for count in doubtful),
        "estimated": sum(count.estimated for count in answered),
        "usd": None if any(count.usd is None for count in answered) else sum(count.usd or 0.0 for count in answered),
    }


class GeneratePanel(Panel):
    """Choose a recipe, start a run, decide on its drafts while it goes on.

    Example:
        ``GeneratePanel(ws)``
    """

    answers = (commands, _jobs.commands, _tags.commands, _prompts.commands)

    _esm = bundle("generate")
