"""One limit for all who spend a run's money: its threads, its conversations turn by turn, and other processes.

The endpoint is a real HTTP server on loopback; what it counts is what was paid.
"""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from tests.llm.endpoint import chunk, completion, endpoint
from workbench.errors import BudgetExceeded
from workbench.model import Budget
from workbench.workspace import open_workspace

SPAWN = multiprocessing.get_context("spawn")
NUMBERS = count(1)
ASKED = 24
"""Requests that the conversations and the rest of the run would take without a limit, at least."""


def slowly(handler: Any, body: dict[str, Any]) -> None:
    time.sleep(0.03)
    number = next(NUMBERS)
    text = f"Well, line {number} has {number * 7} in it."
    if body.get("stream"):
        usage = b'data: {"model":"m","choices":[],"usage":{"prompt_tokens":300,"completion_tokens":50}}\n\n'
        handler.stream([chunk(text), chunk(None, "stop"), usage, b"data: [DONE]\n\n"])
    else:
        handler.send_json(completion(text))


def _said(role: str, text: str) -> dict[str, str]:
    return {"role": role, "content": text}


def play(folder: str, draft: str, ready: Any, go: Any) -> None:
    """One conversation in a process of its own, until its end or the limit."""
    with open_workspace(folder, author="ben") as ws:
        ready.release()
        go.wait(60)
        for _ in range(8):  # past what a check finds
            with suppress(BudgetExceeded):
                if ws.live(draft).finished:
                    return
                ws.play(draft).wait(60)


@pytest.mark.parametrize("budget", [Budget(calls=9), Budget(tokens=4_000)], ids=["calls", "tokens"])
def test_processes_and_threads_together_never_pass_the_limit(tmp_path, budget):
    with endpoint(slowly) as server, open_workspace(tmp_path / "w", author="ana") as ws:
        lines = [
            {"messages": [_said("user", f"What is half of {n}0?"), _said("assistant", f"{n}5.")]} for n in range(6)
        ]
        (tmp_path / "talk.jsonl").write_text("\n".join(map(json.dumps, lines)))
        ws.collect(tmp_path / "talk.jsonl")
        ws.set_model({"base_url": server.url, "model": "m", "local": True, "in_flight": 4})
        params = {"turns": 8, "live": True, "max_tokens": 60}
        run = ws.generate("duet", "", params, pilot=3).wait(60)
        drafts = [draft.id for draft in ws.drafts(run.id)]
        assert (len(drafts), len(server.requests)) == (3, 3)
        ws.set_budget(run.id, budget)

        ready, go = SPAWN.Semaphore(0), SPAWN.Event()
        others = [SPAWN.Process(target=play, args=(str(tmp_path / "w"), draft, ready, go)) for draft in drafts[:2]]
        for process in others:
            process.start()
        for _ in others:
            assert ready.acquire(timeout=60)
        here = threading.Thread(target=play, args=(str(tmp_path / "w"), drafts[2], SPAWN.Semaphore(0), go))
        here.start()
        go.set()
        with suppress(BudgetExceeded):
            ws.resume(run.id).wait(60)
        for worker in (*others, here):
            worker.join(60)
        calls, spent = ws.calls(run.id), ws.spent(run.id)
        assert len(server.requests) == len(calls) == spent.calls
        assert spent.tokens == sum(call.prompt_tokens + call.completion_tokens for call in calls)
        assert {call.state for call in calls} == {"done"}
        if budget.calls:
            assert spent.calls == budget.calls
        else:
            assert spent.tokens <= budget.tokens
            assert spent.calls < ASKED
