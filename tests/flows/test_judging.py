"""A model asked about drafts: how far it can be relied on, by its canaries and by what people decide."""

from __future__ import annotations

import json
import re

import pytest

from tests.flows.judge_desk import careful, judge_desk, judged, opinion
from workbench.errors import ModelUnreachable
from workbench.flows import opinions
from workbench.flows.opinions import FEWEST, MOST_COMPARED
from workbench.generate.canaries import PLANTED
from workbench.llm.local import LocalModel, stop_local_servers


@pytest.fixture
def ws(tmp_path):
    with judge_desk(tmp_path / "w.workspace") as opened:
        yield opened


def test_a_careful_model_catches_every_planted_mistake_and_may_be_relied_on(ws):
    found = judged(ws, careful)
    assert (found.caught.number, found.caught.of, found.alarms.number, found.alarms.of) == (10, 10, 0, 10)
    assert found.caught.range[0] == pytest.approx(0.72, abs=0.01)
    assert found.reliable
    assert found.missed == ()
    assert set(found.opinions) == {draft.id for draft in ws.drafts()}
    assert {one.reason for one in found.opinions.values()} == {"because it is so"}


@pytest.mark.parametrize(("low", "caught", "alarms"), [(False, 0, 0), (True, 10, 10)])
def test_one_that_says_the_same_of_all_is_found_out(ws, low, caught, alarms):
    found = judged(ws, lambda request: opinion(low))
    assert (found.caught.number, found.alarms.number, found.reliable) == (caught, alarms, False)
    assert found.missed == (() if low else tuple(sorted(PLANTED)))


def test_the_set_share_decides_and_few_canaries_say_nothing(ws):
    def sees_half(request):
        street = re.search(r"street (\d)", request.messages[-1].content)
        return careful(request) if street and int(street[1]) % 2 else opinion(False)

    found = judged(ws, sees_half)
    assert 0.1 < found.caught.share < 0.7
    assert not found.reliable
    ws.set_setting("least_caught", 0.1)
    assert ws.judgements()[0].reliable
    assert not judged(ws, careful, canaries=FEWEST - 1, seed=1).reliable


def test_a_mark_for_a_made_up_promise_counts_on_no_canary(ws):
    low = json.dumps({"natural": 5, "right": 5, "promise": 1, "reason": "not what it says"})
    found = judged(ws, lambda request: low)
    assert (found.caught.number, found.alarms.number) == (0, 0)
    assert all(said.off_promise and not said.flagged for said in found.opinions.values()), "as canaries are counted"


def test_length_is_compared_on_a_part_of_a_large_run(monkeypatch):
    sizes = []
    tau = opinions.kendall_tau
    monkeypatch.setattr(opinions, "kendall_tau", lambda one, two: sizes.append(len(one)) or tau(one, two))
    said = [(mark, 10 * mark) for mark in (1.0, 2.0, 3.0, 4.0, 5.0)] * 2_000
    assert opinions._follows_length(said) == opinions._follows_length(said) == pytest.approx(1)
    assert sizes == [MOST_COMPARED] * 2


def test_people_s_decisions_are_compared_with_it_and_outrank_it(ws):
    found = judged(ws, lambda request: opinion("Draft number 1." in request.messages[-1].content))
    one, two, three, *_ = ws.drafts()
    flagged = next(draft for draft, said in found.opinions.items() if said.flagged)
    ws.accept([flagged])
    rest = [draft for draft in (one, two, three) if draft.id != flagged][:2]
    ws.accept([rest[0].id])
    ws.reject([rest[1].id], "off topic")
    people = ws.judgements()[0].people
    assert (people.number, people.of) == (1, 3)


@pytest.mark.local_model
def test_the_small_demo_model_is_caught_by_the_canaries(ws):
    try:
        model = LocalModel()
    except ModelUnreachable as exc:
        pytest.skip(f"the local demo model is not installed: {exc.hint}")
    try:
        run = ws.judge([draft.id for draft in ws.drafts()][:2], canaries=5, model=model).wait(240)
        found = ws.judgements()[0]
        assert sum(run.counts.values()) == run.requested == 12
        assert not found.reliable
        assert all(set(said.scores.values()) <= {1, 2, 3, 4, 5} for said in found.opinions.values())
    finally:
        stop_local_servers()
