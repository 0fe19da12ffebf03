"""`workbench lab` as a process: it starts, says where, and leaves nothing behind, however it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.started import SECONDS, Started, children, starting


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    with starting(tmp_path, "lab", 19400) as run:
        yield run


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


def sessions(address: str) -> list[dict[str, Any]]:
    base, token = address.split("/doc/")[0], address.split("?token=")[1]
    with urllib.request.urlopen(f"{base}/api/sessions?token={token}") as answer:
        return json.load(answer)


def test_the_kernel_of_the_first_page_is_begun_before_the_page_asks(start):
    process, address = start("--notebook", "10_collect")
    wait_until(lambda: bool(sessions(address)))
    (session,) = sessions(address)
    assert (session["path"], session["type"]) == ("notebooks/10_collect.ipynb", "notebook")
    (kernel,) = [one for one in children(process) if "ipykernel_launcher" in one.cmdline()]
    assert Path(kernel.cwd()).name == "notebooks"


def test_no_kernel_is_begun_for_a_notebook_that_a_person_changed(start, tmp_path):
    process, _ = start()
    process.send_signal(signal.SIGINT)
    process.wait(SECONDS)
    page = tmp_path / "w.workspace" / "notebooks" / "workbench.ipynb"
    page.write_text(page.read_text("utf-8").replace("wb.open()", "wb.open('.')"), "utf-8")
    _, address = start()
    time.sleep(1)  # a kernel that is begun is named within a tenth of it
    assert sessions(address) == []


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
