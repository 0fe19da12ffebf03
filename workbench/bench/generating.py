"""`workbench bench generate`: how fast a run sends its calls, and whether its memory grows.

The floor is the shortest program that does the same calls: an asyncio loop over the same client, as many under way, the
same requests, streamed as a run streams them, answered by the same stub on loopback, in the same process and by turns.
A run does more than that (a ledger on the disk, recipes, gates, drafts, counts that a screen asks for all the time).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from workbench.bench.measure import Row, resident_megabytes, seconds, table
from workbench.bench.stub import stub
from workbench.generate.recipes.answer import AnswerParams, answering, up_to_last_user
from workbench.llm.base import Request
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.llm.wire import arguments_of
from workbench.records import to_record
from workbench.text import percent
from workbench.workspace import Workspace, open_workspace

LATENCY = 0.05
IN_FLIGHT = 64
LEAST_SHARE = 0.9
MOST_GROWTH = 1.1
"""Peak memory in the second half of a run, by that in the first half."""

_POLL = 0.5
"""Seconds between two looks at the runs, as the screen has it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and return 0."""
    about = "Measure runs against an endpoint on loopback."
    parser = argparse.ArgumentParser(prog="workbench bench generate", description=about)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the run whose memory is watched (10,000)")
    parser.add_argument("--runs", type=int, default=5, help="alternated runs of each measure (default 5)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    rows = run(given.rows, runs=given.runs)
    if given.json:
        print(orjson.dumps([to_record(row) for row in rows], option=orjson.OPT_INDENT_2).decode())
        return 0
    print(f"{IN_FLIGHT} calls under way, {1000 * LATENCY:.0f} ms each; 1.00 or less keeps the budget")
    print(f"load of the machine when it began: {load:.1f}, on {os.cpu_count()} processors\n")
    print(table(rows))
    return 0


def run(rows: int, *, runs: int = 5) -> list[Row]:
    """Measure in a temporary folder."""
    with (
        tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
        stub(LATENCY) as url,
        open_workspace(Path(folder) / "w.workspace", author="bench") as ws,
    ):
        _fill(ws, Path(folder) / "questions.jsonl", rows)
        return [_rate(ws, url, max(10, rows // 10), runs), _memory(ws, url, rows)]


def _rate(ws: Workspace, url: str, rows: int, runs: int) -> Row:
    """Each run beside a bare loop over the same number of the same requests; the first pair only warms up."""
    requests = _requests(ws, rows)
    pairs = []
    for turn in range(runs + 1):
        pairs.append((seconds(partial(_generate, ws, url, rows, turn)), seconds(partial(bare_loop, url, requests))))
    shares = [bare / own for own, bare in pairs[1:]]
    own, bare = (rows / statistics.median(times) for times in zip(*pairs[1:], strict=True))
    share = statistics.median(shares)
    note = f"{own:,.0f} against {bare:,.0f} a second, {percent(min(shares))} to {percent(max(shares))}"
    return Row(
        f"rate with {IN_FLIGHT} calls under way", "a bare asyncio loop over the same client", percent(share),
        f"at least {percent(LEAST_SHARE)}", LEAST_SHARE / share, note,
    )  # fmt: skip


def _memory(ws: Workspace, url: str, rows: int) -> Row:
    halves: tuple[list[float], list[float]] = ([0.0], [0.0])
    took = seconds(partial(_generate, ws, url, rows, -1, halves))
    first, second = max(halves[0]), max(halves[1])
    note = f"{first:.0f} and {second:.0f} MB, {rows / took:,.0f} rows a second"
    return Row(
        f"peak memory, second half of {rows:,} rows", "its first half", f"{second / first:.2f} x", f"{MOST_GROWTH:g} x",
        second / first / MOST_GROWTH, note,
    )  # fmt: skip


def _generate(
    ws: Workspace, url: str, rows: int, seed: int, halves: tuple[list[float], list[float]] | None = None
) -> None:
    """A run over so many samples, with a screen that looks at it; memory goes into the half the run is in."""
    model = OpenAICompatible(url, "stub")
    job = ws.generate("answer", "", {"variants": 1}, seed=seed, model=model, limit=rows)
    looked = time.monotonic()
    while job.state == "running":
        time.sleep(0.05)
        if halves:
            halves[int(2 * job.progress.done >= rows)].append(resident_megabytes())
        if time.monotonic() - looked > _POLL:
            ws.runs()
            looked = time.monotonic()
    done = job.wait()
    assert done.counts.get("drafted", 0) + done.counts.get("gated", 0) == rows, done


def bare_loop(url: str, requests: Iterable[Request]) -> None:
    """Send the requests, `IN_FLIGHT` at a time, with nothing but the client."""
    asyncio.run(_bare(url, [arguments_of(request, "stub", stream=True) for request in requests]))


async def _bare(url: str, asked: Sequence[dict[str, Any]]) -> None:
    import openai

    async with openai.AsyncOpenAI(api_key="none", base_url=url, max_retries=0) as client:
        left = iter(asked)

        async def worker() -> None:
            for arguments in left:
                pieces = []
                async for chunk in await client.chat.completions.create(**arguments):
                    pieces += [choice.delta.content or "" for choice in chunk.choices]
                assert "".join(pieces)

        await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))


def _requests(ws: Workspace, rows: int) -> list[Request]:
    """What the recipe asks for these samples."""
    params, rng = AnswerParams(), random.Random(0)
    samples = ws.find(limit=rows).samples
    messages = [answering(one, up_to_last_user(one), params.instructions, rng) for one in samples]
    return [Request(each, params.temperature, params.max_tokens, number) for number, each in enumerate(messages)]


def _fill(ws: Workspace, path: Path, rows: int) -> None:
    """So many samples of one question and answer, in a workspace whose index is complete."""
    with path.open("wb") as out:
        for number in range(rows):
            question = f"Question {number}: what should a customer bring to the appointment, and how long does it take?"
            turns = [{"role": "user", "content": question}, {"role": "assistant", "content": f"Answer {number}."}]
            out.write(orjson.dumps({"id": f"q{number}", "messages": turns}) + b"\n")
    ws.collect(path)
    ws.set_model({"base_url": "http://127.0.0.1:1/v1", "model": "stub", "in_flight": IN_FLIGHT})
    while (progress := ws.index_progress()).indexed < progress.total:
        time.sleep(0.1)
