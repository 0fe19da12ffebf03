"""A model that is at another address than before: what was paid, or maybe paid, is not sent a second time unasked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.flows.two_models import PREFS, settings, three_endpoints
from workbench.errors import InvalidInput, ModelError
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store.connection import Database

BOTH = {**PREFS, "questions": 1, "models": "big, small"}


def stopped(ws, calls=2, **more):
    """A run that its limit ended after so many calls."""
    run = ws.generate("topic_to_pref", params={**BOTH, **more}, budget=Budget(calls=calls), seed=3).wait(60)
    assert (run.state, len(ws.calls(run.id))) == ("failed", calls)
    return run


def moved(ws, one, two, calls):
    """A run, ended by its limit after so many calls, of a workspace's own model that has moved from `one` to `two`."""
    ws.set_model(settings(one, "big-9"))
    run = stopped(ws, calls, models="")
    ws.set_model(settings(two, "big-9"))
    return run


def of_before(ws, run):
    """The run as it was kept when addresses were not."""
    with ws._store.write("ana", "run", undoable=False) as writer:
        writer.save_run(replace(ws.run(run.id), endpoints={}))


@pytest.mark.parametrize("older", [False, True], ids=["kept", "of before"])
def test_what_was_answered_at_another_address_is_not_paid_again(tmp_path, older):
    with three_endpoints(tmp_path / "w") as (ws, one, two, three):
        ws.set_model(settings(one, "big-9"), "big")
        ws.set_model(settings(two, "small-1"), "small")
        run = stopped(ws)
        if older:
            of_before(ws, run)
        ws.set_model(settings(three, "big-9"), "big")
        with pytest.raises(InvalidInput, match=rf"asked big at {one.url}, which is at {three.url} now") as caught:
            ws.resume(run.id, budget=Budget())
        assert "connect it at that address again, or start a new run" in caught.value.hint
        assert not three.requests
        ws.set_model(settings(one, "big-9"), "big")
        again = ws.resume(run.id, budget=Budget()).wait(60)
        assert again.counts == {"drafted": 4}
        assert len(one.requests) + len(two.requests) == 5  # a question and four answers, none of them twice


