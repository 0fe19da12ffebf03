"""Find and replace over a query: commands that show what would change, place by place, and then do it as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from widgets._open import title_of
from widgets._work import result_of

MOST_ROWS = 50
PLACES = 4
"""Places shown of one conversation; further ones are counted."""

CONTEXT = 48
MOST_CHARS = 300


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``replace.*``. Finding and replacing read and write many texts, so both are jobs."""

    def look(
        find: str,
        by: str = "",
        query: str = "",
        whole_words: bool = False,
        match_case: bool = False,
        regex: bool = False,
        roles: Sequence[str] = (),
    ) -> dict[str, Any]:
        options = {"whole_words": whole_words, "match_case": match_case, "regex": regex, "roles": tuple(roles)}
        return {"job": ws.look_for(query, find, by, **options).id}

    def report(job: str, offset: int = 0, limit: int = MOST_ROWS) -> dict[str, Any]:
        looked = result_of(ws, job)
        shown = ws.shown_found(looked, offset, min(limit, MOST_ROWS))
        return {
            "read": looked.read,
            "found": len(looked.found),
            "hits": looked.hits,
            "beyond": looked.beyond,
            "emptied": looked.emptied,
            "rows": [_row(item) for item in shown],
        }

    def done(job: str) -> dict[str, Any]:
        changed = result_of(ws, job)
        named = ws.samples(list(changed.conflicts[:MOST_ROWS]))
        return {
            "changed": changed.changed,
            "hits": changed.hits,
            "conflicts": len(changed.conflicts),
            "named": [{"id": sample.id, "title": title_of(sample)} for sample in named],
        }

    return {
        "replace.look": look,
        "replace.report": report,
        "replace.apply": lambda job, without=(): {
            "job": ws.apply_replacement(result_of(ws, job), without=list(without)).id
        },
        "replace.done": done,
    }


def _row(item: Any) -> dict[str, Any]:
    sample, hits, stale = item
    return {
        "id": sample.id,
        "title": title_of(sample),
        "stale": stale,
        "hits": len(hits),
        "places": [_place(sample, hit) for hit in hits[:PLACES]],
    }


def _place(sample: Any, hit: Any) -> dict[str, Any]:
    """One place with the words around it."""
    number = [turn.id for turn in sample.turns].index(hit.turn)
    turn = sample.turns[number]
    text = turn.content
    start, end = _word_after(text, max(0, hit.start - CONTEXT), hit.start), hit.end + CONTEXT
    return {
        "turn": number + 1,
        "role": turn.role,
        "before": ("…" if start else "") + text[start : hit.start],
        "found": _cut(text[hit.start : hit.end]),
        "by": _cut(hit.by),
        "after": text[hit.end : end] + ("…" if end < len(text) else ""),
    }


def _word_after(text: str, at: int, most: int) -> int:
    """The next place where a word begins, so that an excerpt does not begin inside one; `at` where none is near."""
    space = text.find(" ", at, min(at + 16, most)) if at else -1
    return space + 1 if space >= 0 else at


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARS else f"{text[: MOST_CHARS - 1]}…"
