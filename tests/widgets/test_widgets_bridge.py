from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from widgets._bridge import gather, reply
from workbench.errors import QueryError, StaleRevision

CONTRACTS = json.loads((Path(__file__).parents[1] / "contracts" / "commands.json").read_text())


def a_command(name: str, **args: object) -> dict[str, Any]:
    return {"kind": "command", "v": 1, "rid": 1, "name": name, "args": args}


def failing(error: Exception) -> Any:
    def handler() -> None:
        raise error

    return handler


def test_a_command_is_answered_with_its_result() -> None:
    assert reply({"add": lambda a, b: a + b}, a_command("add", a=1, b=2)) == {
        "kind": "reply", "rid": 1, "ok": True, "result": 3,
    }  # fmt: skip


def test_the_contract_of_a_tag_command_reaches_its_handler() -> None:
    heard = []
    reply({"tag.set": lambda **args: heard.append(args)}, CONTRACTS["tag_set"]["command"])
    assert heard == [{"ids": ["s_1"], "scheme": "domain", "value": "health"}]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("stale", StaleRevision("s_1", base=3, current=4)),
        ("query", QueryError("a value is missing", query="turns>=", start=0, end=7, hint="for example turns>=3")),
    ],
)
def test_expected_errors_are_told_as_the_contract_says(name: str, error: Exception) -> None:
    assert reply({"do": failing(error)}, a_command("do")) == CONTRACTS[name]["reply"]


MALFORMED = (
    None,
    7,
    "text",
    [],
    {},
    {"kind": "command"},
    {**a_command("do"), "rid": "1"},
    {**a_command("do"), "name": 5},
    {**a_command("do"), "args": []},
    {**a_command("do"), "v": 9},
)


@pytest.mark.parametrize("message", MALFORMED)
def test_a_malformed_message_gets_an_answer(message: object) -> None:
    answer = reply({"do": lambda: None}, message)
    assert answer["ok"] is False
    assert answer["error"]["code"] == "malformed"


def test_an_unknown_command_and_wrong_arguments_are_named() -> None:
    assert reply({}, a_command("nope"))["error"]["code"] == "unknown_command"
    answer = reply({"do": lambda wanted: wanted}, a_command("do", other=1))
    assert answer["error"]["code"] == "invalid_input"
    assert "wanted" in answer["error"]["message"]


def test_an_unexpected_failure_is_answered_and_logged_under_the_same_id(caplog: pytest.LogCaptureFixture) -> None:
    answer = reply({"do": failing(ZeroDivisionError("oops"))}, a_command("do"))
    assert answer["error"]["code"] == "internal"
    assert answer["error"]["log_id"] in caplog.text
    assert "Traceback" in caplog.text


def test_a_type_error_inside_a_handler_is_not_taken_for_wrong_arguments() -> None:
    assert reply({"do": lambda: "a" + 1}, a_command("do"))["error"]["code"] == "internal"  # type: ignore[operator]


def test_two_modules_may_not_answer_one_command() -> None:
    with pytest.raises(ValueError, match=r"a\.b"):
        gather(None, lambda ws: {"a.b": print}, lambda ws: {"a.b": print})
