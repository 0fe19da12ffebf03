"""A model asked to compare candidates two by two, in both orders: what it is worth, and what follows the place."""

from __future__ import annotations

import json
import re
from itertools import combinations, count

import pytest

from tests.flows.judge_desk import BLOCK, REASON, said, streets, written
from workbench.errors import InvalidInput
from workbench.flows import judged_runs
from workbench.flows.verdicts import Comparison
from workbench.generate.comparing import FIRST, NAME, SAME, SECOND
from workbench.llm import ScriptedModel
from workbench.llm.base import Price
from workbench.model import Budget, Run
from workbench.workspace import open_workspace


@pytest.fixture
def ws(tmp_path):
    """Forty conversations whose answers belong to their street, and two requests with three candidates each."""
    with open_workspace(tmp_path / "w.workspace", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(streets(range(10, 50), turns=2))
        opened.generate("answer", ["s20", "s21"], {"variants": 3}, model=written("Candidate")).wait(20)
        yield opened


def parts(request):
    """The conversation, and the two candidates in the order they are shown in."""
    return BLOCK.findall(request.messages[-1].content)


def verdict(better):
    return json.dumps({"better": better, "reason": REASON})


def worth(text, context):
    """A careful reader's rule: an answer about the street that was asked about is right; else the lower number."""
    street = int(re.search(r"street (\d+)", context)[1])
    number = re.search(r"Candidate (\d+)", text)
    if number:
        return -int(number[1])
    return int(text == said(street)[1])


def careful(request):
    context, one, two = parts(request)
    return verdict(FIRST if worth(one, context) > worth(two, context) else SECOND)


def compared(ws, script, **more):
    ws.judge(pairs=True, model=script if isinstance(script, ScriptedModel) else ScriptedModel(script), **more).wait(30)
    return ws.comparisons()[0]


def candidates(ws):
    return [draft for draft in ws.drafts() if draft.recipe == "answer"]


def test_a_careful_model_says_the_same_in_both_orders_and_may_be_relied_on(ws):
    found = compared(ws, careful)
    assert (found.hits.number, found.hits.of) == (10, 10)
    assert (found.flips.number, found.flips.of) == (0, 16)
    assert found.first.share == 0.5
    assert found.reliable
    assert len(found.better) == 6
    text = {draft.id: draft.turns[-1].content for draft in candidates(ws)}
    for (one, other), better in found.better.items():
        assert text[better] == min(text[one], text[other], key=lambda said: int(re.search(r"\d+", said)[0]))
    assert sorted(found.wins.values()) == [0, 0, 0.5, 0.5, 1, 1]


def test_each_pair_is_asked_in_both_orders_and_nothing_tells_a_canary(ws):
    model = ScriptedModel(careful)
    compared(ws, model, canaries=6)
    shown = [tuple(parts(request)) for request in model.history]
    assert len(shown) == 2 * (6 + 6)
    assert {(context, two, one) for context, one, two in shown} == set(shown)
    assert len({request.messages[0].content for request in model.history}) == 1
    frames = {BLOCK.sub("", request.messages[-1].content) for request in model.history}
    assert len({re.sub(r"[0-9a-f]{12}", "", frame) for frame in frames}) == 1
    (run,) = [run for run in ws.runs() if run.recipe == NAME]
    kinds = [json.loads(item)[0] for item in run.parents]
    assert sorted(kinds) == ["answer"] * 6 + ["number"] * 6 + ["pair"] * 12
    assert kinds != sorted(kinds)


@pytest.mark.parametrize("place", [FIRST, SECOND])
def test_one_that_judges_by_place_flips_always_and_decides_nothing(ws, place):
    found = compared(ws, lambda request: verdict(place))
    assert (found.flips.number, found.flips.of) == (16, 16)
    assert found.first.share == float(place == FIRST)
    assert set(found.better.values()) == {""}
    assert found.hits.number == 0
    assert found.distrust == "chance"
    assert set(found.wins.values()) == {0.5}


def test_no_difference_is_no_flip_and_no_hit(ws):
    found = compared(ws, lambda request: verdict(SAME))
    assert (found.flips.number, found.hits.number, found.first.of) == (0, 0, 0)
    assert found.distrust == "chance"
    assert set(found.better.values()) == {""}


def test_one_that_finds_the_mistakes_but_orders_candidates_by_place_is_not_relied_on(ws):
    def by_place(request):
        return verdict(FIRST) if "Candidate" in parts(request)[1] else careful(request)

    ws.generate("answer", ["s22", "s23", "s24"], {"variants": 3}, model=ScriptedModel(
        lambda request: f"Candidate {request.seed}.")).wait(20)  # fmt: skip
    found = compared(ws, by_place)
    assert (found.hits.number, found.hits.of) == (10, 10)
    assert (found.flips.number, found.flips.of) == (15, 25)
    assert found.distrust == "flips"


@pytest.mark.parametrize(
    ("hits", "flips", "distrust"),
    [
        ((4, 4), (0, 10), "few"),
        ((9, 10), (0, 20), ""),
        ((8, 10), (0, 20), "chance"),
        ((10, 10), (5, 20), ""),
        ((10, 10), (6, 20), "flips"),
        ((20, 20), (2, 4), "flips"),
    ],
)
def test_the_bounds_are_those_of_a_coin(hits, flips, distrust):
    from workbench.flows.opinions import Rate

    run = Run("r", NAME, "1", "ana", {}, 1, "", (), 1)
    assert Comparison(run, {}, Rate(*hits), Rate(*flips), Rate(0, 0)).distrust == distrust


def test_it_is_estimated_limited_resumed_and_paid_once(ws):
    estimate = ws.judge_estimate(pairs=True)
    assert (estimate.calls, estimate.rows) == (32, 32)
    priced = ScriptedModel(careful, price=Price(1.0, 1.0))
    run = ws.judge(pairs=True, model=priced, budget=Budget(calls=11)).wait(30)
    assert (run.state, run.counts["judged"]) == ("failed", 11)
    partly = ws.comparisons()[0]
    assert partly.flips.of <= 5, "a pair counts when it was asked both ways"
    again = ScriptedModel(careful, price=Price(1.0, 1.0))
    done = ws.resume(run.id, model=again, budget=Budget()).wait(30)
    assert done.counts == {"judged": 32}
    assert (len(priced.history), len(again.history)) == (11, 21)
    assert ws.run_yield(run.id).judged == 32


def test_it_decides_nothing_and_is_no_opinion_of_a_draft(ws):
    before = [(draft.id, draft.state, draft.rank) for draft in candidates(ws)]
    compared(ws, careful)
    assert [(draft.id, draft.state, draft.rank) for draft in candidates(ws)] == before
    assert ws.judgements() == []
    assert all(recipe.name != NAME for recipe in ws.recipes())


def test_what_was_read_of_a_run_is_kept_until_it_holds_more(ws, monkeypatch):
    reads = []
    drafts_of = judged_runs.drafts_of
    monkeypatch.setattr(judged_runs, "drafts_of", lambda store, run: reads.append(run) or drafts_of(store, run))
    run = ws.judge(pairs=True, model=ScriptedModel(careful), budget=Budget(calls=20)).wait(30)
    first = candidates(ws)[0].id
    for _ in range(3):
        assert ws.comparisons()[0].run.state == "failed"
        ws.candidates(first)
        ws.orders()
    assert reads == [run.id]
    ws.resume(run.id, model=ScriptedModel(careful), budget=Budget()).wait(30)
    assert (ws.comparisons()[0].run.state, ws.comparisons()[0].flips.of) == ("done", 16)
    assert reads == [run.id] * 2


def test_only_candidates_of_one_request_that_end_otherwise_are_compared(ws):
    first, *_ = candidates(ws)
    with pytest.raises(InvalidInput, match="no two candidates"):
        ws.judge([first.id], pairs=True, model=ScriptedModel(careful))
    assert ws.judge_estimate([first.id], pairs=True).rows == 0
    noise = ws.generate("noise", ["s30"], {"variants": 2}).wait(20)
    assert ws.judge_estimate(run=noise.id, pairs=True).rows == 0, "whole conversations are no answers to one question"
    groups = {}
    for draft in candidates(ws):
        groups.setdefault(draft.group, []).append(draft.id)
    assert sum(len(list(combinations(group, 2))) for group in groups.values()) == 6


def test_a_candidate_that_is_gone_by_then_is_told_by_its_row(ws):
    priced = ScriptedModel(careful, price=Price(1.0, 1.0))
    run = ws.judge(pairs=True, model=priced, budget=Budget(calls=1)).wait(30)
    ws.reject([draft.id for draft in candidates(ws)], "off topic")
    done = ws.resume(run.id, model=ScriptedModel(careful), budget=Budget()).wait(30)
    assert done.counts == {"judged": 32}, "a decision changes no text"


def ordered_by_people(ws, agreeing):
    """Six requests that a careful model compared and then a person put in order, as it did or the other way round."""
    ids = [f"s{n}" for n in range(30, 36)]
    numbers = count(100)
    ws.generate("answer", ids, {"variants": 3}, model=ScriptedModel(
        lambda request: f"Candidate {next(numbers)}.")).wait(20)  # fmt: skip
    compared(ws, careful)
    groups = {}
    for draft in candidates(ws):
        if draft.parents[0] in ids:
            groups.setdefault(draft.group, []).append(draft)
    for group in groups.values():
        best_first = sorted(group, key=lambda draft: draft.turns[-1].content, reverse=not agreeing)
        ws.prefer({draft.id: place for place, draft in enumerate(best_first, start=1)})


@pytest.mark.parametrize(("agreeing", "tau"), [(True, 1.0), (False, -1.0)])
def test_its_order_is_measured_against_people_s_and_leaves_only_where_they_agree(ws, agreeing, tau):
    ordered_by_people(ws, agreeing)
    orders = ws.orders()
    (agreed,) = orders.compared
    assert (agreed.domain, agreed.requests, agreed.tau) == ("", 6, tau)
    assert orders.domains == (), "nothing was scored: comparisons are measured by themselves"
    assert bool(orders.refused("", compared=True)) is not agreeing
    assert orders.refused("") == "the machine's order was compared with people's too rarely in no domain: 0 of 5"
    left = [draft for draft in candidates(ws) if draft.parents[0] == "s20" and draft.state == "draft"]
    machine = _machine_pairs(ws, left)
    assert len(machine["pairs"]) == 3
    assert bool(machine["refused"]) is not agreeing
    text = {draft.id: int(re.search(r"\d+", draft.turns[-1].content)[0]) for draft in left}
    assert all(text[better] < text[worse] for better, worse in machine["pairs"])


def _machine_pairs(ws, drafts):
    (sample,) = ws.accept([drafts[0].id])
    from workbench.flows.judgements import Judgements

    (row,) = ws._store.hot_rows(ws._store.rows_of([sample.id]))
    return Judgements(ws._store).machine_for(row)


def test_an_order_of_a_model_not_to_be_relied_on_gives_no_pairs(ws):
    compared(ws, lambda request: verdict(FIRST))
    left = [draft for draft in candidates(ws) if draft.parents[0] == "s20"]
    assert ws.candidates(left[0].id).won == {}
    assert _machine_pairs(ws, left) == {}
    assert ws.orders().compared == ()


def test_candidates_tell_what_they_won_only_where_that_is_worth_something(ws):
    compared(ws, careful)
    first = candidates(ws)[0]
    found = ws.candidates(first.id)
    assert sorted(found.won.values()) == [0, 0.5, 1]
    assert (found.compared, found.tau) == (True, None)
