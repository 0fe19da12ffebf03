"""Drafts in the queue: opened, accepted, rejected, put in order; and rows that came to nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import finished
from tests.widgets.generate_desk import a_run
from workbench.errors import GenerateError, ModelError
from workbench.llm import ScriptedModel
from workbench.workspace import Workspace


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
