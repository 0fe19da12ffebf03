"""Exact duplicates: conversations that say the same words, whatever their ids, spacing or width of letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.ids import content_hash
from workbench.model import Sample
from workbench.text import search_key


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Samples that say the same, the first imported one first."""

    key: str
    samples: tuple[str, ...]


def spoken_key(sample: Sample) -> str:
    """A hash of who says what, with case, width of letters and white space folded away."""
    return content_hash([(turn.role, " ".join(search_key(turn.content).split())) for turn in sample.turns])


def exact_duplicate_groups(samples: Iterable[Sample]) -> list[DuplicateGroup]:
    """All groups of two and more, largest first."""
    groups: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[spoken_key(sample)].append(sample)
    found = [
        DuplicateGroup(key, tuple(sample.id for sample in sorted(members, key=lambda s: (s.created_at, s.id))))
        for key, members in groups.items()
        if len(members) > 1
    ]
    return sorted(found, key=lambda group: (-len(group.samples), group.samples))
