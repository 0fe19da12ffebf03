"""What each model of a run gave and cost: models of one name at two addresses are two."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.flows.two_models import PREFS, settings, three_endpoints

PARAMS = {**PREFS, "models": "big, small"}


@contextmanager
def desk(folder):
    """A workspace with "same-1" at two endpoints, as "big" and, for a tenth of its price, "small"; and a third one."""
    with three_endpoints(folder) as (ws, one, two, three):
        ws.set_model(settings(one, "same-1", usd_per_million_in=10.0, usd_per_million_out=20.0), "big")
        ws.set_model(settings(two, "same-1"), "small")
        yield ws, one, two, three


def test_two_models_of_one_name_are_told_apart_by_what_a_person_calls_them(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, _):
        run = ws.generate("topic_to_pref", params=PARAMS, seed=3).wait(60)
        drafts = ws.drafts(run.id)
        ws.accept([draft.id for draft in drafts if draft.meta["asked_as"] == "small"][:1])
        big, small = ws.run_yield(run.id).models
        assert [(found.asked_as, found.model) for found in (big, small)] == [("big", "same-1"), ("small", "same-1")]
        assert (big.made, small.made, big.accepted, small.accepted) == (4, 4, 0, 1)
        assert (big.calls, small.calls) == (len(one.requests), len(two.requests)) == (6, 4)
        assert big.usd == pytest.approx(10 * small.usd * 6 / 4)
        assert str(small).startswith("small: same-1: 4 with a text, 1 accepted")


def test_calls_at_an_address_that_neither_has_any_more_stand_for_themselves(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, three):
        run = ws.generate("topic_to_pref", params=PARAMS, pilot=4, seed=3).wait(60)
        assert (len(one.requests), len(two.requests)) == (3, 2), "a question and its four answers"
        ws.set_model(settings(three, "same-1"), "small")
        ws.resume(run.id).wait(60)
        big, small, elsewhere = ws.run_yield(run.id).models
        assert (big.calls, small.calls) == (len(one.requests), len(three.requests))
        assert (elsewhere.asked_as, elsewhere.calls, elsewhere.made) == ("", 2, 0)
        assert (big.made, small.made) == (4, 4), "a draft keeps what its model was called"


def test_one_endpoint_under_two_names_is_one_model(tmp_path):
    with desk(tmp_path / "w") as (ws, one, *_):
        ws.set_model(settings(one, "same-1"), "small")
        ws.set_model(settings(one, "other-1"))
        run = ws.generate("topic_to_pref", params={**PARAMS, "models": "big, small, main"}, seed=3).wait(60)
        both, main = ws.run_yield(run.id).models
        assert (both.asked_as, main.asked_as) == ("big, small", "main")
        assert both.made + main.made == len(ws.drafts(run.id)) == 8
        assert both.calls + main.calls == len(ws.calls(run.id))


def test_a_run_of_before_addresses_were_kept_is_told_by_the_names_of_its_models(tmp_path):
    with desk(tmp_path / "w") as (ws, one, two, _):
        ws.set_model(settings(two, "small-1"), "small")
        run = ws.generate("topic_to_pref", params=PARAMS, seed=3).wait(60)
        with ws._store.write("ana", "run", undoable=False) as writer:
            writer.save_run(replace(ws.run(run.id), endpoints={}))
        big, small = ws.run_yield(run.id).models
        assert (big.calls, small.calls) == (len(one.requests), len(two.requests))
        assert (big.model, small.model, big.made, small.made) == ("same-1", "small-1", 4, 4)
