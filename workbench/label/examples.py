"""Real samples that an expert named as examples of a choice, shown beside the question."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model import TagValue


@dataclass(frozen=True, slots=True)
class Example:
    """`sample` (or one of its turns) shows what `value` means in a scheme. `note` says why, in the expert's words."""

    scheme: str
    value: TagValue
    sample: str
    turn: str | None
    note: str
    author: str
    at: int
