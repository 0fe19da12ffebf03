"""One server process, started once, that has imported what the crash tests need and forks a child for every kill.

A child is there within milliseconds, and it has nothing open: no database, no thread.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "pytest",
        "tests.builders",
        "tests.flows.approving",
        "tests.llm.endpoint",
        "workbench.collect.formats",
        "workbench.flows.approving",
        "workbench.flows.collect",
        "workbench.flows.decide",
        "workbench.flows.following",
        "workbench.flows.generate",
        "workbench.flows.release",
        "workbench.generate.recipes",
        "workbench.llm.openai_compatible",
        "workbench.llm.scripted",
        "workbench.release.formats",
        "workbench.store.sqlite",
        "workbench.workspace",
    ]
)


def heard_until_killed(
    target: Callable[..., None],
    *args: Any,
    said: int | None = None,
    delay: float = 0.0,
    or_more: bool = False,
    begin: Callable[[Any], None] = lambda _: None,
) -> list[Any]:
    """All that a child said until it was killed, or ended by itself; it is given the pipe and `args`.

    It is killed `delay` seconds after it had `said` so much, with `or_more` also as soon as it says more; without
    `said` it is for somebody else to kill it. `begin` is told of its process before it starts.
    """
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=target, args=(there, *args))
    begin(process)
    process.start()
    there.close()
    heard = []
    with suppress(EOFError):
        while said is None or len(heard) < said:
            heard.append(here.recv())
        if or_more:
            here.poll(delay)
        else:
            time.sleep(delay)
        process.kill()
        while True:
            heard.append(here.recv())
    process.join()
    here.close()
    assert process.exitcode in {0, -signal.SIGKILL}, "it ended with an error of its own"
    return heard
