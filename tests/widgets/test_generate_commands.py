from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import GeneratePanel, _gaps
from widgets._generate import budget_from, cost_of
from widgets._model import settings_from, tried
from workbench.errors import GenerateError, InvalidInput, ModelError, ModelUnreachable
from workbench.llm import ScriptedModel
from workbench.llm.base import Reply
from workbench.model import CallCount
from workbench.workspace import Workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, GeneratePanel)


@pytest.fixture
def drafts(ws: Workspace, call: Any) -> list[dict[str, Any]]:
    """The queue after a run that needs no model."""
    started = call("generate.run", recipe="noise", where="", params={})
    finished(ws, started)
    found: list[dict[str, Any]] = call("draft.queue", run=started["run"])["drafts"]
    assert found
    return found


def test_recipes_come_with_their_forms(call: Any) -> None:
    recipes = {recipe["name"]: recipe for recipe in call("generate.start")["recipes"]}
    assert recipes["noise"]["needs_model"] is False
    assert {"name", "kind", "title"} <= set(recipes["noise"]["form"][0])


def test_the_demo_model_is_called_that(call: Any) -> None:
    model = call("model.get")
    assert model["local"] is True
    assert "expect weak text" in model["label"]


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


def test_a_draft_opens_beside_its_parent(ws: Workspace, call: Any, drafts: list[dict[str, Any]]) -> None:
    found = call("draft.open", id=drafts[0]["id"])
    assert found["parent"]["id"] in ws.ids()
    assert found["draft"]["turns"]
    assert found["decided"] is False


def test_accepting_makes_a_sample_and_shortens_the_queue(
    ws: Workspace, call: Any, drafts: list[dict[str, Any]]
) -> None:
    (sample,) = call("draft.accept", ids=[drafts[0]["id"]])["samples"]
    assert ws.get(sample).origin.synthetic
    assert drafts[0]["id"] not in [line["id"] for line in call("draft.queue")["drafts"]]


def test_a_text_that_breaks_its_proof_is_refused_with_why_and_accepted_without_it(ws: Workspace, call: Any) -> None:
    started = call("generate.run", recipe="derive_then_say", where="", params={"variants": 1})
    finished(ws, started)
    (draft,) = ws.drafts(started["run"])
    turns = [{"id": turn.id, "role": turn.role, "content": turn.content, "extra": turn.extra} for turn in draft.turns]
    turns[1]["content"] += "\nPigs fly."
    refused = call("draft.accept", ids=[draft.id], turns=turns)
    assert (refused["code"], refused["lost"][0]["why"]) == ("guarantee_lost", "it says more than is proved: Pigs fly.")
    accepted = call("draft.accept", ids=[draft.id], turns=turns, plain=True)
    assert [(one["check"], one["severity"]) for one in accepted["found"]] == [("proved", "problem")]
    assert ws.get(accepted["samples"][0]).turns[1].extra == {}


def test_accepting_with_new_turns_keeps_the_persons_text(
    ws: Workspace, call: Any, drafts: list[dict[str, Any]]
) -> None:
    turns = call("draft.open", id=drafts[0]["id"])["draft"]["turns"]
    turns[0]["content"] = "Rewritten by hand"
    (sample,) = call("draft.accept", ids=[drafts[0]["id"]], turns=turns)["samples"]
    assert ws.get(sample).turns[0].content == "Rewritten by hand"
    assert ws.get(sample).origin.edited_by == "ana"  # type: ignore[union-attr]


def test_a_draft_is_decided_once(call: Any, drafts: list[dict[str, Any]]) -> None:
    call("draft.accept", ids=[drafts[0]["id"]])
    assert call("draft.accept", ids=[drafts[0]["id"]])["code"] == "invalid_input"


def test_undo_brings_a_decided_draft_back(call: Any, drafts: list[dict[str, Any]]) -> None:
    call("draft.reject", ids=[drafts[0]["id"]], reason="off topic")
    assert call("step.undo")["step"] is not None
    assert drafts[0]["id"] in [line["id"] for line in call("draft.queue")["drafts"]]


def test_a_rejection_needs_a_reason_and_keeps_it(ws: Workspace, call: Any, drafts: list[dict[str, Any]]) -> None:
    assert call("draft.reject", ids=[drafts[0]["id"]], reason="  ")["code"] == "invalid_input"
    call("draft.reject", ids=[drafts[0]["id"]], reason=" not natural ")
    assert ws.draft(drafts[0]["id"]).reason == "not natural"


