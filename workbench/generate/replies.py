"""What is taken from a model's reply: the words of one turn, or a JSON value of the shape that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.errors import GenerateError, ModelError, ModelRefused
from workbench.llm.base import ChatModel, Reply, Request
from workbench.llm.shape import misfit
from workbench.model import Turn

_MARK = re.compile(r"\s*<<<+\s*(?:(?:DATA|END)\b|.*\b[0-9a-f]{12}\b)", re.IGNORECASE)
"""A line that marks data, also as a weak model writes it: with another word before the name."""

_QUOTES = {('"', '"'), ("“", "”"), ("«", "»")}
_SPEAKERS = {
    *("user", "assistant", "customer", "advisor", "utilisateur", "client", "conseiller"),
    *("用户", "助手", "客户", "顾客", "客服"),
}


def bare(text: str) -> str:
    """The text without the data marks and quotation marks that a model put around it."""
    lines = [line for line in text.strip().splitlines() if not _MARK.match(line)]
    kept = "\n".join(lines).strip()
    quoted = len(kept) > 2 and (kept[0], kept[-1]) in _QUOTES
    return kept[1:-1].strip() if quoted else kept


def own_words(text: str) -> str:
    """One turn without a speaker's name in front, and only its own part when the model went on for the other side."""
    lines: list[str] = []
    for line in bare(text).splitlines():
        said = _without_speaker(line)
        if said is not None and any(lines):
            break
        lines.append(line if said is None else said)
    return "\n".join(lines).strip()


def answer_words(reply: Reply) -> str:
    """The answer in a reply. Raises `GenerateError` with the raw text when nothing of it is left."""
    text = own_words(reply.text)
    if not text:
        raise GenerateError("the answer came out empty", raw=reply.text)
    return text


def turn_words(reply: Reply, turns: Sequence[Turn]) -> str:
    """The turn after `turns` in a reply. Raises `GenerateError` that counts it when nothing of it is left."""
    text = own_words(reply.text)
    if not text:
        raise GenerateError(f"turn {len(turns) + 1} came out empty", raw=reply.text)
    return text


def json_reply(model: ChatModel, request: Request) -> tuple[Any, Reply]:
    """The JSON value that a model answers with, and its reply. Raises `GenerateError` when the shape is another."""
    reply = model.reply(request)
    return read_json(reply.text, request.schema or {}), reply


def read_json(text: str, schema: Mapping[str, Any]) -> Any:
    """The JSON value of a reply, also inside a code fence. Raises `GenerateError` with the raw text for any other."""
    kept = text.strip()
    if kept.startswith("```"):
        kept = kept.partition("\n")[2].rpartition("```")[0]
    try:
        value = json.loads(kept)
    except (ValueError, RecursionError) as exc:
        raise GenerateError("the model did not answer with valid JSON", raw=text) from exc
    problem = misfit(value, schema)
    if problem:
        raise GenerateError(f"the model answered in another shape: {problem}", raw=text)
    return value


def of_no_use(exc: ModelError) -> bool:
    """Whether a whole answer came, and is charged, that nobody can read; a refusal can be read."""
    return exc.tokens is not None and not exc.maybe_charged and not isinstance(exc, ModelRefused)


def advice(model: ChatModel, request: Request) -> Any:
    """The JSON value of a reply that only advises: a whole answer that cannot be used costs nobody what it is about.

    Raises `GenerateError` for such an answer, whether the client or this module notices; what the model's endpoint
    fails at is raised as it is.
    """
    try:
        reply = model.reply(request)
    except ModelError as exc:
        if exc.tokens is None or exc.maybe_charged:
            raise
        raise GenerateError(exc.message, raw=exc.raw) from exc
    return read_json(reply.text, request.schema or {})


def _without_speaker(line: str) -> str | None:
    """What follows a speaker's name and colon; None when the line does not begin with one."""
    name, colon, rest = line.strip().replace("：", ":", 1).partition(":")
    return rest.strip() if colon and name.strip().strip("*").lower() in _SPEAKERS else None
