"""A real HTTP server on loopback that misbehaves in a way the test chooses and counts what it was asked."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "key-canary-7d41f0c2"


def completion(text: str | None = "It opens on Monday.", **changes: Any) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
    return {"id": "c1", "object": "chat.completion", "model": "m", "choices": [choice], "usage": usage, **changes}


def chunk(text: str | None, finish: str | None = None, **changes: Any) -> bytes:
    choice = {"index": 0, "finish_reason": finish, "delta": {"content": text} if text is not None else {}}
    return b"data: " + json.dumps({"model": "m", "choices": [choice], **changes}).encode() + b"\n\n"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.close_connection = True
        with suppress(OSError):  # the client left, which several tests want
            self.server.behave(self, body)

    def send(self, body: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        # Unannounced, the client may send its next request into a connection that is about to be closed.
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, value: Any, **more: Any) -> None:
        self.send(json.dumps(value).encode(), **more)

    def stream(self, parts: list[bytes], *, pause: float = 0.0, kind: str = "text/event-stream") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        for part in parts:
            self.wfile.write(part)
            self.wfile.flush()
            time.sleep(pause)

    def log_message(self, *_: Any) -> None:
        pass


Behaviour = Callable[[Handler, dict[str, Any]], None]


class Endpoint(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a connection that is refused for want of room is never counted

    def __init__(self, behave: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave = behave
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.lock = threading.Lock()
        self._open: set[Any] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def asked(self, expected: int, patience: float = 10.0) -> int:
        """How many requests came. One whose client gave up may still wait to be read: waits for it to be counted."""
        deadline = time.monotonic() + patience
        while len(self.requests) < expected and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(self.requests)

    def served(self, patience: float = 30.0) -> None:
        """Wait until every connection made so far is accepted, read and closed: nobody who asks is left alive."""
        with socket.create_connection(self.server_address[:2]) as last:  # they are accepted in the order they came in
            mine = last.getsockname()
            self._wait(lambda: mine in self._open, patience)
        self._wait(lambda: not self._open, patience)

    def _wait(self, until: Callable[[], bool], patience: float) -> None:
        deadline = time.monotonic() + patience
        while not until():
            assert time.monotonic() < deadline, "a connection is still open"
            time.sleep(0.002)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.lock:
            self._open.add(client_address)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.lock:
                self._open.discard(client_address)

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def endpoint(behave: Behaviour) -> Iterator[Endpoint]:
    server = Endpoint(behave)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def say(handler: Handler, body: dict[str, Any], *parts: str, used: tuple[int, int] = (11, 5)) -> None:
    """Answer with a text, whole or part by part as a stream, whichever is asked; `used`: tokens in and out."""
    usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
    if body.get("stream"):
        last = b"data: " + json.dumps({"model": "m", "choices": [], "usage": usage}).encode() + b"\n\n"
        handler.stream([*(chunk(part) for part in parts), chunk(None, "stop"), last, b"data: [DONE]\n\n"])
    else:
        handler.send_json(completion("".join(parts), usage=usage))


def well(handler: Handler, body: dict[str, Any]) -> None:
    """Answers as it should, whole or as a stream."""
    say(handler, body, "It opens ", "on Monday.")


def able(handler, body):
    """Answers well whatever it is asked: a question about water in JSON, too."""
    if "response_format" in body:
        handler.stream([chunk(json.dumps({"wet": True})), chunk(None, "stop"), b"data: [DONE]\n\n"])
    else:
        well(handler, body)
