"""One selection over fields, words, meaning and nearness to a sample: the seeds of a run, each with its reasons.

What a query excludes is never ranked (exact search within the matches, so nothing is lost to an approximate index).
The order mixes two rankings, relevance to the query and nearness to the sample, by reciprocal rank fusion (Cormack,
Clarke and Büttcher 2009): ranks can be mixed where BM25 and cosines cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import InvalidInput
from workbench.search import Index, Why
from workbench.store.base import Store

DAMPING = 60
"""How little the first ranks stand out; the constant of the paper."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """The chosen samples, best first, and why each was chosen. Iterating gives their ids, as a selection does.

    `query` is the whole selection as text, which a run made from it keeps; `total` is how many match without the limit.
    """

    ids: tuple[str, ...]
    query: str
    total: int
    why: dict[str, tuple[Why, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


def joint_select(store: Store, index: Index, query: str, like: str, mix: float, limit: int) -> Seeds:
    """The best `limit` of what a query finds. Raises `QueryError`, `NotFound` for `like`, `InvalidInput` for numbers.

    `mix` from 0 to 1 is the weight of nearness to the sample `like` beside relevance to the query.
    """
    if isinstance(mix, bool) or not isinstance(mix, (int, float)) or not 0 <= mix <= 1:
        raise InvalidInput(f"the mix {mix!r} is no share", hint="from 0 (the query's order) to 1 (nearness only)")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InvalidInput(f"the limit {limit!r} is no number of samples", hint="a whole number from 1")
    near_row = store.rows_of([like])[0] if like else None
    rows = [int(row) for row in index.rows(query, sort="best") if row != near_row]
    cosines: dict[int, float] = {}
    chosen = rows
    if near_row is not None and rows:
        cosines = dict(next(iter(index.nearest([near_row], rows, len(rows)))))
        ranked = index.search(query, limit=0, wait=True).sort == "relevance"
        chosen = _mixed(rows, cosines, mix if ranked else 1.0)
    chosen = chosen[:limit]
    ids = store.ids_of(chosen)
    hits = index.explain(query, chosen)
    why = {
        id: (*hit.why, *([Why("meaning", like, score=round(cosines[row], 4))] if row in cosines else ()))
        for id, row, hit in zip(ids, chosen, hits, strict=True)
    }
    return Seeds(tuple(ids), _as_text(query, like, mix, limit), len(rows), why)


def _mixed(rows: list[int], cosines: dict[int, float], mix: float) -> list[int]:
    """The rows by the weighted sum of reciprocal ranks; what has no vector is last by nearness."""
    by_query = {row: place for place, row in enumerate(rows, start=1)}
    nearest = sorted(rows, key=lambda row: (-cosines.get(row, -2.0), by_query[row]))
    by_nearness = {row: place for place, row in enumerate(nearest, start=1)}

    def score(row: int) -> float:
        return (1 - mix) / (DAMPING + by_query[row]) + mix / (DAMPING + by_nearness[row])

    return sorted(rows, key=lambda row: (-score(row), by_query[row]))


def _as_text(query: str, like: str, mix: float, limit: int) -> str:
    near = f"; nearest to {like}, mix {mix:g}" if like else ""
    return f"{query or 'all'}{near}; best {limit}"
