"""A JupyterLab process of our own: started, waited for, stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from widgets.lab.server_options import environment, options
from workbench import WorkbenchError

HOST = "127.0.0.1"
START_SECONDS = 90
STOP_SECONDS = 10


def free_port(wanted: int) -> int:
    """`wanted`, or the first free port after it."""
    for port in range(wanted, min(wanted + 200, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise WorkbenchError(f"no free port from {wanted} on", hint="choose another with --port")


@dataclass(frozen=True, slots=True)
class Server:
    """A running JupyterLab, or Voila. `probe` is a path that it alone answers with its token."""

    process: subprocess.Popen[bytes]
    port: int
    token: str
    log: Path
    name: str = "JupyterLab"
    probe: str = "/api/status"

    def address(self, path: str = "") -> str:
        """The address of a page, with the token that lets a browser in."""
        return f"http://{HOST}:{self.port}/{path}?token={self.token}"

    def wait_until_ready(self) -> None:
        """Return when it answers; raises `WorkbenchError` with the end of its log when it does not come up."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        raise WorkbenchError(f"{self.name} did not start: {self._last_words()}", hint=f"its full log is {self.log}")

    def stop(self) -> None:
        """End it and its kernels; kills what does not go."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=2)
        try:
            # The token tells it from a server of somebody else that took the port in the same moment.
            connection.request("GET", self.probe, headers={"Authorization": f"token {self.token}"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):  # not listening yet, or no web server at all
            return False
        finally:
            connection.close()

    def _last_words(self) -> str:
        lines = [line for line in self.log.read_text("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it said nothing"


def start(workspace: Path, *, port: int, token: str, home: Path, runtime: Path, added: Mapping[str, str]) -> Server:
    """Start JupyterLab on a workspace folder with the same Python.

    Args:
        workspace: The folder it serves.
        port: A free port on loopback.
        token: What a browser must present.
        home: A folder for settings that outlive a start (theme and the like).
        runtime: A folder of this start alone.
        added: Variables that it and the notebooks' kernels find in their environment.
    """
    return launch(
        "JupyterLab",
        [sys.executable, "-m", "jupyterlab", *options(workspace, port=port, runtime=runtime)],
        env={**environment(os.environ, home=home, runtime=runtime, token=token), **added},
        folder=workspace,
        port=port,
        token=token,
        log=home / "lab.log",
    )


def launch(
    name: str,
    command: list[str],
    *,
    env: Mapping[str, str],
    folder: Path,
    port: int,
    token: str,
    log: Path,
    probe: str = "/api/status",
) -> Server:
    """Start a server's process, its output in `log`. It has a session of its own: Ctrl-C reaches only the launcher."""
    with log.open("wb") as output:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            env=dict(env),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Server(process, port, token, log, name, probe)


def installed() -> Any:
    """JupyterLab's import specification, or None where it is not installed."""
    from importlib.util import find_spec

    return find_spec("jupyterlab")
