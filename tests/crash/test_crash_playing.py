"""kill -9 while a conversation is run turn by turn: kept turns are there, and no answered call is paid twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from workbench.flows.generate import start_run
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.flows.rewinding import rewind
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.llm.base import Request
from workbench.model import Budget
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100")) // 10


def talk(request: Request) -> str:
    time.sleep(0.002)
    return f"{len(request.messages)} so far, and {request.seed or 0} is not said: {(request.seed or 0) % 89}."


def play_until_killed(pipe: Any, folder: Path, draft: str) -> None:
    """Run to the end, say each turn that is kept, begin anew at the third turn, again and again."""
    store = open_store(folder)
    pipe.send(())
    for _ in range(1_000):
        live = read_live(store, draft)
        if live.finished:
            live = rewind(store, "ana", draft, live.turns[2].turn.id)
        play(store, Jobs(), draft, author="ana", turns=1, model=ScriptedModel(talk)).wait(30)
        pipe.send(tuple(item.turn for item in read_live(store, draft).turns))


def test_no_kept_turn_is_lost_and_no_answered_call_is_sent_again(tmp_path: Path) -> None:
    store = open_store(tmp_path / "w")
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("Can you help me with fractions, please?", "Yes.", id="s1")])
    run = start_run(
        store, Jobs(), author="ana", recipe="duet", parents=["s1"], query="", params={"turns": 9, "live": True},
        budget=Budget(), seed=1, model=ScriptedModel(talk),
    ).wait(30)  # fmt: skip
    (draft,) = store.drafts(run=run.id)
    store.close()
    rng = random.Random(7)
    for _ in range(ROUNDS):
        delay = rng.uniform(0.01, 0.4)
        told = heard_until_killed(play_until_killed, tmp_path / "w", draft.id, said=1, delay=delay)[-1]
        store = open_store(tmp_path / "w")
        live = read_live(store, draft.id)
        kept = [tuple(item.turn for item in branch.turns) for branch in live.branches]
        assert any(turns[: len(told)] == told for turns in kept)
        job = (
            play(store, Jobs(), draft.id, author="ana", turns=1, model=ScriptedModel(talk))
            if not live.finished
            else None
        )
        if job is not None:
            job._thread.join(30)
            if job.error is not None:  # the call of the killed process is in doubt: it is not sent again by itself
                assert "may have been charged" in job.error.message
                rewind(store, "ana", draft.id, read_live(store, draft.id).turns[-1].turn.id)
        paid = Counter(call.request_hash for call in store.calls(run.id) if call.state in {"done", "in_doubt"})
        assert max(paid.values()) == 1
        assert all(call.state != "sent" for call in store.calls(run.id)) or live.finished
        store.close()
