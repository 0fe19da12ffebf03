"""What the page may send as a command's arguments: one name has one kind in every command.

Checked once at the door, so that no handler meets a list where it expects a text. What a value means is the
handler's matter.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from workbench.errors import InvalidInput

MOST_WHOLE = 2**63

Kind = tuple[str, Callable[[Any], bool]]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -MOST_WHOLE <= value < MOST_WHOLE


def _number(value: Any) -> bool:
    return _whole(value) or (isinstance(value, float) and abs(value) < float("inf"))


def _list_of(kind: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list | tuple) and all(map(kind, value))


def _record(value: Any) -> bool:
    return isinstance(value, Mapping)


TEXT: Kind = ("a text", _text)
WHOLE: Kind = ("a whole number", _whole)
TRUTH: Kind = ("yes or no", lambda value: isinstance(value, bool))
TEXTS: Kind = ("a list of texts", _list_of(_text))
TEXT_OR_TEXTS: Kind = ("a text or a list of texts", lambda value: _text(value) or _list_of(_text)(value))
RECORD: Kind = ("a record", _record)
WHERE: Kind = ("a query, ids or a record", lambda value: TEXT_OR_TEXTS[1](value) or _record(value))
RECORDS: Kind = ("a list of records", _list_of(_record))
POINTS: Kind = ("a list of points", _list_of(lambda point: _list_of(_number)(point) and len(point) == 2))
ANSWER: Kind = ("an answer", lambda value: _text(value) or isinstance(value, bool) or _number(value) or TEXTS[1](value))

ANYTHING: Kind = ("a value", lambda value: True)

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(["became", "build", "by", "colour", "data", "do", "find", "format", "gate", "guideline"], TEXT),
    **dict.fromkeys(["how", "id", "job"], TEXT),
    **dict.fromkeys(["label", "language", "name", "new", "note", "old", "order", "out", "path", "pick", "query"], TEXT),
    **dict.fromkeys(["queue", "reason", "recipe", "run", "scheme", "sort", "text", "title", "to", "turn"], TEXT),
    **dict.fromkeys(["upload", "verdict", "where"], TEXT),
    **dict.fromkeys(
        [
            "age",
            "at",
            "base_revision",
            "branch",
            "count",
            "layout",
            "limit",
            "offset",
            "pilot",
            "region",
            "row",
            "seconds",
            "seed",
            "size",
        ],
        WHOLE,
    ),
    **dict.fromkeys(
        ["each_turn", "everybody", "keep", "kept", "later", "match_case", "on", "pair", "pairs", "plain"], TRUTH
    ),
    **dict.fromkeys(["regex", "replace", "reuse", "samples", "together", "whole_words"], TRUTH),
    **dict.fromkeys(["ids", "only", "roles", "schemes", "send_again", "without"], TEXTS),
    **dict.fromkeys(["args", "budget", "change", "check", "options", "params", "ranks", "seen"], RECORD),
    **dict.fromkeys(["rule", "settings", "source"], RECORD),
    "outline": POINTS,
    "turns": RECORDS,
    "value": ANSWER,
    "which": TEXT_OR_TEXTS,
}

ELSEWHERE: Mapping[tuple[str, str], Kind] = {
    ("step.undo_to", "id"): WHOLE,
    ("step.redo_to", "id"): WHOLE,
    ("step.samples", "id"): WHOLE,
    ("history.diff", "old"): WHOLE,
    ("history.diff", "new"): WHOLE,
    ("release.export", "to"): TEXTS,
    ("live.play", "send_again"): TRUTH,
    ("generate.count", "where"): WHERE,
    ("generate.estimate", "where"): WHERE,
    ("generate.gaps", "where"): WHERE,
    ("generate.run", "where"): WHERE,
    ("scheme.add", "value"): TEXT,
    ("me.remember", "value"): ANYTHING,
}
"""Commands in which a name means something else: a step and a revision are numbers."""


def kind_of(command: str, name: str) -> Kind | None:
    """The kind of an argument; None for one that nobody has decided about."""
    return ELSEWHERE.get((command, name)) or KINDS.get(name)


def bound(handler: Callable[..., Any], name: str, args: Mapping[str, Any]) -> inspect.BoundArguments:
    """The arguments of a command, each of its kind; raises `InvalidInput` for what the handler does not take.

    Nothing (null) is the same as not given.
    """
    signature = inspect.signature(handler)
    known = signature.parameters
    sent = {
        key: value
        for key, value in args.items()
        if value is not None or key not in known or known[key].default is inspect.Parameter.empty
    }
    try:
        given = signature.bind(**sent)
    except TypeError as exc:
        raise InvalidInput(f"{name}: {exc}", hint="reload the page") from exc
    for key, value in given.arguments.items():
        kind = kind_of(name, key)
        if kind is not None and not kind[1](value):
            raise InvalidInput(f"{name}: {key} is not {kind[0]}", hint="reload the page")
    return given


def whole_characters(value: Any) -> Any:
    """The same with every half of a character (a cut emoji) replaced: no file and no answer can hold one."""
    if isinstance(value, str):
        return _whole_text(value)
    if isinstance(value, list):
        return [whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {_whole_text(str(key)): whole_characters(item) for key, item in value.items()}
    return value


def _whole_text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
