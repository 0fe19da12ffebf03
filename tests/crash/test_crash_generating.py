"""kill -9 at random moments of a run: decisions stay, finished calls are not made again, calls in flight are told."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from workbench.errors import WorkbenchError
from workbench.flows.decide import accept
from workbench.flows.generate import resume_run, start_run
from workbench.flows.runs import drafts_of, read_run, settled_rows
from workbench.jobs import Jobs
from workbench.llm.base import Request
from workbench.llm.scripted import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100"))
PARENTS = 12


def work_until_killed(pipe: Any, folder: Path, run_id: str | None) -> None:
    """Start or resume a run; say every request that goes out and every decision that is made, when it is made."""
    store = open_store(folder)
    lock = threading.Lock()

    def say(*event: Any) -> None:
        with lock:
            pipe.send(event)

    def endpoint(request: Request) -> str:
        say("sent", request.seed)
        time.sleep(0.002)
        return f"Reply {request.seed}"

    model = ScriptedModel(endpoint)
    if run_id is None:
        job = start_run(
            store, Jobs(), author="ana", recipe="answer", parents=[f"s{n}" for n in range(PARENTS)], query="",
            params={"variants": 3}, budget=Budget(), seed=1, model=model,
        )  # fmt: skip
    else:
        job = resume_run(store, Jobs(), run_id, author="ana", model=model)
    say("run", job.subject)
    while job.state == "running":
        for draft in store.drafts(run=job.subject, state="draft", limit=3):
            say("accepted", draft.id, accept(store, "ana", [draft.id])[0].id)
        time.sleep(0.001)
    say("end", job.state)


def test_a_killed_run_loses_no_decision_and_repeats_no_finished_call(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}?", f"Answer {n}.", id=f"s{n}") for n in range(PARENTS))
    rng = random.Random(20_261)
    run_id: str | None = None
    complete: set[str] = set()
    sent: Counter[tuple[str, int]] = Counter()
    decided = 0
    window = 0.08
    for kills in range(4 * ROUNDS):
        if kills >= ROUNDS and decided > ROUNDS // 2:  # on a machine that lets little happen between kills, some more
            break
        said = heard_until_killed(work_until_killed, tmp_path, run_id, said=1, delay=rng.uniform(0, window))
        # A busy machine needs longer until a decision is made: the kills follow it, or they would all come too early.
        window = max(0.08, 0.9 * window) if any(event[0] == "accepted" for event in said) else min(1.0, 1.2 * window)
        run_id = run_id or next((run.id for run in store.runs() if run.id not in complete), None)
        for event in said:
            if event[0] == "sent":
                sent[(run_id or "", event[1])] += 1
            elif event[0] == "accepted":
                decided += 1
                assert store.draft(event[1]).state == "accepted"
                assert store.get(event[2]).origin.draft == event[1]
        if run_id is None:
            continue
        run = read_run(store, run_id)
        assert run.state != "running"
        assert sum(run.counts.values()) == run.requested
        assert not [call for call in store.calls(run_id) if call.state == "sent"]
        if len(settled_rows(drafts_of(store, run_id))) == run.requested:
            complete.add(run_id)
            run_id = None
    assert sent
    assert max(sent.values()) == 1, "no request was sent twice"
    assert len(store.calls()) >= sum(sent.values()), "every request that went out is in the ledger"
    assert decided > ROUNDS // 2
    store.close()


def test_a_resumed_run_is_refused_when_it_is_complete(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.write("ana", "import") as writer:
        writer.add_samples([a_sample("Question?", "Answer.", id="s0")])
    model = ScriptedModel(lambda request: f"Reply {request.seed}")
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=["s0"], query="", params={}, budget=Budget(), seed=1,
        model=model,
    )  # fmt: skip
    job.wait(30)
    with pytest.raises(WorkbenchError, match="complete"):
        resume_run(store, Jobs(), job.subject, author="ana", model=model)
    store.close()
