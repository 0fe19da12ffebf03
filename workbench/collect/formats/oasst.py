"""Open Assistant message trees: ``{"message_tree_id", "prompt": {"text", "role", "replies": [...]}}``.

The path of the best-ranked replies (rank 0 is best) is the sample, the other paths are its branches. Shape:
github.com/LAION-AI/Open-Assistant, data exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.collect.base import Head, Options, Parsed, Record
from workbench.collect.formats.trees import Node, parsed_of_tree
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import object_of, rest_of, role_of, text_of
from workbench.model import Turn
from workbench.text import percent

_UNRANKED = 1_000_000


def _is_tree(value: Any) -> bool:
    prompt = value.get("prompt") if isinstance(value, dict) and "message_tree_id" in value else None
    return isinstance(prompt, dict) and "text" in prompt


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_tree)
    return (0.97 * share, f"{percent(share)} of the first records are message trees with a prompt") if share else None


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The paths of one tree; every turn keeps its message's labels, ranks and reviews."""
    value = object_of(record.value, "")
    prompt = object_of(value.get("prompt"), "prompt")
    language = prompt.get("lang") if isinstance(prompt.get("lang"), str) else None
    yield from parsed_of_tree(record, _node(prompt, "prompt"), ("prompt",), ids=("message_tree_id",), language=language)


def _node(message: dict[str, Any], field: str) -> Node:
    extra = rest_of(message, ("text", "role", "replies"))
    role = role_of(message.get("role"), f"{field}.role")
    turn = Turn("", role, text_of(message.get("text"), f"{field}.text"), extra=extra)
    replies = message.get("replies") or []
    named = [(object_of(reply, f"{field}.replies[{n}]"), f"{field}.replies[{n}]") for n, reply in enumerate(replies)]
    ranked = sorted(named, key=lambda item: _rank(item[0]))
    return Node(turn, tuple(_node(*item) for item in ranked), message.get("synthetic") is True)


def _rank(message: dict[str, Any]) -> int:
    rank = message.get("rank")
    return rank if isinstance(rank, int) else _UNRANKED


OASST = RecordImporter("oasst", "Open Assistant message trees", _sniff, convert)
