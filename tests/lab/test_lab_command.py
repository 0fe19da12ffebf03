"""`workbench lab` as a process: it starts, says where, and leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

SECONDS = 60
Lab = tuple["subprocess.Popen[str]", str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Start the command on a workspace; returns the process and the address it says."""
    running = []

    def run(*options: str) -> Lab:
        command = [sys.executable, "-m", "workbench", "lab", str(tmp_path / "w.workspace"), "--no-browser", *options]
        process = subprocess.Popen(
            [*command, "--port", "19400"],
            env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                return process, found[0]
        raise AssertionError("it said no address")

    yield run
    for process in running:
        for child in children(process):
            child.kill()
        process.kill()


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def status_of(address: str) -> int:
    try:
        return urllib.request.urlopen(address).status
    except urllib.error.HTTPError as exc:
        return exc.code


def test_ctrl_c_stops_it_and_its_server(start):
    process, address = start("--token", "given")
    assert address.endswith("/doc/tree/notebooks/workbench.ipynb?token=given")
    assert status_of(address) == 200
    servers = children(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert not [server for server in servers if server.is_running()]


def test_a_killed_launcher_takes_its_server_with_it(start):
    process, _ = start()
    servers = children(process)
    assert servers
    process.kill()
    process.wait()
    wait_until(lambda: not [server for server in servers if server.is_running()])


def test_a_stranger_without_the_token_stays_outside(start):
    _, address = start("--token", "given")
    base = address.split("/doc/")[0]
    assert status_of(f"{base}/api/contents") == 403
    assert status_of(f"{base}/api/contents?token=guessed") == 403


def test_the_servers_command_line_does_not_tell_the_token(start):
    process, _ = start("--token", "given")
    assert not [word for server in children(process) for word in server.cmdline() if "given" in word]


def test_an_unknown_notebook_is_told(tmp_path):
    command = [sys.executable, "-m", "workbench", "lab", str(tmp_path / "w.workspace"), "--notebook", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there are: 10_collect" in done.stderr
