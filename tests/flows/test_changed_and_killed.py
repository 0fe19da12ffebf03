"""Whatever is edited, wherever a run is stopped or killed: nothing is paid twice, no call in doubt is sent again."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.flows.changed_desk import drafts, echo, edited, resumed, stopped, unanswered, unwritten
from tests.flows.changed_desk import ws as ws  # the fixture
from workbench.errors import InvalidInput
from workbench.llm import ScriptedModel


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_edited_and_wherever_it_is_killed_nothing_is_paid_twice(ws, seed):
    """Texts change and change back, the limit ends the run here and there, records and answers are lost with a kill."""
    chance, texts = random.Random(seed), (2 if seed % 2 else 1000)
    model = ScriptedModel(echo)
    limit = chance.randint(1, 4)
    run = stopped(ws, model, calls=limit, parents=["s0", "s1", "s2"], variants=5)
    doubts = 0
    while run.counts.get("waiting"):
        kept = {row: draft.calls for row, draft in drafts(ws, run).items()}
        if chance.random() < 0.6:
            unwritten(ws, run, rows=1)
            kept = {row: draft.calls for row, draft in drafts(ws, run).items()}
            if chance.random() < 0.5 and not told(ws, run, ws.calls(run.id)[-1].id):
                unanswered(ws, run)
                doubts += 1
        for sample in ("s0", "s1", "s2"):
            if chance.random() < 0.3:
                edited(ws, sample, f"Is number {chance.randrange(texts)} open?")
        limit += chance.randint(1, 5)
        run = resumed(ws, run, model, calls=limit)
        assert sum(run.counts.values()) == 15
        assert kept.items() <= {row: draft.calls for row, draft in drafts(ws, run).items()}.items()
    assert asked_once(ws, run)
    assert len(model.history) == len(ws.calls(run.id))
    assert run.counts.get("in_doubt", 0) == doubts
    assert {call.id for call in ws.calls(run.id) if call.state == "in_doubt"} == {
        call for draft in ws.drafts(run.id, state="in_doubt") for call in draft.calls
    }
    with pytest.raises(InvalidInput, match="complete"):
        ws.resume(run.id, model=model)


def told(ws, run, call):
    return any(call in draft.calls for draft in ws._store.drafts(run=run.id, limit=1000))


def asked_once(ws, run):
    """Whether every request of the run is in the ledger once."""
    return set(Counter(call.request_hash for call in ws.calls(run.id)).values()) == {1}
