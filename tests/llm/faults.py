"""Everything an endpoint can do wrong, as what it answers; and the client and the ledger that meet it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.llm.endpoint import KEY, chunk, completion
from workbench.llm import Message, Request
from workbench.llm.openai_compatible import OpenAICompatible
from workbench.model import Call

DEADLINE = 1.5
"""Seconds given to an endpoint that never answers."""
SILENT = {"hang", "drip", "drip of events"}
"""The faults that end with the deadline; the others have an answer, which a busy machine may take its time for."""
HELD = 60.0
"""Seconds after which an endpoint that never answers gives up itself, where no client left it before."""
ASK = Request((Message("user", "When does it open?"),), max_tokens=50, seed=1)
SHAPE = {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]}


class Book:
    """A ledger in memory."""

    def __init__(self):
        self.calls: dict[int, Call] = {}

    def reserve_call(self, call, asked=None):
        self.calls[len(self.calls) + 1] = call
        return len(self.calls)

    def finish_call(self, call):
        self.calls[call.id] = call


def client(server, **more):
    more = {"key": lambda: KEY, **more}
    return OpenAICompatible(server.url, "m", **more)


def status(code, body=None, **headers):
    return lambda handler, _: handler.send_json(body or {"error": {"message": "no"}}, status=code, **headers)


def hang(handler, _):
    """Says nothing until the client leaves."""
    handler.connection.settimeout(HELD)
    handler.rfile.read(1)


def drip(handler, _):
    handler.stream([b" "] * round(HELD / 0.05), pause=0.05, kind="application/json")


def drip_stream(handler, _):
    handler.stream([chunk("a")] * round(HELD / 0.05), pause=0.05)


def cut(handler, body):
    if body.get("stream"):
        handler.stream([chunk("It opens")])
    else:
        text = json.dumps(completion()).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text[: len(text) // 2])


def reset(handler, _):
    handler.connection.close()


def huge(handler, body):
    parts = [chunk("x" * 50_000)] * 60 if body.get("stream") else [b" " * 50_000] * 60
    handler.stream(parts, kind="text/event-stream" if body.get("stream") else "application/json")


def huge_error(handler, _):
    handler.stream([b"x" * 50_000] * 400, kind="text/plain")


def redirect(handler, _):
    handler.send(b"", status=307, Location="http://127.0.0.2:1/v1/chat/completions")


def echo_key(handler, _):
    handler.send_json({"error": {"message": f"bad key {handler.headers['Authorization']}"}}, status=401)


def html(handler, _):
    handler.send(b"<html>login</html>", kind="text/html")


def date_ahead(seconds):
    """Retry-After as the standard's other form, a date."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def busy_until(handler, _):
    handler.send_json({"error": {"message": "no"}}, status=429, Retry_After=date_ahead(1))


def breaks(how):
    """Text, then something else than an answer."""
    return lambda handler, _: handler.stream([chunk("It opens "), chunk("on "), how])


def wrong(value):
    return lambda handler, _: handler.send_json(value)


REFUSAL = completion(choices=[{"finish_reason": "stop", "message": {"content": None, "refusal": "I will not."}}])
FILTERED = completion(choices=[{"finish_reason": "content_filter", "message": {"content": ""}}])
UNENDED = completion(choices=[{"finish_reason": None, "message": {"content": "It"}}])

FAULTS = {
    "400": status(400),
    "401": status(401),
    "403": status(403),
    "404": status(404),
    "408": status(408),
    "429": status(429),
    "429 with Retry-After": status(429, Retry_After="0"),
    "429 with a far Retry-After": status(429, Retry_After="86400"),
    "429 with a date": busy_until,
    "429 with a far date": lambda handler, _: status(429, Retry_After=date_ahead(86_400))(handler, _),
    "500": status(500),
    "503": status(503),
    "hang": hang,
    "drip": drip,
    "drip of events": drip_stream,
    "cut": cut,
    "reset": reset,
    "HTML": html,
    "no JSON": lambda handler, _: handler.send(b"{nonsense"),
    "deep JSON": lambda handler, _: handler.send(b"[" * 100_000),
    "a list": wrong([1]),
    "null": wrong(None),
    "empty choices": wrong(completion(choices=[])),
    "no choices": wrong({"id": "x"}),
    "choice without message": wrong(completion(choices=[{"finish_reason": "stop"}])),
    "content is a number": wrong(completion(7)),
    "content is empty": wrong(completion("  ")),
    "error in a 200": wrong({"error": {"message": "overloaded"}}),
    "no finish_reason": wrong(UNENDED),
    "refusal": wrong(REFUSAL),
    "content filter": wrong(FILTERED),
    "redirect": redirect,
    "key echo": echo_key,
    "huge": huge,
    "huge error": huge_error,
    "bad event after text": breaks(b"data: {nonsense\n\n"),
    "error after text": breaks(b'data: {"error": {"message": "out of memory"}}\n\n'),
    "bad event": lambda handler, _: handler.stream([b"data: {nonsense\n\n"]),
}