def test_turns_that_cannot_be_read_are_refused(call: Any, drafts: list[dict[str, Any]]) -> None:
    assert call("draft.accept", ids=[drafts[0]["id"]], turns=[{"role": "user"}])["code"] == "invalid_input"


def test_candidates_of_one_request_can_be_ranked(ws: Workspace, call: Any) -> None:
    started = call("generate.run", recipe="noise", where="card", params={"variants": 2})
    finished(ws, started)
    first, second = (line["id"] for line in call("draft.queue", run=started["run"])["drafts"])
    call("draft.rank", ranks={first: 2, second: 1})
    assert {line["id"]: line["rank"] for line in call("draft.queue")["drafts"]} == {first: 2, second: 1}


def test_candidates_of_one_request_stand_together(ws: Workspace, call: Any) -> None:
    started = call("generate.run", recipe="noise", where="card OR lab", params={"variants": 3})
    finished(ws, started)
    groups = [line["group"] for line in call("draft.queue")["drafts"]]
    assert groups == sorted(groups, key=groups.index)
    assert len(set(groups)) == 2


def test_a_rank_below_one_is_refused(call: Any, drafts: list[dict[str, Any]]) -> None:
    assert call("draft.rank", ranks={drafts[0]["id"]: 0})["code"] == "invalid_input"


def test_an_unknown_draft_is_an_error(call: Any) -> None:
    assert call("draft.open", id="none")["code"] == "not_found"


def test_stopping_a_run_that_does_not_run_is_told(call: Any, drafts: list[dict[str, Any]]) -> None:
    assert call("run.stop", run=drafts[0]["run"])["code"] == "invalid_input"


def test_limits_are_numbers_or_nothing() -> None:
    budget = budget_from({"usd": "2.5", "tokens": "", "calls": 10})
    assert (budget.usd, budget.tokens, budget.calls) == (2.5, None, 10)


@pytest.mark.parametrize("record", [{"usd": "much"}, {"usd": -1}, {"usd": float("inf")}, {"tokens": "1.5"}])
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


def test_an_endpoint_is_kept_without_any_key(ws: Workspace, call: Any) -> None:
    saved = call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "MY_KEY"})
    assert saved["local"] is False
    assert "127.0.0.1" in saved["label"]
    assert ws.model_settings()["key_variable"] == "MY_KEY"


def test_a_key_in_place_of_a_variables_name_is_refused(call: Any) -> None:
    settings = {"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "sk-1234567890abcdefghij"}
    assert call("model.save", settings=settings)["code"] == "invalid_input"


def test_the_place_of_a_key_in_the_keyring_is_kept_and_shown(ws: Workspace, call: Any) -> None:
    entry = {"key_service": "gateway", "key_user": "ana"}
    saved = call(
        "model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "", **entry}
    )
    assert saved["settings"].items() >= entry.items()
    assert ws.model_settings().items() >= entry.items()
    again = call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m", "key_variable": "MY_KEY"})
    assert again["settings"]["key_service"] == ""


def test_the_form_gets_every_preset(ws: Workspace, call: Any) -> None:
    presets = call("model.get")["presets"]
    assert [preset["name"] for preset in presets] == [preset.name for preset in ws.model_presets()]
    assert {preset["needs_key"] for preset in presets} == {True, False}


def test_no_address_means_the_local_model(call: Any) -> None:
    call("model.save", settings={"base_url": "http://127.0.0.1:1/v1", "model": "m"})
    assert call("model.save", settings={"base_url": "", "model": "", "key_variable": ""})["local"] is True


def test_settings_the_drawer_does_not_show_stay() -> None:
    before = {"base_url": "https://a.example/v1", "model": "m", "in_flight": 4}
    kept = settings_from({"base_url": "https://b.example/v1", "model": "n", "usd_per_million_in": "1,5"}, before)
    assert kept == {"in_flight": 4, "base_url": "https://b.example/v1", "model": "n", "usd_per_million_in": 1.5}


def test_a_price_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidInput):
        settings_from({"base_url": "https://b.example/v1", "usd_per_million_in": "cheap"}, {})


def test_a_model_that_does_not_answer_is_an_answer_of_the_test() -> None:
    def refused(name: str) -> Any:
        raise ModelUnreachable("nothing answers", hint="is it running?")

    told = tried(SimpleNamespace(try_model=refused), "main")
    assert told["ok"] is False
    assert (told["message"], told["hint"]) == ("nothing answers", "is it running?")


