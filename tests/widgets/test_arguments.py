"""Odd arguments at the door: every command answers in plain words, and none of them fails inside."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from widgets import Workbench, _me
from widgets._arguments import KINDS, kind_of, whole_characters
from widgets._bridge import gather, reply
from workbench.workspace import Workspace

ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, "", "nobody", "\x00", "\ud800", '"', [], [None], ["x"] * 3, {}, {"a": 1},
    [[1, 2], [3, 4]],
)  # fmt: skip
ORDINARY: dict[str, Any] = {
    "ids": ["s_nobody"], "which": "", "where": "", "query": "", "scheme": "naturalness", "value": 3, "recipe": "noise",
    "turns": [], "check": {}, "ranks": {}, "params": {}, "settings": {}, "source": {"name": "s"}, "schemes": ["domain"],
    "change": {}, "args": {}, "base_revision": 1, "old": 1, "size": 5, "at": 0, "row": 0, "language": "en",
}  # fmt: skip
SLOW = {"model.test"}
"""Starts a model, whatever it is given; it takes no arguments."""


@pytest.fixture
def handlers(ws: Workspace) -> Iterator[dict[str, Any]]:
    yield gather(ws, *Workbench.answers, _me.commands)
    for job in ws.jobs():
        job.cancel()


def usual(command: str, name: str, parameter: inspect.Parameter) -> Any:
    if parameter.default is not inspect.Parameter.empty:
        return parameter.default
    return ORDINARY[name] if name in ORDINARY and (command, name) != ("history.compare", "old") else "nobody"


def test_every_argument_of_every_command_has_a_kind(handlers: dict[str, Any]) -> None:
    named = [(command, name) for command, handler in handlers.items() for name in inspect.signature(handler).parameters]
    assert [pair for pair in named if kind_of(*pair) is None] == []
    assert KINDS.keys() <= {name for _, name in named} | {"args"}


def test_odd_arguments_are_refused_in_plain_words(handlers: dict[str, Any]) -> None:
    failed: list[tuple[str, str, Any, str]] = []
    for command in sorted(handlers.keys() - SLOW):
        parameters = inspect.signature(handlers[command]).parameters
        given = {name: usual(command, name, parameter) for name, parameter in parameters.items()}
        for name in parameters:
            for odd in ODD:
                message = {"kind": "command", "v": 1, "rid": 1, "name": command, "args": {**given, name: odd}}
                answer = reply(handlers, message)
                orjson.dumps(answer)
                if not answer["ok"] and answer["error"]["code"] == "internal":
                    failed.append((command, name, odd, answer["error"]["message"]))
    assert failed == []


def test_what_is_nothing_is_not_given(handlers: dict[str, Any]) -> None:
    args = {"query": None, "sort": None, "limit": None, "offset": None}
    answer = reply(handlers, {"kind": "command", "v": 1, "rid": 1, "name": "browse.rows", "args": args})
    assert answer["result"]["total"] == 3


def test_half_a_character_is_replaced_and_a_whole_one_stays() -> None:
    given = {"text": "a\ud83d b", "list": ["\ud83d\ude00", 1, None], "\udc00": True}
    assert whole_characters(given) == {"text": "a\ufffd b", "list": ["😀", 1, None], "\ufffd": True}


def test_a_text_with_half_a_character_is_answered(handlers: dict[str, Any]) -> None:
    message = {"kind": "command", "v": 1, "rid": 1, "name": "tidy.report", "args": {"job": "j\ud83d"}}
    assert "j\ufffd" in orjson.dumps(reply(handlers, message)).decode()
