"""kill -9 in each state that a call of the ledger can be in: what an endpoint was asked once, it is never asked again.

The endpoint is a real HTTP server of this process and counts for itself what it was asked. The run is made by a child
that is killed at a chosen call: before its line is written, between the line and the send, while the endpoint works on
it (the endpoint kills), between the answer and the completed line, and before the draft is kept. One of the recipes
asks twice for a row, and the second answer is often paid for and of no use: that one is not asked for again either.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_sample
from tests.crash.forks import heard_until_killed
from tests.crash.killer import Killer
from tests.llm.endpoint import endpoint
from workbench.flows.generate import resume_run, start_run
from workbench.flows.runs import drafts_of, read_run, settled_rows
from workbench.generate.scoring import ATTRIBUTES
from workbench.jobs import Jobs
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.model import Budget
from workbench.store import open_store

pytestmark = pytest.mark.crash

ROUNDS = int(os.environ.get("WORKBENCH_CRASH_KILLS", "100"))
"""Kills for each recipe."""

MOMENTS = ("before the line", "written, not sent", "sent, not answered", "answered, not completed", "not shown")
PARENTS = 4
RECIPES = {"answer": {"variants": 3}, "rank_n": {"variants": 3, "judge": True}}


def die(*_: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A store that kills its process at the n-th time it comes to a moment of a call."""

    def __init__(self, store: Any, moment: str, number: int) -> None:
        self._store = store
        self._moment = moment
        self._left = number
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _at(self, moment: str) -> None:
        with self._lock:
            self._left -= moment == self._moment
            if self._left <= 0:
                die()

    def reserve_call(self, call: Any, asked: Any = None) -> int:
        self._at("before the line")
        number = self._store.reserve_call(call, asked)
        self._at("written, not sent")
        return number

    def finish_call(self, call: Any) -> None:
        self._at("answered, not completed")
        self._store.finish_call(call)

    @contextmanager
    def write(self, author: str, label: str, **more: Any) -> Any:
        if label == "drafts":
            self._at("not shown")
        with self._store.write(author, label, **more) as writer:
            yield writer


def work_until_killed(pipe: Any, folder: Path, url: str, work: dict[str, Any]) -> None:
    """Start or resume a run that dies at the given moment of its n-th call; it says nothing: it may die at once."""
    store: Any = Dying(open_store(folder), work["moment"], work["number"])
    model = OpenAICompatible(url, "m")
    if work["run"] is None:
        job = start_run(
            store, Jobs(), author="ana", recipe=work["recipe"], parents=[f"s{n}" for n in range(PARENTS)], query="",
            params=RECIPES[work["recipe"]], budget=Budget(), seed=work["seed"], model=model,
        )  # fmt: skip
    else:
        job = resume_run(store, Jobs(), work["run"], author="ana", model=model)
    job.wait(30)


def reply(body: dict[str, Any]) -> str:
    """An answer, or what a judge says: of three opinions one is cut off, and paid for all the same."""
    seed: int = body["seed"]
    if "response_format" not in body:
        return f"Reply {seed}"
    return '{"helpful": 3,' if seed % 3 == 0 else json.dumps(dict.fromkeys(ATTRIBUTES, seed % 5))


IN_DOUBT = {"written, not sent", "sent, not answered", "answered, not completed"}


@pytest.mark.parametrize("recipe", list(RECIPES))
def test_no_call_is_sent_twice_whatever_state_the_kill_found_it_in(tmp_path: Path, recipe: str) -> None:
    store = open_store(tmp_path)
    with store.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}?", f"Answer {n}.", id=f"s{n}") for n in range(PARENTS))
    rng, killer = random.Random(7), Killer(reply)
    kills: Counter[str] = Counter()
    run_id: str | None = None
    runs = 0  # every run has a seed of its own, so no two of them ask the same
    unsent = 0  # lines of calls that the kill kept from being sent
    with endpoint(killer) as server:
        while kills.total() < ROUNDS:
            moment = MOMENTS[kills.total() % len(MOMENTS)]
            alone = rng.random() < 0.7  # one call at a time: then every number is known exactly
            store.set_setting("model", {"in_flight": 1 if alone else 3})
            doubts = doubtful(store)
            work = {"run": run_id, "moment": moment, "number": rng.randint(1, 4), "seed": runs, "recipe": recipe}
            killer.left = work["number"] if moment == "sent, not answered" else 0
            heard_until_killed(work_until_killed, tmp_path, server.url, work, begin=killer.watch)
            run_id = store.runs()[0].id
            died = killer.process.exitcode == -signal.SIGKILL
            run = read_run(store, run_id)
            assert sum(run.counts.values()) == run.requested
            assert not [call for call in store.calls(run_id) if call.state == "sent"]
            lines, asked = len(store.calls()), killer.count(server)
            if alone and moment != "not shown":  # while a draft is written down the next call is on its way
                assert lines - asked - unsent == (died and moment == "written, not sent")
                assert doubtful(store) - doubts == (died and moment in IN_DOUBT)
            unsent = lines - asked
            kills[moment] += died
            if len(settled_rows(drafts_of(store, run_id))) == run.requested:
                run_id, runs = None, runs + 1
    assert set(kills) == set(MOMENTS)
    assert max(killer.asked.values()) == 1, "nothing was sent twice"
    assert len(store.calls()) >= killer.asked.total(), "every request that came is in the ledger"
    paid_for_nothing = [call for call in store.calls() if call.state == "failed" and call.completion_tokens]
    assert bool(paid_for_nothing) == (recipe == "rank_n")
    store.close()


def doubtful(store: Any) -> int:
    return sum(call.state == "in_doubt" for call in store.calls())
