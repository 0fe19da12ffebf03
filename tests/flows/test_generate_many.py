"""Many rows and an endpoint that fails one time in five: every row ends in one state, and memory does not grow."""

from __future__ import annotations

import os
import random
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import a_sample
from tests.llm.endpoint import chunk, endpoint
from workbench.errors import ModelError
from workbench.flows.generate import start_run
from workbench.flows.runs import drafts_of, read_run
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.model import Budget
from workbench.store import open_store

ROWS = 10_000
STATES = {"drafted", "gated", "accepted", "rejected", "failed", "in_doubt", "cancelled", "waiting"}
MEMORY_PER_ROW = 12_000
"""Bytes of resident memory a row may cost: its signature of 1 KB in the gates, its record, and the buffers of it."""


def run_over(store, rows, model, **more):
    with store.write("ana", "import", undoable=False) as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(rows))
    store.set_setting("model", {"in_flight": 64})
    return start_run(
        store, Jobs(), author="ana", recipe="answer", parents=[f"s{n}" for n in range(rows)], query="",
        params={"variants": 1}, budget=Budget(), seed=1, model=model, **more,
    )  # fmt: skip


def resident():
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def said(request, chance):
    return " ".join("".join(chance.choice("aeiobcdfg") for _ in range(6)) for _ in range(25))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
def test_with_one_bad_answer_in_five_every_row_is_accounted_for_and_memory_stays_flat(tmp_path):
    store = open_store(tmp_path)
    tries, lock, sizes = {}, threading.Lock(), []

    def faulty(request):
        with lock:
            tries[request.seed] = tries.get(request.seed, 0) + 1
            number = tries[request.seed]
            sizes.append(resident() if len(tries) % 100 == 0 else 0)
        chance = random.Random(f"{request.seed}:{number}")
        kind = chance.random()
        if kind < 0.07:
            raise ModelError("the model did not answer with valid JSON", raw='{"turns": [')
        if kind < 0.14:
            raise ModelError("the endpoint answered 429", retry_after=0.0, slow_down=True)
        if kind < 0.20:
            raise ModelError("no complete answer within 120 s", maybe_charged=True)
        return said(request, chance)

    job = run_over(store, ROWS, ScriptedModel(faulty))
    run = job.wait(900)
    run = read_run(store, run.id)
    assert run.state == "done"
    assert sum(run.counts.values()) == run.requested == ROWS
    assert set(run.counts) <= STATES
    assert {draft.row for draft in drafts_of(store, run.id)} == set(range(ROWS))
    assert all(draft.turns or draft.reason for draft in drafts_of(store, run.id)), "what came to nothing says why"
    calls = store.calls(run.id)
    assert len(calls) == sum(tries.values()), "the ledger counts what the endpoint was asked"
    assert sum(call.state == "in_doubt" for call in calls) == run.counts["in_doubt"]
    measured = [size for size in sizes if size]
    assert measured[-1] - measured[2] < 30_000_000 + MEMORY_PER_ROW * ROWS
    store.close()


def test_the_same_over_http_with_the_servers_own_count(tmp_path):
    store = open_store(tmp_path)

    def faulty(handler, body):
        chance = random.Random(body["seed"] * 31 + len(server.requests))
        kind = chance.random()
        if kind < 0.07:
            handler.stream([b"data: {nonsense\n\n"])
        elif kind < 0.14:
            handler.send_json({"error": {"message": "slow"}}, status=429, Retry_After="0")
        elif kind < 0.20:
            time.sleep(4.2)
        else:
            handler.stream([chunk(said(body, chance)), chunk(None, "stop"), b"data: [DONE]\n\n"])

    with endpoint(faulty) as server:
        run = run_over(store, 200, OpenAICompatible(server.url, "m", deadline=4.0)).wait(120)
        run = read_run(store, run.id)
        calls = store.calls(run.id)
        assert server.asked(len(calls)) == len(calls)
    assert sum(run.counts.values()) == 200
    assert {"drafted", "failed", "in_doubt"} <= set(run.counts)
    assert not [call for call in calls if call.state == "sent"]
    store.close()


@pytest.mark.parametrize("seed", range(12))
def test_a_budget_is_never_passed_whatever_it_is(tmp_path, seed):
    """Worst cases are set aside before a call: what is really spent stays under the limit, calls in flight included."""
    chance = random.Random(seed)
    limit = chance.choice([Budget(calls=chance.randint(0, 30)), Budget(tokens=chance.randint(0, 9000))])
    store = open_store(tmp_path)
    with store.write("ana", "import", undoable=False) as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", "Yes.", id=f"s{n}") for n in range(20))
    store.set_setting("model", {"in_flight": chance.choice([1, 4, 16])})

    def answers(request):
        time.sleep(random.random() * 0.003)
        if request.seed % 7 == 0:
            raise ModelError("lost", maybe_charged=True)
        return "word " * (request.seed % request.max_tokens)

    model = ScriptedModel(answers)
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=[f"s{n}" for n in range(20)], query="",
        params={"variants": 2, "max_tokens": 120}, budget=limit, seed=seed, model=model,
    )  # fmt: skip
    with suppress(Exception):
        job.wait(60)
    calls = store.calls(job.run)
    spent = sum((call.prompt_tokens or 0) + (call.completion_tokens or 0) for call in calls if call.state != "failed")
    assert len(model.history) == len(calls)
    assert limit.calls is None or len(calls) <= limit.calls
    assert limit.tokens is None or spent <= limit.tokens
    run = read_run(store, job.run)
    assert sum(run.counts.values()) == run.requested == 40
    store.close()
