"""kill -9 while a run makes several drafts of each conversation, and an edit, or its undo, before it goes on.

The endpoint is a real HTTP server of this process that counts for itself what it was asked.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from tests.crash.killer import Killer
from tests.llm.endpoint import Endpoint, endpoint
from workbench.model import Budget

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100")) // 10
SAMPLES = ("s0", "s1", "s2")
EACH = min(20, 2 * ROUNDS)


def begun(ws: wb.Workspace, calls: int | None = None) -> Any:
    """A run that answers each conversation several times."""
    return ws.generate("answer", SAMPLES, {"variants": EACH}, seed=7, budget=Budget(calls=calls))


def answer_until_killed(pipe: Any, folder: Path) -> None:
    """Answer each conversation several times, or go on with it, until nothing is left."""
    with wb.open(folder, author="ana") as ws:
        runs = ws.runs()
        job = ws.resume(runs[0].id, budget=Budget()) if runs else begun(ws)
        pipe.send("begun")
        job.wait(60)


def test_whatever_is_edited_and_taken_back_between_kills_every_call_is_paid_once_and_every_doubt_told(
    tmp_path: Path,
) -> None:
    rng, killer = random.Random(20_271), Killer(lambda body: f"It opens at {body['seed']}.")
    with endpoint(killer) as server:
        with wb.open(tmp_path, author="ana") as ws:
            with ws._store.write("ana", "import") as writer:
                writer.add_samples(a_sample(f"Is {one} open?", "At nine.", id=one) for one in SAMPLES)
            ws.set_model({"base_url": server.url, "model": "m", "local": True, "in_flight": 1})
        for _ in range(ROUNDS):
            with wb.open(tmp_path, author="ana") as ws:
                answer_some(ws, 3)
                edit_some(ws, rng)
            killer.left = rng.randint(1, 4)
            heard_until_killed(answer_until_killed, tmp_path, begin=killer.watch)
            with wb.open(tmp_path, author="ana") as ws:
                check(ws, killer, server)
                edit_some(ws, rng)
        killer.left = 0
        with wb.open(tmp_path, author="ana") as ws:
            run = ws.resume(ws.runs()[0].id, budget=Budget()).wait(120)
            check(ws, killer, server)
            assert run.state == "done"
            assert run.counts.keys() <= {"drafted", "gated", "in_doubt"}
            doubts = {call.id for call in ws.calls(run.id) if call.state == "in_doubt"}
            assert doubts == {call for one in ws.drafts(run.id, state="in_doubt") for call in one.calls}
            assert 0 < len(doubts) <= ROUNDS


def answer_some(ws: wb.Workspace, calls: int) -> None:
    """Go on for so many calls; the limit ends it."""
    if ws.runs():
        run = ws.runs()[0]
        ws.resume(run.id, budget=Budget(calls=len(ws.calls(run.id)) + calls)).wait(60)
    else:
        begun(ws, calls).wait(60)


def edit_some(ws: wb.Workspace, rng: random.Random) -> None:
    """A person says some of them in other words, or again in those of before, and takes back what they did last."""
    for one in SAMPLES:
        kept = ws.get(one)
        if rng.random() < 0.6:
            text = f"Is {one} open{'' if 'today' in kept.turns[0].content else ' today'}?"
            ws.edit(one, turn=kept.turns[0].id, text=text, base_revision=kept.revision)
    if rng.random() < 0.5:
        ws.undo()


def check(ws: wb.Workspace, killer: Killer, server: Endpoint) -> None:
    """Each row is counted once, nothing was sent twice, and each request that came is in the ledger."""
    (run,) = ws.runs()
    assert run.state != "running"
    assert sum(run.counts.values()) == run.requested == EACH * len(SAMPLES)
    calls = ws.calls(run.id)
    assert killer.count(server) <= len(calls)
    assert max(killer.asked.values(), default=0) == 1, "nothing was sent twice"
