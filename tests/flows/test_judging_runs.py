"""The run of a judge: estimated, limited, resumed and paid once, with a row for each answer that came to nothing."""

from __future__ import annotations

from itertools import count

import pytest

from tests.flows.judge_desk import careful, judge_desk, judged, opinion
from workbench.errors import InvalidInput, ModelError
from workbench.flows import judged_runs
from workbench.flows.judged import about
from workbench.llm import ScriptedModel
from workbench.llm.base import Price
from workbench.model import Budget


@pytest.fixture
def ws(tmp_path):
    with judge_desk(tmp_path / "w.workspace") as opened:
        yield opened


def test_what_was_read_of_a_run_is_kept_until_it_holds_more(ws, monkeypatch):
    reads = []
    drafts_of = judged_runs.drafts_of
    monkeypatch.setattr(judged_runs, "drafts_of", lambda store, run: reads.append(run) or drafts_of(store, run))
    before = ws.newest_opinion()
    run = ws.judge(model=ScriptedModel(careful), budget=Budget(calls=12)).wait(30)
    partly = ws.newest_opinion()
    assert [ws.judgements()[0].people.of for _ in range(2)] == [0, 0]
    ws.reject([draft.id for draft in ws.drafts() if draft.state == "draft"], "off topic")
    assert ws.judgements()[0].people.of == len(ws.judgements()[0].opinions) > 0
    assert reads == [run.id]
    ws.resume(run.id, model=ScriptedModel(careful), budget=Budget()).wait(30)
    assert before == 0 < partly < ws.newest_opinion()
    assert ws.judgements()[0].caught.of == 10
    assert reads == [run.id] * 2


def test_it_decides_nothing_and_its_rows_are_no_drafts(ws):
    before = [(draft.id, draft.state, draft.rank) for draft in ws.drafts()]
    found = judged(ws, lambda request: opinion(True))
    assert [(draft.id, draft.state, draft.rank) for draft in ws.drafts()] == before
    run = found.run
    assert (run.counts, run.requested, run.state) == ({"judged": 30}, 30, "done")
    assert all(recipe.name != "judge" for recipe in ws.recipes())
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge([])


def test_a_run_is_estimated_limited_resumed_and_paid_once(ws):
    estimate = ws.judge_estimate()
    assert (estimate.calls, estimate.rows) == (30, 30)
    assert ws.judge_estimate([]).rows == 0, "no draft: no canaries either"
    priced = ScriptedModel(careful, price=Price(1.0, 1.0))
    run = ws.judge(model=priced, budget=Budget(calls=12)).wait(30)
    assert run.state == "failed"
    assert run.counts["judged"] == 12
    again = ScriptedModel(careful, price=Price(1.0, 1.0))
    done = ws.resume(run.id, model=again, budget=Budget()).wait(30)
    assert done.counts == {"judged": 30}
    assert (len(priced.history), len(again.history), len(ws.calls(run.id))) == (12, 18, 30)
    assert ws.judgements()[0].caught.number == 10


def test_an_answer_that_cannot_be_read_is_a_row_with_its_reason_and_nothing_to_mend(ws):
    numbers = count()
    found = judged(ws, lambda request: "it is fine" if next(numbers) < 3 else careful(request))
    assert found.run.counts == {"judged": 27, "failed": 3}
    lost = ws.drafts(found.run.id, "failed")
    assert all(about(row)[0] and row.meta["raw"] == "it is fine" and not row.repairable for row in lost)


def test_a_call_that_was_maybe_charged_is_told_and_sent_again_only_by_name(ws):
    replies = iter([ModelError("cut", maybe_charged=True)])

    def cut(request):
        for error in replies:
            raise error
        return careful(request)

    found = judged(ws, cut)
    assert found.run.counts == {"judged": 29, "in_doubt": 1}
    (doubtful,) = ws.drafts(found.run.id, "in_doubt")
    done = ws.resume(found.run.id, model=ScriptedModel(careful), send_again=[doubtful.id]).wait(30)
    assert done.counts == {"judged": 30}
