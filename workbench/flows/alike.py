"""Samples that say nearly the same as one: found by content and by meaning, judged by the words they share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workbench.model import Sample
from workbench.records import conversation_hash
from workbench.search import Index
from workbench.store.base import Store
from workbench.text import tokens

NEARLY = 0.8
"""From this share of common word pairs on, two conversations count as near-duplicates."""
_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Twin:
    """A sample that says nearly the same: `share` of the word pairs is common (0 to 1), 1 with `exact` the same."""

    sample: Sample
    share: float
    exact: bool


def near_duplicates(store: Store, index: Index, sample_id: str, limit: int) -> list[Twin]:
    """The near-duplicates of a sample, the likest first; they are looked for among its neighbours by meaning."""
    sample = store.get(sample_id)
    exact = [one for one in store.by_content(conversation_hash(sample.turns)) if one != sample_id]
    near = index.similar_to(store.rows_of([sample_id])[0], _CANDIDATES)
    others = [one for one in store.ids_of([row for row, _ in near]) if one not in exact]
    pairs = _pairs(sample)
    twins = [Twin(one, 1.0, True) for one in store.samples(exact)]
    for other in store.samples(others):
        share = shared(pairs, _pairs(other))
        if share >= NEARLY:
            twins.append(Twin(other, share, False))
    return sorted(twins, key=lambda twin: (-twin.share, not twin.exact, twin.sample.id))[:limit]


def shared(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    """The weighted Jaccard similarity of two bags of word pairs (Broder's resemblance, with repetitions counted)."""
    both = sum((one & other).values())
    either = sum((one | other).values())
    return both / either if either else 1.0


def _pairs(sample: Sample) -> Counter[tuple[str, str]]:
    words = [word for turn in sample.turns for word in tokens(turn.content)]
    return Counter(zip(["", *words], [*words, ""], strict=True))
