"""What the workspace answers with, beyond the nouns themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.model import Sample

Selection = str | Sequence[str]
"""Which samples: a query, or a list of ids."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the samples a query finds. `next` is the token of the following page; `hits` say why each matched."""

    samples: tuple[Sample, ...]
    total: int
    next: str | None
    hits: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.samples)

    def __iter__(self) -> Any:
        return iter(self.samples)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The family of a sample: what it was made from, and what was made from it (ids)."""

    sample: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    branch_of: str | None
    depth: int
