"""A chat endpoint on loopback that answers after a fixed time: ``python -m workbench.bench.stub SECONDS``.

It does as little as an HTTP server can, in a process of its own, so that what is measured against it is the client.
The address is printed once it listens. The end of standard input ends it.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

_WORDS = tuple(f"{first}{second}{third}" for first in "bdfgk" for second in "aeiou" for third in ("na", "ri", "so"))
_PIECES = 4


@contextmanager
def stub(seconds: float) -> Iterator[str]:
    """The base URL of a stub that answers each request after so many seconds."""
    command = [sys.executable, "-m", "workbench.bench.stub", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def said(number: int) -> str:
    """The answer to request `number`: forty words, different for every one."""
    return " ".join(_WORDS[(number * 7919 + place * place * (1 + number % 61)) % len(_WORDS)] for place in range(40))


class _Connection(asyncio.Protocol):
    """One client. Answers come in the order of the requests, which this client never sends two of at once."""

    count = 0
    seconds = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._read = b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        self._read = b""
        asyncio.get_running_loop().call_later(self.seconds, self._answer, bool(orjson.loads(body).get("stream")))

    def _answer(self, stream: bool) -> None:
        _Connection.count += 1
        self._transport.write(_answer(said(_Connection.count), stream))  # type: ignore[attr-defined]


def _length(head: bytes) -> int:
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    return next((int(value) for name, _, value in lines if name == b"content-length"), 0)


def _answer(text: str, stream: bool) -> bytes:
    usage: dict[str, object] = {"prompt_tokens": 60, "completion_tokens": 60, "total_tokens": 120}
    shared: dict[str, object] = {"id": "c", "created": 1, "model": "stub"}
    if not stream:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        answer = {**shared, "object": "chat.completion", "choices": [choice], "usage": usage}
        return _response("application/json", orjson.dumps(answer))
    step = -(-len(text) // _PIECES)
    chunks: list[dict[str, object]] = [{"delta": {"content": text[at : at + step]}} for at in range(0, len(text), step)]
    choices: list[dict[str, object]] = [*chunks, {"delta": {}, "finish_reason": "stop"}]
    events: list[dict[str, object]] = [
        {**shared, "object": "chat.completion.chunk", "choices": [{"index": 0, **one}]} for one in choices
    ]
    events.append({**shared, "object": "chat.completion.chunk", "choices": [], "usage": usage})
    lines = [b"data: " + orjson.dumps(event) + b"\n\n" for event in events]
    return _response("text/event-stream", b"".join([*lines, b"data: [DONE]\n\n"]))


def _response(kind: str, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body)) + body


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    """Serve until the parent is gone."""
    _Connection.seconds = float(sys.argv[1])
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
