"""Conversation trees as straight conversations: the main path is the sample, every other path a branch of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.collect.base import BadRecord, Parsed, Record
from workbench.collect.speech import conversation
from workbench.model import Turn

_PATHS = 1_000


@dataclass(frozen=True, slots=True)
class Node:
    """A message in a tree: what is said (its turn id is set by the path), and the replies, the best one first."""

    turn: Turn
    replies: tuple[Node, ...] = ()
    synthetic: bool = False


def paths_of(root: Node) -> Iterator[tuple[Node, ...]]:
    """Every path from the root to a leaf, the one that takes the best reply each time first. Any depth."""
    stack: list[tuple[Node, ...]] = [(root,)]
    while stack:
        path = stack.pop()
        replies = path[-1].replies
        if not replies:
            yield path
        stack.extend((*path, reply) for reply in reversed(replies))


def parsed_of_tree(record: Record, root: Node, used: Sequence[str], **more: Any) -> Iterator[Parsed]:
    """One `Parsed` per path; those after the first are branches of it, at the turn where they part from it.

    A path with a synthetic message is a synthetic conversation.
    """
    main: Parsed | None = None
    main_path: tuple[Node, ...] = ()
    for number, path in enumerate(paths_of(root)):
        if number == _PATHS:
            raise BadRecord("", words=f"a tree of more than {_PATHS} paths", hint="split it")
        turns = tuple(replace(node.turn, id=f"t{index}") for index, node in enumerate(path, 1))
        made = any(node.synthetic for node in path)
        parsed = conversation(record, turns, used, synthetic=made, **more)
        if main is None:
            main, main_path = parsed, path
        else:
            common = next(
                (index for index, (one, other) in enumerate(zip(path, main_path, strict=False)) if one is not other),
                min(len(path), len(main_path)),
            )
            parsed = replace(parsed, branch_of=main.id, branch_at=f"t{common + 1}")
        yield parsed
