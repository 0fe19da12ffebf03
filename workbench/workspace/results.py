"""What the workspace answers with, beyond the nouns themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.model import Sample
from workbench.search import Progress
from workbench.text import amount

Selection = str | Iterable[str]
"""Which samples: a query, one id, or any iterable of ids."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the samples a query finds. `next` is the token of the following page; `hits` say why each matched.

    `complete` is False when text is still being indexed that the query asks about: there may be more matches than
    `total`, and `progress` (`indexed` of `total` samples) says how far it is.
    """

    samples: tuple[Sample, ...]
    total: int
    next: str | None
    hits: tuple[Any, ...]
    complete: bool = True
    progress: Progress | None = None

    def __len__(self) -> int:
        return len(self.samples)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self.samples)

    def __repr__(self) -> str:
        return f"<Page {len(self.samples)} of {amount(self.total, 'sample')}{', more follow' if self.next else ''}>"


@dataclass(frozen=True, slots=True)
class Lineage:
    """The family of a sample: what it was made from, and what was made from it (ids)."""

    sample: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    branch_of: str | None
    depth: int
