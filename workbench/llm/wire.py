"""The chat-completions request, and its answer: read, checked, and turned into a `Reply` or an error in plain words.

Clients accept what should not be accepted: an HTML page as text, an empty list of choices, a stream that was cut off.
Here an answer counts only with a choice, a text and a reason why it ended.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import ModelError, ModelRefused
from workbench.llm.base import OnText, Reply, Request
from workbench.llm.shape import misfit
from workbench.llm.usage import as_charged, usage_of

KEPT_RAW = 4000
"""Characters of an unusable answer that are kept for a person to look at."""

KEPT_TEXT = 64_000
"""The same of what a model wrote itself: a person may mend it."""


@dataclass
class Answer:
    """What has come in so far, whole or in pieces."""

    pieces: list[str] = field(default_factory=list)
    refusal: str = ""
    finish_reason: str | None = None
    model: str = ""
    usage: dict[str, Any] = field(default_factory=dict)
    thoughts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    @property
    def written(self) -> str:
        """Everything the model wrote so far, what it only thought included: all of it is charged."""
        return "".join([*self.thoughts, *self.pieces, self.refusal])

    def take(self, body: Any, part: str) -> str:
        """Add a parsed completion ("message") or chunk ("delta"); returns the new text. Raises `ModelError`."""
        if not isinstance(body, dict):
            raise ModelError("the endpoint answered something that is not a completion", raw=str(body)[:KEPT_RAW])
        if "error" in body:
            raise ModelError(f"the endpoint reports: {_error_text(body['error'])}")
        self.model = str(body.get("model") or self.model)
        self.usage = body["usage"] if isinstance(body.get("usage"), dict) else self.usage
        choices = body.get("choices")
        if not isinstance(choices, list) or (part == "message" and not choices):
            raise ModelError("the endpoint answered without a choice", raw=json.dumps(body)[:KEPT_RAW])
        return self._take_choice(choices[0], part) if choices else ""

    def _take_choice(self, choice: Any, part: str) -> str:
        said = choice.get(part) if isinstance(choice, dict) else None
        if not isinstance(said, dict):
            raise ModelError(f"the endpoint's answer has no {part}", raw=json.dumps(choice)[:KEPT_RAW])
        text = said.get("content")
        self.finish_reason = choice.get("finish_reason") or self.finish_reason
        self.refusal += str(said.get("refusal") or "")
        self.thoughts.append(_thought(said))
        if text is not None and not isinstance(text, str):
            raise ModelError("the endpoint's answer is not text", raw=json.dumps(choice)[:KEPT_RAW])
        self.pieces.append(text or "")
        return text or ""


def arguments_of(request: Request, model: str, *, stream: bool) -> dict[str, Any]:
    """A request as the chat-completions API wants it."""
    arguments: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
    }
    if request.seed is not None:
        arguments["seed"] = request.seed
    if request.stop:
        arguments["stop"] = list(request.stop)
    if request.schema is not None:
        shape = {"name": request.schema_name, "strict": True, "schema": dict(request.schema)}
        arguments["response_format"] = {"type": "json_schema", "json_schema": shape}
    if stream:
        arguments |= {"stream": True, "stream_options": {"include_usage": True}}
    return arguments


def read_completion(body: bytes, request: Request) -> Answer:
    """A whole answer. Raises `ModelError`."""
    answer = Answer()
    try:
        answer.take(_json(body), "message")
    except ModelError as exc:
        raise as_charged(exc, answer, request) from exc.__cause__
    return answer


def _thought(said: dict[str, Any]) -> str:
    """What a model that thinks first wrote before its answer; servers have two names for it."""
    thought = said.get("reasoning_content") or said.get("reasoning")
    return thought if isinstance(thought, str) else ""


class EventReader:
    """Reads a stream of server-sent events; `feed` it bytes, then ask `answer`."""

    def __init__(self, on_text: OnText, request: Request) -> None:
        self.answer = Answer()
        self._request = request
        self.ended = False
        self._on_text = on_text
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take the next bytes and report the text in them. Raises `ModelError`."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        try:
            for line in lines:
                self._line(line.strip())
        except ModelError as exc:
            raise as_charged(exc, self.answer, self._request) from exc.__cause__

    def _line(self, line: bytes) -> None:
        if not line.startswith(b"data:"):
            return
        payload = line[5:].strip()
        if payload == b"[DONE]":
            self.ended = True
        elif text := self.answer.take(_json(payload), "delta"):
            self._on_text(text)


def finished(answer: Answer, request: Request, model: str) -> Reply:
    """The answer as a reply; raises `ModelRefused`, or `ModelError` for one that is cut, empty or of a wrong shape."""
    text = answer.text
    prompt, written, estimated = usage_of(answer, request)
    try:
        _check_whole(answer, text)
        if request.schema is not None:
            check_shape(text, request, cut=answer.finish_reason == "length")
    except ModelError as exc:
        exc.tokens = (prompt, written)  # what cannot be used was written all the same, and is charged
        exc.estimated = estimated
        raise
    return Reply(text, answer.finish_reason or "", prompt, written, answer.model or model, estimated=estimated)


def _check_whole(answer: Answer, text: str) -> None:
    if answer.refusal or answer.finish_reason == "content_filter":
        raise ModelRefused("the model declined to answer", raw=answer.refusal or text[:KEPT_TEXT])
    if not answer.finish_reason:
        raise ModelError("the answer was cut off", hint="the call may have been charged", maybe_charged=True, raw=text)
    if not text.strip() and answer.finish_reason == "length":
        raise ModelError(
            "the model reached its length limit before it said anything",
            hint="it thinks before it answers: allow longer answers (1,000 tokens, say), or switch its thinking off",
        )
    if not text.strip():
        raise ModelError("the model answered nothing")


def check_shape(text: str, request: Request, *, cut: bool = False) -> Any:
    """The JSON value of an answer that was asked for with a schema; raises `ModelError` when it is another shape.

    `cut` says that the answer reached its length limit, so that broken JSON is told as what it is.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as exc:
        if cut:
            hint = "a small model may never come to an end: try another one, or ask for less at once"
            raise ModelError("the answer reached its length limit unfinished", hint=hint, raw=text[:KEPT_TEXT]) from exc
        raise ModelError("the model did not answer with valid JSON", raw=text[:KEPT_TEXT]) from exc
    problem = misfit(value, request.schema or {})
    if problem:
        raise ModelError(f"the model answered in another shape: {problem}", raw=text[:KEPT_TEXT])
    return value


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as exc:
        kept = body[:KEPT_RAW].decode("utf-8", "replace")
        raise ModelError(
            "the endpoint did not answer with JSON", hint="does the base URL lead to a chat interface?", raw=kept
        ) from exc


def _error_text(error: Any) -> str:
    message = error.get("message") if isinstance(error, dict) else error
    return str(message)[:300]
