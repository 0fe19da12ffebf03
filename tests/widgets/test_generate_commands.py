"""Starting a run: what it starts from, what it would take and may spend, and the table of runs."""

from __future__ import annotations

from typing import Any

import pytest

from widgets._generate import budget_from, cost_of
from workbench.errors import InvalidInput
from workbench.llm import ScriptedModel
from workbench.model import CallCount
from workbench.workspace import Workspace


def test_recipes_come_with_their_forms(call: Any) -> None:
    recipes = {recipe["name"]: recipe for recipe in call("generate.start")["recipes"]}
    assert recipes["noise"]["needs_model"] is False
    assert {"name", "kind", "title"} <= set(recipes["noise"]["form"][0])


def test_a_gate_that_flags_drafts_is_told_by_its_title_in_the_table_of_runs(ws: Workspace, call: Any) -> None:
    model = ScriptedModel(lambda _: "It opens at nine, and closes at five.")
    run = ws.generate("answer", ws.ids()[:1], {"variants": 2}, model=model).wait(30)
    assert run.reasons == {"similar": 1}
    (line,) = (one for one in call("run.list") if one["id"] == run.id)
    assert line["reasons"] == {"Failed: Unlike the others": 1}


def test_conversations_are_counted_by_query_and_by_ids(ws: Workspace, call: Any) -> None:
    assert call("generate.count", where="card") == {"count": 1}
    assert call("generate.count", where=ws.ids()[:2]) == {"count": 2}


def test_a_run_starts_from_what_is_nearest_to_a_conversation(ws: Workspace, call: Any) -> None:
    first, *others = ws.ids()
    near = {"like": first, "query": "", "mix": 1, "limit": 1}
    assert call("generate.count", where=near) == {"count": 1}
    started = call("generate.run", recipe="noise", where=near)
    run = ws.run(started["run"])
    assert set(run.parents) <= set(others)
    assert run.query == f"all; nearest to {first}, mix 1; best 1"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({"query": "card"}, "invalid_input"),
        ({"like": ""}, "invalid_input"),
        ({"like": "s_none"}, "not_found"),
        ({"like": "ID", "mix": 2}, "invalid_input"),
        ({"like": "ID", "limit": 0}, "invalid_input"),
        ({"like": "ID", "from": "x"}, "invalid_input"),
        ({"like": "ID", "query": "nofield:x"}, "query"),
    ],
)
def test_what_is_no_place_to_start_from_is_told(ws: Workspace, call: Any, where: dict[str, Any], code: str) -> None:
    if where.get("like") == "ID":
        where = {**where, "like": ws.ids()[0]}
    assert call("generate.count", where=where)["code"] == code


def test_an_estimate_of_a_recipe_without_model_has_no_calls(call: Any) -> None:
    estimate = call("generate.estimate", recipe="noise", where="", params={}, limit=2)
    assert (estimate["rows"], estimate["calls"]) == (2, 0)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"recipe": "none", "where": ""}, "unknown_name"),
        ({"recipe": "noise", "where": "naturalness>="}, "query"),
        ({"recipe": "noise", "where": "", "params": {"nothing": 1}}, "invalid_input"),
    ],
)
def test_a_run_that_cannot_start_says_why(call: Any, args: dict[str, Any], code: str) -> None:
    assert call("generate.run", **args)["code"] == code


def test_the_runs_table_has_counts_that_add_up(call: Any, drafts: list[dict[str, Any]]) -> None:
    (run,) = call("run.list")
    assert sum(run["counts"].values()) + run["waiting"] == run["requested"]
    assert run["state"] == "done"
    assert run["cost"]["calls"] == 0


def test_stopping_a_run_that_does_not_run_is_told(call: Any, drafts: list[dict[str, Any]]) -> None:
    assert call("run.stop", run=drafts[0]["run"])["code"] == "invalid_input"


def test_limits_are_numbers_or_nothing() -> None:
    budget = budget_from({"usd": "2.5", "tokens": "", "calls": 10})
    assert (budget.usd, budget.tokens, budget.calls) == (2.5, None, 10)


NO_AMOUNTS: list[dict[str, Any]] = [
    {"usd": "much"}, {"usd": -1}, {"usd": float("inf")}, {"usd": "nan"}, {"usd": "1e999"}, {"usd": 10**400},
    {"tokens": "1.5"}, {"tokens": float("inf")}, {"calls": float("nan")},
]  # fmt: skip


@pytest.mark.parametrize("record", NO_AMOUNTS)
def test_a_limit_that_is_no_amount_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        budget_from(record)


def test_costs_are_added_up() -> None:
    cost = cost_of([CallCount("done", 2, 15, 0.75), CallCount("failed", 1, 0, 0.0)])
    assert (cost["calls"], cost["tokens"], cost["usd"]) == (3, 15, 0.75)
    assert (cost["estimated"], cost["tokens_in_doubt"]) == (0, 0)


def test_what_is_estimated_or_in_doubt_is_counted_apart() -> None:
    cost = cost_of([CallCount("done", 4, 15, 0.75, 3), CallCount("in_doubt", 1, 900, 0.1)])
    assert (cost["tokens"], cost["estimated"], cost["tokens_in_doubt"]) == (15, 3, 900)


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    assert cost_of([CallCount("done", 2, 15, None), CallCount("failed", 1, 0, 0.0)])["usd"] is None
