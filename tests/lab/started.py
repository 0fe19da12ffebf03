"""A command of ours that serves pages, started as a process for one test, and the processes below it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

SECONDS = 60
Started = tuple["subprocess.Popen[str]", str]


@contextmanager
def starting(folder: Path, command: str, port: int) -> Iterator[Callable[..., Started]]:
    """Starts the command on a workspace in the folder, with options; gives the process and the address that it says.

    All of them, and what they started, are killed at the end.
    """
    running: list[subprocess.Popen[str]] = []

    def run(*options: str) -> Started:
        words = [sys.executable, "-m", "workbench", command, str(folder / "w.workspace"), "--no-browser", *options]
        process = subprocess.Popen(
            [*words, "--port", str(port)],
            env={**os.environ, "XDG_DATA_HOME": str(folder / "data")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_heeds_ctrl_c,
        )
        running.append(process)
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                return process, found[0]
        raise AssertionError("it said no address")

    try:
        yield run
    finally:
        for process in running:
            for child in children(process):
                child.kill()
            process.kill()


def _heeds_ctrl_c() -> None:
    """Also where the tests run in the background: what is started there ignores it, and so do its own children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes below one that still runs."""
    return psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