def test_two_models_of_one_name_that_change_places_are_told_apart(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        ws.set_model(settings(one, "same-1"), "big")
        ws.set_model(settings(two, "same-1"), "small")
        run = stopped(ws)
        ws.set_model(settings(two, "same-1"), "big")
        ws.set_model(settings(one, "same-1"), "small")
        with pytest.raises(InvalidInput, match="the run asked big at"):
            ws.resume(run.id, budget=Budget())


def test_the_workspaces_own_model_that_moved_is_refused_too(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        run = moved(ws, one, two, calls=2)
        with pytest.raises(InvalidInput, match="the run asked big-9 at"):
            ws.resume(run.id, budget=Budget())
        assert not two.requests


def test_a_call_in_doubt_at_another_address_is_not_sent_unasked(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        run = moved(ws, one, two, calls=1)
        ws._store.finish_call(replace(ws.calls(run.id)[0], state="in_doubt", response=""))
        with pytest.raises(InvalidInput, match="which is at"):
            ws.resume(run.id, budget=Budget())
        assert not two.requests


def test_a_model_may_move_where_nothing_would_be_paid_again(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(a_sample(f"Question {n}?", "At nine.", id=f"s{n}") for n in range(4))
        ws.set_model(settings(one, "big-9", in_flight=1))
        run = ws.generate("answer", [f"s{n}" for n in range(4)], {"variants": 1}, budget=Budget(calls=2)).wait(60)
        assert ws.run(run.id).counts == {"drafted": 2, "waiting": 2}
        ws.set_model(settings(two, "big-9"))
        assert ws.resume(run.id, budget=Budget()).wait(60).counts == {"drafted": 4}
        assert (len(one.requests), len(two.requests)) == (2, 2)
        assert ws.run(run.id).endpoints == {"": two.url}


def four(ws, one):
    """Four conversations, and the workspace's own model at this address."""
    with ws._store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}?", "At nine.", id=f"s{n}") for n in range(4))
    ws.set_model(settings(one, "big-9", in_flight=1))


def test_a_model_may_move_between_the_drafts_of_one_conversation(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        run = ws.generate("answer", ["s0"], {"variants": 4}, budget=Budget(calls=2)).wait(60)
        kept = {draft.row: draft for draft in ws.drafts(run.id)}
        ws.set_model(settings(two, "big-9"))
        assert ws.resume(run.id, budget=Budget()).wait(60).counts.keys() <= {"drafted", "gated"}
        assert (len(one.requests), len(two.requests)) == (2, 2)
        assert kept.items() <= {draft.row: draft for draft in ws.drafts(run.id)}.items()


def test_a_row_made_at_the_new_address_does_not_open_it_to_those_that_wait_at_the_old(tmp_path):
    """Rows of one conversation have an answer that was paid at the old address and no draft yet."""
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        run = ws.generate("answer", ["s0", "s1"], {"variants": 1}, budget=Budget(calls=1)).wait(60)
        lost = ws._store.drafts(run=run.id)[0]
        down = replace(lost, turns=(), state="failed", reason="it is down", meta={"error": {"code": "model"}})
        with ws._store.write("ana", "drafts", undoable=False) as writer:
            writer.add_drafts([replace(down, id="d_down", row=1, parents=("s1",), calls=())])
        unwritten(ws, lost)
        ws.set_model(settings(two, "big-9"))
        for _ in range(2):
            with pytest.raises(InvalidInput, match=rf"asked big-9 at {one.url}, which is at {two.url} now"):
                ws.resume(run.id, budget=Budget())
            if len(two.requests) == 0:
                ws.resume(run.id, only=["d_down"], budget=Budget()).wait(60)
        assert (len(one.requests), len(two.requests)) == (1, 1)
        assert ws.run(run.id).endpoints == {"": one.url}
        ws.set_model(settings(one, "big-9"))
        assert ws.resume(run.id, budget=Budget()).wait(60).counts == {"drafted": 2}
        assert (len(one.requests), len(two.requests)) == (1, 1)


def test_an_answer_behind_an_edit_that_has_no_draft_yet_is_not_paid_again_elsewhere(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        run = ws.generate("answer", ["s0"], {"variants": 4}, budget=Budget(calls=2)).wait(60)
        ws.edit("s0", turn=ws.get("s0").turns[0].id, text="Another question?", base_revision=1)
        run = ws.resume(run.id, budget=Budget(calls=3)).wait(60)
        unwritten(ws, next(draft for draft in ws._store.drafts(run=run.id) if draft.row == 2))
        ws.set_model(settings(two, "big-9"))
        with pytest.raises(InvalidInput, match=rf"asked big-9 at {one.url}, which is at {two.url} now"):
            ws.resume(run.id, budget=Budget())
        ws.set_model(settings(one, "big-9"))
        ws.resume(run.id, budget=Budget()).wait(60)
        assert (len(one.requests), len(two.requests)) == (4, 0)


@pytest.mark.parametrize("seed", [0, 3], ids=["drawn", "left out"])
def test_a_row_of_a_pilot_made_at_the_new_address_opens_it_to_no_other(tmp_path, seed):
    """Of three rows one is made, one failed, and one is paid: the same pilot now draws that one, or leaves it out."""
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(a_sample(f"Question {n}?", "At nine.", id=f"s{n}") for n in range(12))
        ws._store.set_setting("model", {"in_flight": 1})
        old = at(one, "At nine.", ModelError("no endpoint there"), "Somebody knows.")
        parents = [f"s{n}" for n in range(12)]
        run = ws.generate("answer", parents, {"variants": 1}, pilot=3, seed=seed, model=old).wait(60)
        unwritten(ws, ws.drafts(run.id)[-1])
        (down,) = ws.drafts(run.id, state="failed")
        run = ws.resume(run.id, only=[down.id], model=at(two, "Ring the bell at the green door.")).wait(60)
        assert (run.pilot, run.counts["waiting"], run.counts.get("failed")) == (3, 10, None)
        assert run.endpoints == {"": one.url}


@pytest.mark.parametrize("done", [False, True], ids=["lost", "answered"])
def test_a_doubt_that_is_sent_again_is_sent_to_where_the_model_is_now(tmp_path, done):
    """What a person has sent again keeps it at no address; another answer of the same row, that was paid, does."""
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        lost, down = ModelError("no complete answer", maybe_charged=True), ModelError("no endpoint there")
        recipe, params, *answers = (
            ("rank_n", {"variants": 3, "judge": True}, "At nine.", lost, down) if done else
            ("answer", {"variants": 1}, lost)
        )  # fmt: skip
        run = ws.generate(recipe, ["s0"], params, model=at(one, *answers)).wait(60)
        (doubt,) = ws.drafts(run.id, state="in_doubt")
        assert [call.state for call in ws.calls(run.id)][: done + 1] == ["done"] * done + ["in_doubt"]
        new = at(two, "At ten.")
        if done:
            with pytest.raises(InvalidInput, match=rf"at {one.url}, which is at {two.url} now"):
                ws.resume(run.id, model=new, send_again=[doubt.id])
        else:
            assert ws.resume(run.id, model=new, send_again=[doubt.id]).wait(60).counts == {"drafted": 1}


def unwritten(ws, draft):
    """The process was killed before the record of a draft was written."""
    database = Database(ws.path / "workbench.db")
    database.rows("DELETE FROM gate_finding WHERE draft = (SELECT ord FROM draft WHERE id = ?)", (draft.id,))
    database.rows("DELETE FROM draft WHERE id = ?", (draft.id,))
    database.close()


def test_an_address_that_was_overwritten_before_is_still_looked_at(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        run = moved(ws, one, two, calls=2)
        with ws._store.write("ana", "run", undoable=False) as writer:
            writer.save_run(replace(ws.run(run.id), endpoints={"": two.url}))
        with pytest.raises(InvalidInput, match="the run asked big-9 at"):
            ws.resume(run.id, budget=Budget())
        assert not two.requests


@pytest.mark.parametrize("down", [False, True], ids=["cut off", "and down"])
def test_what_every_try_would_ask_anew_keeps_no_model_at_its_old_address(tmp_path, down):
    """An answer that was cut off, and then an endpoint that was down: both would be asked anew in any case."""
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        run = ws.generate("answer", ["s0"], {"variants": 1}, model=at(one, cut_off())).wait(60)
        if down:
            run = ws.resume(run.id, model=at(one, ModelError("no endpoint there"))).wait(60)
        assert run.counts == {"failed": 1}
        assert ws.resume(run.id, model=at(two, "It opens at nine.")).wait(60).counts == {"drafted": 1}


def at(server, *answers):
    """A model at this address that gives these answers, or errors."""
    model = ScriptedModel(answers)
    model.endpoint = server.url
    return model


def cut_off():
    error = ModelError("the answer reached its length limit unfinished")
    error.tokens = (10, 5)
    return error


def test_a_set_whose_rows_are_whole_goes_on_at_another_address(tmp_path):
    with three_endpoints(tmp_path / "w") as (ws, one, two, _):
        four(ws, one)
        params = {"grid": "language: en | fr\nlength: short | middle", "target": 3, "variants": 8, "floor": 0.0}
        first, second = (ScriptedModel(conversation) for _ in range(2))
        first.endpoint, second.endpoint = one.url, two.url
        run = ws.generate("gap_fill", "", params, model=first, seed=3, budget=Budget(calls=3)).wait(60)
        assert run.counts == {"drafted": 3, "waiting": 5}
        run = ws.resume(run.id, model=second, budget=Budget()).wait(60)
        assert (run.counts, len(first.history), len(second.history)) == ({"drafted": 8}, 3, 5)


def conversation(request):
    """As many turns as are asked for."""
    turns = request.schema["properties"]["turns"]["minItems"]
    return json.dumps({"turns": [f"Turn {n} of {request.seed}." for n in range(turns)]})
