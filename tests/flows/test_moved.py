"""A model that is at another address than before: what was paid, or maybe paid, is not sent a second time unasked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.flows.two_models import PREFS, Talker, settings
from tests.llm.endpoint import endpoint
from workbench.errors import InvalidInput
from workbench.model import Budget
from workbench.workspace import open_workspace

BOTH = {**PREFS, "questions": 1, "models": "big, small"}


@contextmanager
def desk(folder):
    """A workspace, with three endpoints that answer every request."""
    with (
        endpoint(Talker()) as one,
        endpoint(Talker()) as two,
        endpoint(Talker()) as three,
        open_workspace(folder, author="ana") as ws,
    ):
        yield ws, one, two, three


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
    with desk(tmp_path / "w") as (ws, one, two, three):
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
    with desk(tmp_path / "w") as (ws, one, two, _):
        ws.set_model(settings(one, "same-1"), "big")
        ws.set_model(settings(two, "same-1"), "small")
        run = stopped(ws)
        ws.set_model(settings(two, "same-1"), "big")
        ws.set_model(settings(one, "same-1"), "small")
        with pytest.raises(InvalidInput, match="the run asked big at"):
            ws.resume(run.id, budget=Budget())


def test_the_workspaces_own_model_that_moved_is_refused_too(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, _):
        run = moved(ws, one, two, calls=2)
        with pytest.raises(InvalidInput, match="the run asked big-9 at"):
            ws.resume(run.id, budget=Budget())
        assert not two.requests


def test_a_call_in_doubt_at_another_address_is_not_sent_unasked(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, _):
        run = moved(ws, one, two, calls=1)
        ws._store.finish_call(replace(ws.calls(run.id)[0], state="in_doubt", response=""))
        with pytest.raises(InvalidInput, match="which is at"):
            ws.resume(run.id, budget=Budget())
        assert not two.requests


def test_a_model_may_move_where_nothing_would_be_paid_again(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, _):
        with ws._store.write("ana", "import") as writer:
            writer.add_samples(a_sample(f"Question {n}?", "At nine.", id=f"s{n}") for n in range(4))
        ws.set_model(settings(one, "big-9", in_flight=1))
        run = ws.generate("answer", [f"s{n}" for n in range(4)], {"variants": 1}, budget=Budget(calls=2)).wait(60)
        assert ws.run(run.id).counts == {"drafted": 2, "waiting": 2}
        ws.set_model(settings(two, "big-9"))
        assert ws.resume(run.id, budget=Budget()).wait(60).counts == {"drafted": 4}
        assert (len(one.requests), len(two.requests)) == (2, 2)
        assert ws.run(run.id).endpoints == {"": two.url}
