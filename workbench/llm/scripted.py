"""A chat model that says what it was told to say: for tests, demonstrations and dry runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from workbench.errors import ModelError
from workbench.llm.base import OnText, Price, Reply, Request

Script = Callable[[Request], str]


class ScriptedModel:
    """Answers with `replies` in order, or with what a function of the request returns.

    `history` holds every request it was asked. A reply that is an exception is raised. Tokens are counted as words.
    """

    endpoint = "scripted"
    on_this_machine = True

    def __init__(
        self, replies: Iterable[str | Exception] | Script, *, name: str = "scripted", price: Price | None = None
    ) -> None:
        self.name = name
        self.price = price or Price(0.0, 0.0)
        self.history: list[Request] = []
        self._script = replies if callable(replies) else None
        self._replies = iter(() if callable(replies) else replies)
        self._lock = threading.Lock()

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """The next reply of the script; raises `ModelError` at its end."""
        text = self._next(request)
        if on_text:
            for word in text.split(" "):
                on_text(word + " ")
        words = sum(len(message.content.split()) for message in request.messages)
        written = len(text.split())
        return Reply(text, "stop", words, written, self.name, self.price.usd(words, written))

    def _next(self, request: Request) -> str:
        with self._lock:
            self.history.append(request)
            if self._script is None:
                answer = next(self._replies, None)
        if self._script is not None:
            return self._script(request)
        if answer is None:
            raise ModelError("the script has no more replies", hint="give it one reply for each request")
        if isinstance(answer, Exception):
            raise answer
        return answer


def example_of(schema: Any) -> Any:
    """A value of the shape that a JSON schema (the part of it that `shape` checks) asks for."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: example_of(inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        if "prefixItems" in schema:
            return [example_of(inner) for inner in schema["prefixItems"]]
        return [example_of(schema.get("items", {}))] * max(1, schema.get("minItems", 1))
    return {"integer": 1, "number": 1.0, "boolean": True, "null": None}.get(str(kind), "text")