def test_a_model_that_answers_says_what() -> None:
    told = tried(SimpleNamespace(try_model=lambda name: Reply("Hello there", "stop", 5, 2, "small")), "main")
    assert (told["ok"], told["text"], told["model"]) == (True, "Hello there", "small")


def a_run(ws: Workspace, replies: Any, recipe: str = "answer", **more: Any) -> Any:
    ws.set_model({"base_url": "http://127.0.0.1:1/v1", "model": "scripted", "in_flight": 1})
    return ws.generate(recipe, ws.ids()[:1], {"variants": 1}, model=ScriptedModel(replies), **more).wait()


def test_what_was_maybe_charged_is_listed_and_sent_again_one_by_one(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_run(ws, [ModelError("no complete answer", maybe_charged=True)])
    found = call("draft.lost", run=run.id)
    (row,) = found["rows"]
    assert (row["state"], row["repairable"], found["more"]) == ("in_doubt", False, False)
    assert call("run.list")[0]["cost"]["states"] == {"in_doubt": 1}
    assert call("run.resume", run=run.id)["code"] == "invalid_input"
    monkeypatch.setattr("workbench.flows.run_models.model_from_settings", lambda settings: ScriptedModel(["Fine."]))
    finished(ws, call("run.resume", run=run.id, send_again=[row["id"]], only=[row["id"]]))
    assert call("run.list")[0]["counts"] == {"drafted": 1}
    assert call("draft.lost", run=run.id)["rows"] == []


def test_an_answer_that_could_not_be_read_is_listed_mended_and_becomes_a_draft(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise GenerateError("the model did not answer with valid JSON", raw="An answ")

    with monkeypatch.context() as patch:
        patch.setattr("workbench.generate.recipes.answer.Candidate", broken)
        run = a_run(ws, ["An answ"])
    (row,) = call("draft.lost", run=run.id)["rows"]
    assert (row["raw"], row["repairable"]) == ("An answ", True)
    made = call("draft.repair", id=row["id"], text="An answer.")
    assert call("draft.open", id=made["draft"])["draft"]["meta"]["repaired"]["raw"] == "An answ"
    assert call("run.list")[0]["counts"] == {"drafted": 1}
    assert call("draft.repair", id=row["id"], text="An answer.")["code"] == "invalid_input"


def test_reused_rows_are_counted(ws: Workspace, call: Any) -> None:
    a_run(ws, ["Fine."])
    a_run(ws, [], reuse=True)
    listed = call("run.list")
    assert [run["reused"] for run in listed] == [1, 0]
    assert listed[0]["cost"]["calls"] == 0


def test_each_count_of_a_yield_opens_its_drafts(ws: Workspace, call: Any, drafts: list[dict[str, Any]]) -> None:
    run = drafts[0]["run"]
    call("draft.accept", ids=[drafts[0]["id"]])
    given = call("run.yield", run=run)
    assert (given["made"], given["accepted"]) == (len(drafts), 1)
    assert given["lost"] == [{"reason": "there is no place for a slip", "rows": 1}]
    for gate in [*given["gates"], given["everything"]]:
        for verdict in ("passed", "unsure", "failed"):
            found = call("run.gated", run=run, gate=gate["gate"], verdict=verdict)
            assert len(found["drafts"]) == gate[verdict]["drafts"]
    accepted = call("run.gated", run=run, verdict="passed", became="accepted")["drafts"]
    accepted += call("run.gated", run=run, verdict="unsure", became="accepted")["drafts"]
    accepted += call("run.gated", run=run, verdict="failed", became="accepted")["drafts"]
    assert [(one["id"], one["by"]) for one in accepted] == [(drafts[0]["id"], "ana")]


def test_figures_come_at_once_for_few_drafts_and_from_a_job_for_many(ws: Workspace, call: Any) -> None:
    said = json.dumps({"turns": ["The valve froze.", "Close it.", "And then?", "Wait."]})
    lists = {"things": "valve", "actions": "close", "conditions": "\n".join(["frozen", *map(str, range(120))])}
    model = ScriptedModel(lambda request: said)
    few = ws.generate("lexicon_triples", params={**lists, "variants": 3}, model=model).wait()
    assert call("run.yield", run=few.id)["figures"] is True
    given = call("run.figures", run=few.id)
    assert given["drafts"] == 3
    assert (
        given["figures"][0] | {"title": "Different triples used", "value": 3, "of": 121, "unit": "triples"}
        == (given["figures"][0])
    )
    many = ws.generate("lexicon_triples", params={**lists, "variants": 101}, model=model).wait()
    job = call("run.figures", run=many.id)["job"]
    ws.job(job).wait(60)
    assert call("run.figured", job=job)["figures"][0]["value"] == 101
    other = a_run(ws, ["Fine."])
    assert call("run.yield", run=other.id)["figures"] is False
    assert call("run.figures", run=other.id) == {"drafts": 0, "figures": []}


def test_the_grid_of_a_run_that_fills_gaps_comes_with_what_its_cells_hold(ws: Workspace, call: Any) -> None:
    said = ["Is the lab open?", "Yes, from seven to noon.", "And on a Sunday?", "No, it is closed."]
    model = ScriptedModel(lambda request: json.dumps({"turns": said}))
    grid = "language: en | zh\nlength: short"
    run = ws.generate("gap_fill", "", {"grid": grid, "target": 40, "variants": 2}, model=model).wait()
    (written,) = [draft for draft in ws.drafts(run.id) if draft.meta["gap"]["cell"]["language"] == "zh"][:1]
    call("draft.accept", ids=[written.id])
    told = call("run.gaps", run=run.id)
    assert told["axes"] == [{"name": "language", "values": ["en", "zh"]}, {"name": "length", "values": ["short"]}]
    _, chinese = told["cells"]
    assert chinese["after"] == chinese["before"] + 1
    assert chinese["short"] == 40 - chinese["after"]
    assert (told["filled"], told["wanting"], told["each"]) == (0, 2, None)
    assert len(ws.ids(chinese["query"])) == chinese["after"]
    assert call("run.gaps", run="run_0")["code"] == "not_found"
    assert "fills no grid" in call("run.gaps", run=a_run(ws, ["Fine."]).id)["message"]


def test_the_grid_of_a_selection_comes_before_a_run_with_what_it_would_write(ws: Workspace, call: Any) -> None:
    params = {"grid": "language: en | zh\ndomain: law | helth", "target": 40, "variants": 3}
    told = call("generate.gaps", where="", params=params)
    assert told["axes"] == [
        {"name": "language", "values": ["en", "zh"]},
        {"name": "domain", "values": ["law", "helth"]},
    ]
    assert (told["questions"], told["selected"]) == (["domain"], ws.count(""))
    assert (told["wanting"], told["lacking"], told["planned"]) == (4, 160, 3)
    assert [cell["planned"] for cell in told["cells"]] == [1, 1, 1, 0]
    assert {(cell["before"], cell["target"], cell["short"]) for cell in told["cells"]} == {(0, 40, 40)}
    assert "helth" in told["notes"][0]
    some = call("generate.gaps", where=ws.ids("")[:2], params={"grid": "length: short | middle | long", "target": 9})
    assert sum(cell["before"] for cell in some["cells"]) == 2
    assert [len(ws.ids(cell["query"])) for cell in some["cells"]] == [cell["before"] for cell in some["cells"]]
    assert "no length 'huge'" in call("generate.gaps", where="", params={"grid": "length: huge"})["message"]
    assert call("generate.gaps", where="language:xx", params={"grid": "length: short"})["selected"] == 0


def test_the_cells_of_many_conversations_are_counted_by_a_job(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_gaps, "FEW", 2)
    params = {"grid": "length: short | middle | long", "target": 9}
    assert ws.count("") == 3
    for where, counts in (("", 3), (ws.ids(""), 3)):
        job = call("generate.gaps", where=where, params=params)["job"]
        ws.job(job).wait(30)
        assert sum(cell["before"] for cell in call("generate.counted", job=job)["cells"]) == counts
    assert call("generate.gaps", where=ws.ids("")[:2], params=params)["selected"] == 2
    wrong = call("generate.gaps", where="", params={"grid": "length: huge"})["job"]
    with pytest.raises(InvalidInput):
        ws.job(wrong).wait(30)
    assert "no length 'huge'" in call("generate.counted", job=wrong)["message"]


def test_a_draft_that_a_gate_was_unsure_about_shows_what_the_gate_said(ws: Workspace, call: Any) -> None:
    same = "The desk is open from Monday to Friday between seven and noon, and it is closed on Sunday."
    run = ws.generate("answer", "", {"variants": 1}, model=ScriptedModel([same] * 9)).wait()
    found = call("run.gated", run=run.id, gate="similar", verdict="unsure")["drafts"]
    assert found
    assert {one["said"][0]["title"] for one in found} == {"Unlike the others"}
    assert all("nearly the same as draft" in one["said"][0]["message"] for one in found)
