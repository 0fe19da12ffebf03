"""Published corpora of dialogues: Schema-Guided Dialogue and MultiWOZ, CrossWOZ, and their relatives.

Shapes: github.com/google-research-datasets/dstc8-schema-guided-dialogue (dialogues_*.json),
github.com/budzianowski/multiwoz (2.2) and github.com/thu-coai/CrossWOZ (val.json).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.collect.base import Head, Options, Parsed, Record
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import conversation, list_of, object_of, rest_of, role_of, text_of, turn_id
from workbench.model import Turn
from workbench.text import percent


def _is_sgd(value: Any) -> bool:
    turns = value.get("turns") if isinstance(value, dict) and "dialogue_id" in value else None
    return isinstance(turns, list) and any(isinstance(turn, dict) and "utterance" in turn for turn in turns)


def _sniff_sgd(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_sgd)
    return (
        (0.95 * share, f"{percent(share)} of the first records have turns with speaker and utterance")
        if share
        else None
    )


def read_sgd(record: Record, options: Options) -> Iterator[Parsed]:
    """A dialogue with `services`; each turn keeps its frames. SYSTEM is the assistant here."""
    value = object_of(record.value, "")
    turns = []
    for index, item in enumerate(list_of(value.get("turns"), "turns")):
        where = f"turns[{index}]"
        item = object_of(item, where)
        speaker = item.get("speaker")
        role = "assistant" if speaker == "SYSTEM" else role_of(speaker, f"{where}.speaker")
        said = text_of(item.get("utterance"), f"{where}.utterance")
        turns.append(Turn(turn_id(index), role, said, extra=rest_of(item, ("speaker", "utterance"))))
    yield conversation(record, tuple(turns), ("turns",), ids=("dialogue_id",))


def _is_crosswoz(value: Any) -> bool:
    messages = value.get("messages") if isinstance(value, dict) else None
    first = messages[0] if isinstance(messages, list) and messages else None
    return isinstance(first, dict) and first.get("role") in ("usr", "sys") and "dialog_act" in first


def _sniff_crosswoz(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_crosswoz)
    return (
        (0.97 * share, f"{percent(share)} of the first records have usr and sys messages with acts") if share else None
    )


def read_crosswoz(record: Record, options: Options) -> Iterator[Parsed]:
    """A dialogue with its goals; each turn keeps its acts and states. The language is Chinese unless told."""
    value = object_of(record.value, "")
    turns = []
    for index, item in enumerate(list_of(value.get("messages"), "messages")):
        where = f"messages[{index}]"
        item = object_of(item, where)
        role = role_of(item.get("role"), f"{where}.role")
        said = text_of(item.get("content"), f"{where}.content")
        turns.append(Turn(turn_id(index), role, said, extra=rest_of(item, ("role", "content"))))
    yield conversation(record, tuple(turns), ("messages",), language=options.get("language") or "zh")


SGD = RecordImporter("sgd", "Schema-Guided Dialogue, MultiWOZ 2.2", _sniff_sgd, read_sgd)
CROSSWOZ = RecordImporter("crosswoz", "CrossWOZ", _sniff_crosswoz, read_crosswoz)
