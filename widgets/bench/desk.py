"""A running `workbench lab` on a workspace, and pages of it as a person sees them."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from workbench import WorkbenchError

READY = "[data-workbench=app][data-ready=true]"
CURRENT = ".wb-item-current"
SAVED = ".wb-saved[data-pending='0']"
START_MS = 90_000
AUTHOR = "tester"


@dataclass(frozen=True, slots=True)
class Lab:
    """A running server: `address(path)` opens a page of it; `workspace` is its folder; `said` its output so far."""

    workspace: Path
    base: str
    token: str
    process: subprocess.Popen[str]
    said: list[str]

    def address(self, path: str = "") -> str:
        """The address of a page, with the token that lets a browser in."""
        return f"{self.base}/{path}?token={self.token}"

    def kernels(self) -> list[int]:
        """Process ids of the kernels that work in its folder (Linux)."""
        listed = subprocess.run(
            ["pgrep", "-f", "ipykernel_launcher"], capture_output=True, text=True, check=False
        ).stdout
        numbers = [int(line) for line in listed.split()]
        return [number for number in numbers if _works_in(number, self.workspace)]


def start(folder: Path, *options: str, author: str = AUTHOR) -> Lab:
    """Start `workbench lab` on a workspace and wait until it says its address; its home lies beside the workspace."""
    home = folder.parent / "home"
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "workbench", "lab", str(folder), "--no-browser", "--no-tour"]
    process = subprocess.Popen(
        [*command, "--port", str(_free_port()), "--token", token, "--author", author, *options],
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_begin,
    )
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if address := re.search(r"(http://127\.0\.0\.1:\d+)/", line):
            threading.Thread(target=_listen, args=(process.stdout, said), daemon=True).start()
            return Lab(folder, address[1], token, process, said)
    raise WorkbenchError("workbench lab did not start: " + "".join(said)[-500:])


def _free_port() -> int:
    """A port that the system chooses, so that two runs at once do not count up from the same one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listen(stream: IO[str], said: list[str]) -> None:
    with stream:
        said.extend(stream)


def stop(lab: Lab) -> int:
    """Stop it as Ctrl-C does; returns its exit code."""
    if lab.process.poll() is None:
        lab.process.send_signal(signal.SIGINT)
    try:
        return lab.process.wait(20)
    finally:
        lab.process.kill()


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Lab]:
    """A server for the time of a block."""
    lab = start(folder, *options)
    try:
        yield lab
    finally:
        stop(lab)


def open_app(page: Any, lab: Lab) -> float:
    """Open the application and wait for its first painted data; returns the seconds it took."""
    began = time.perf_counter()
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=START_MS)
    page.wait_for_selector(f"{CURRENT}[data-sample-id]", timeout=START_MS)
    return time.perf_counter() - began


def current(page: Any) -> str:
    """The id of the conversation the list stands on."""
    return str(page.locator(CURRENT).get_attribute("data-sample-id"))


def search(page: Any, query: str) -> None:
    """Type a query into the query bar and go back to the list with it."""
    page.keyboard.press("/")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def _works_in(number: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{number}/cwd").resolve().is_relative_to(folder)
    except OSError:
        return False


def _begin() -> None:
    """In the child: hear Ctrl-C, as a job in the background does not, and stop with whoever started it (Linux)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
