"""What a recipe proposes: a conversation that is no draft yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.model import Json, Turn


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation a recipe proposes.

    Attributes:
        turns: all of it; unchanged turns keep their ids.
        language: its language when it differs from the parent's.
        group: candidates with the same group answer the same question and can be ranked against each other.
        rank: the recipe's own order within the group, 1 is best.
        branch_at: the last turn it shares with the parent, when it is a branch of it.
        parents: for a recipe over a set, the ids of the samples it was made from; None means all of them.
        meta: anything worth keeping, as JSON.
        writers: turn id -> short name of the connected model that wrote it, where the recipe asks several; the last of
            them is the draft's model.
        requests: how many requests it took, where the recipe makes several candidates before it yields the first; 0:
            all since the candidate before.
    """

    turns: tuple[Turn, ...]
    language: str | None = None
    group: str = ""
    rank: int | None = None
    branch_at: str | None = None
    meta: Json = field(default_factory=dict)
    parents: tuple[str, ...] | None = None
    writers: Mapping[str, str] = field(default_factory=dict)
    requests: int = 0
