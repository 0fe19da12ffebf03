"""The relatives of a conversation (alike, nearly the same, parents and variants), and the languages of its turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from widgets._open import title_of

MOST_NEAR = 50
MOST_FAMILY = 60
"""Members of a family that are drawn; further ones are counted."""

MOST_READ = 600
DEEPEST = 20

MOST_TURNS = 400
"""A conversation of more turns is not asked for its languages: a command answers at once."""


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``sample.near``, ``sample.twins``, ``sample.family`` and ``sample.languages``."""

    def near(id: str, limit: int = 8) -> list[dict[str, Any]]:
        found = ws.neighbours(id, limit=min(limit, MOST_NEAR))
        return [{"id": sample.id, "title": title_of(sample), "score": score} for sample, score in found]

    def twins(id: str, limit: int = 10) -> list[dict[str, Any]]:
        found = ws.near_duplicates(id, limit=min(limit, MOST_NEAR))
        return [
            {"id": twin.sample.id, "title": title_of(twin.sample), "score": twin.share, "exact": twin.exact}
            for twin in found
        ]

    def languages(id: str) -> dict[str, str]:
        return ws.turn_languages(id) if len(ws.get(id).turns) <= MOST_TURNS else {}

    return {
        "sample.near": near,
        "sample.twins": twins,
        "sample.family": lambda id: family(ws, id),
        "sample.languages": languages,
    }


def family(ws: Any, sample_id: str) -> dict[str, Any]:
    """The whole family as a list in the order a tree is drawn: each member with its depth, and how it came to be.

    `more` counts members that are not listed.
    """
    roots = _roots(ws, sample_id)
    found: dict[str, int] = {}
    for member, depth in islice((item for root in roots for item in _below(ws, root, 0)), MOST_READ):
        found.setdefault(member, depth)
    shown = list(found)[:MOST_FAMILY]
    samples = {sample.id: sample for sample in ws.samples(shown)}
    return {
        "members": [
            {
                "id": id,
                "depth": found[id],
                "how": _how(samples[id]) if found[id] else "",
                "title": title_of(samples[id]),
                "here": id == sample_id,
            }
            for id in shown
        ],
        "more": len(found) - len(shown),
    }


def _how(sample: Any) -> str:
    return str(getattr(sample.origin, "recipe", "") or "branch")


def _roots(ws: Any, sample_id: str) -> list[str]:
    """The oldest ancestors of a sample; itself when it has none."""
    seen, wanted, roots = {sample_id}, [sample_id], []
    while wanted:
        above = _above(ws, one := wanted.pop())
        if not above:
            roots.append(one)
        wanted += [parent for parent in above if parent not in seen]
        seen.update(above)
    return roots


def _above(ws: Any, sample_id: str) -> list[str]:
    line = ws.lineage(sample_id)
    return [*line.parents, *([line.branch_of] if line.branch_of and line.branch_of not in line.parents else [])]


def _below(ws: Any, sample_id: str, depth: int) -> Iterator[tuple[str, int]]:
    yield sample_id, depth
    if depth < DEEPEST:
        for child in ws.lineage(sample_id).children:
            yield from _below(ws, child, depth + 1)
