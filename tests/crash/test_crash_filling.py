"""kill -9 while a run over a set writes and loses rows: no other is lost with them, and nothing is paid a second time.

The endpoint is a real HTTP server of this process that counts for itself what it was asked.
"""

from __future__ import annotations

import json
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

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100")) // 10
ROWS = 3 * ROUNDS
PARAMS = {"grid": "language: en\nlength: short | middle | long", "target": 4 * ROUNDS, "variants": ROWS, "floor": 0.0}


def often_unreadable(body: dict[str, Any]) -> str:
    """A conversation of as many turns as are asked for; nobody can read six answers of ten."""
    if body["seed"] % 10 < 6:
        return "Well,"
    turns = body["response_format"]["json_schema"]["schema"]["properties"]["turns"]["minItems"]
    return json.dumps({"turns": [f"Turn {n} of {body['seed']}, on the tram to the lake." for n in range(turns)]})


def fill_until_killed(pipe: Any, folder: Path) -> None:
    """Fill the gaps, or go on with it, until nothing is left."""
    with wb.open(folder, author="ana") as ws:
        job = ws.resume(ws.runs()[0].id) if ws.runs() else ws.generate("gap_fill", "", PARAMS, seed=7)
        pipe.send("begun")
        job.wait(60)


def test_a_set_is_filled_behind_lost_rows_and_every_call_is_paid_once(tmp_path: Path) -> None:
    rng, killer = random.Random(20_266), Killer(often_unreadable)
    with endpoint(killer) as server:
        with wb.open(tmp_path, author="ana") as ws:
            with ws._store.write("ana", "import") as writer:
                writer.add_samples(a_sample("Is it open?", f"Yes, {n}.", id=f"s{n}", language="en") for n in range(3))
            ws.set_model({"base_url": server.url, "model": "m", "local": True})
        for _ in range(ROUNDS):
            killer.left = rng.randint(1, 8)
            heard_until_killed(fill_until_killed, tmp_path, begin=killer.watch)
            with wb.open(tmp_path, author="ana") as ws:
                if ws.runs():
                    check(ws, killer, server)
        killer.left = 0
        with wb.open(tmp_path, author="ana") as ws:
            run = ws.resume(ws.runs()[0].id).wait(120)
            check(ws, killer, server)
            assert run.state == "done"
            assert run.counts.keys() <= {"drafted", "gated", "failed", "in_doubt"}
            assert run.counts["failed"] > 1
            assert 0 < run.counts["in_doubt"] <= ROUNDS
            used = {call for draft in ws._store.drafts(run=run.id, limit=10_000) for call in draft.calls}
            assert {call.id for call in ws.calls(run.id)} == used, (
                "what no row has was asked for once more in other words"
            )
            lost = ws.drafts(run.id, state="failed")
            assert [len(one.calls) for one in lost] == [3] * len(lost), "a row is lost only after three answers"


def check(ws: wb.Workspace, killer: Killer, server: Endpoint) -> None:
    """Each row is counted once, nothing was sent twice, and each request that came is in the ledger."""
    (run,) = ws.runs()
    assert run.state != "running"
    assert sum(run.counts.values()) == run.requested == ROWS
    calls = ws.calls(run.id)
    assert {call.state for call in calls} <= {"done", "failed", "in_doubt"}, "unreadable answers failed"
    assert killer.count(server) <= len(calls)
    assert max(killer.asked.values(), default=0) == 1, "nothing was sent twice"
