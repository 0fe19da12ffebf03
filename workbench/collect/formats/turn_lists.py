"""Any record that holds a list of turns: Taskmaster, Topical-Chat, Telegram, ABCD and what looks like them.

A turn is an object with one field that says who speaks and one that says what, or a pair of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.collect.base import BadRecord, Head, Options, Parsed, Record
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import ROLES, Speakers, conversation, object_of, turn_id
from workbench.model import Turn
from workbench.text import percent

_WHO = ("speaker", "role", "from", "agent", "author", "sender", "user", "name", "who")
_WHAT = ("text", "message", "content", "utterance", "value", "body", "said")
_IDS = ("id", "conversation_id", "dialogue_id", "dialog_id", "convo_id")


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the turns are and which of their fields hold the speaker and the text (None for pairs)."""

    key: str
    who: str | None
    what: str | None


def _shape(value: Any) -> _Shape | None:
    """The first list of at least one turn in a record."""
    for key, items in value.items() if isinstance(value, dict) else ():
        first = items[0] if isinstance(items, list) and items else None
        if isinstance(first, dict):
            who = next((name for name in _WHO if isinstance(first.get(name), str)), None)
            what = next((name for name in _WHAT if isinstance(first.get(name), (str, list))), None)
            if who and what and who != what:
                return _Shape(key, who, what)
        elif isinstance(first, list) and len(first) == 2 and all(isinstance(item, str) for item in first):
            return _Shape(key, None, None)
    return None


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(lambda value: _shape(value) is not None)
    shape = next((found for value in head.records if (found := _shape(value))), None)
    if shape is None:
        return None
    if not shape.who:
        return 0.5 * share, f"{percent(share)} of the first records have {shape.key} with pairs of speaker and text"
    return 0.5 * share, f"{percent(share)} of the first records have {shape.key} with {shape.who} and {shape.what}"


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The one conversation of a record; `options["roles"]` says which speaker has which role."""
    value = object_of(record.value, "")
    shape = _shape(value)
    if shape is None:
        raise BadRecord("", value, "no list of turns with a speaker and a text was found")
    speakers = Speakers(options.get("roles"))
    turns = tuple(
        _turn(item, index, shape, speakers, f"{shape.key}[{index}]") for index, item in enumerate(value[shape.key])
    )
    yield conversation(record, turns, (shape.key,), ids=_IDS)


def _turn(item: Any, index: int, shape: _Shape, speakers: Speakers, where: str) -> Turn:
    extra: Mapping[str, Any] = {}
    if shape.who and shape.what:
        item = object_of(item, where)
        who, what = item.get(shape.who), item.get(shape.what)
        extra = {key: cell for key, cell in item.items() if key not in (shape.who, shape.what)}
    else:
        who, what = item if isinstance(item, list) and len(item) == 2 else (None, item)
    if not isinstance(who, str):
        raise BadRecord(f"{where}.{shape.who}" if shape.who else where, who, "each turn must say who speaks")
    said = _plain(what)
    if said is None:
        raise BadRecord(f"{where}.{shape.what}" if shape.what else where, what, "each turn must hold its text")
    return Turn(
        turn_id(index), speakers.role(who), said, name=None if who.strip().lower() in ROLES else who, extra=extra
    )


def _plain(what: Any) -> str | None:
    """A text, also when it comes in marked-up pieces (Telegram)."""
    if isinstance(what, str):
        return what
    if not isinstance(what, list):
        return None
    pieces = [piece.get("text") if isinstance(piece, dict) else piece for piece in what]
    return "".join(pieces) if all(isinstance(piece, str) for piece in pieces) else None  # type: ignore[arg-type]


TURN_LISTS = RecordImporter("turn-list", "Any list of turns (speaker and text)", _sniff, convert, ("roles",))
