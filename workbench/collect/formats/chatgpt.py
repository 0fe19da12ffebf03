"""A ChatGPT data export (conversations.json): a tree of messages per conversation, with branches.

The path to ``current_node`` is the sample; every other path is a branch of it. Empty messages (the hidden system
message, tool plumbing without text) are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.collect.base import BadRecord, Head, Options, Parsed, Record
from workbench.collect.formats.trees import Node, parsed_of_tree
from workbench.collect.registry import RecordImporter
from workbench.collect.speech import object_of, role_of
from workbench.model import Turn
from workbench.text import percent

_DEEPEST = 500


def _is_export(value: Any) -> bool:
    mapping = value.get("mapping") if isinstance(value, dict) else None
    return isinstance(mapping, dict) and any(isinstance(node, dict) and "children" in node for node in mapping.values())


def _sniff(head: Head) -> tuple[float, str] | None:
    share = head.share(_is_export)
    return (0.97 * share, f"{percent(share)} of the first records have a mapping of messages") if share else None


def convert(record: Record, options: Options) -> Iterator[Parsed]:
    """The paths of one conversation."""
    value = object_of(record.value, "")
    mapping = object_of(value.get("mapping"), "mapping")
    main = _ancestors(mapping, value.get("current_node"))
    roots = [key for key, node in mapping.items() if isinstance(node, dict) and not node.get("parent")]
    nodes = [node for key in roots for node in _nodes(mapping, key, main, 0)]
    if len(nodes) != 1:
        raise BadRecord("mapping", words=f"{len(nodes)} first messages", hint="a conversation begins with one message")
    yield from parsed_of_tree(record, nodes[0], ("mapping",), ids=("conversation_id", "id"))


def _ancestors(mapping: Mapping[str, Any], key: Any) -> set[str]:
    found: set[str] = set()
    while isinstance(key, str) and key in mapping and key not in found:
        found.add(key)
        key = object_of(mapping[key], f"mapping.{key}").get("parent")
    return found


def _nodes(mapping: Mapping[str, Any], key: str, main: set[str], depth: int) -> list[Node]:
    """The node of a message with its replies; the replies alone when the message says nothing."""
    where = f"mapping.{key}"
    if depth > _DEEPEST or key not in mapping:
        words = "no such message" if depth <= _DEEPEST else "a circle of messages"
        raise BadRecord(where, words=words, hint="repair the tree")
    item = object_of(mapping[key], where)
    children = [child for child in item.get("children") or [] if isinstance(child, str)]
    ordered = sorted(children, key=lambda child: child not in main)
    replies = [node for child in ordered for node in _nodes(mapping, child, main, depth + 1)]
    turn = _turn(item.get("message"), where)
    return [Node(turn, tuple(replies))] if turn else replies


def _turn(message: Any, where: str) -> Turn | None:
    if not isinstance(message, dict):
        return None
    content = message.get("content")
    parts = content.get("parts") if isinstance(content, dict) else None
    texts = [part for part in parts or [] if isinstance(part, str)]
    others = [part for part in parts or [] if not isinstance(part, str)]
    if not others and not any(text.strip() for text in texts):
        return None
    author = message.get("author")
    role = role_of(author.get("role") if isinstance(author, dict) else None, f"{where}.message.author.role")
    kept = ("id", "create_time", "metadata")
    extra = {key: message[key] for key in kept if message.get(key)} | ({"parts": others} if others else {})
    return Turn("", role, "\n".join(texts), extra=extra)


CHATGPT = RecordImporter("chatgpt", "ChatGPT data export", _sniff, convert)
