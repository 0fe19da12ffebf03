"""Nouns as the page shows them: plain JSON, small, decided here and drawn there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.model import Generated, Imported, Revision, Sample, Tag, TagScheme
from workbench.records import to_record
from workbench.text import snippet

PREVIEW_CHARS = 180


FIRST = ("domain", "naturalness", "correctness", "compliance", "tier")
"""The order in which people decide: what is it about, how does it read, is it right, may it be used."""


def ordered(schemes: Iterable[TagScheme]) -> list[TagScheme]:
    """Schemes as the screen lists them: the workspace's first ones in their order, then by name."""
    return sorted(schemes, key=lambda scheme: _place(scheme.name))


def _place(scheme: str) -> tuple[int, str]:
    return (FIRST.index(scheme) if scheme in FIRST else len(FIRST), scheme)


def visible(tags: Iterable[Tag], schemes: Iterable[TagScheme], author: str) -> list[Tag]:
    """The tags this author may see now.

    A scheme that suggests only after the answer hides everybody else's answers until mine is given, so that mine is
    blind; machines' answers to a scheme that never suggests are not shown at all.
    """
    given = list(tags)
    policy = {scheme.name: scheme.suggestion for scheme in schemes}
    answered = {(tag.sample, tag.turn, tag.scheme) for tag in given if tag.author == author and not tag.machine}
    return [
        tag
        for tag in given
        if (tag.author == author and not tag.machine)
        or _shown(policy.get(tag.scheme, "never"), tag.machine, (tag.sample, tag.turn, tag.scheme) in answered)
    ]


def _shown(policy: str, machine: bool, answered: bool) -> bool:
    if policy == "after_answer":
        return answered
    return policy == "prefill" or not machine


def row_view(sample: Sample, tags: Sequence[Tag], *, author: str, sources: Mapping[str, str]) -> dict[str, Any]:
    """A sample as a line of the list: enough to recognise it, and the answers given so far."""
    spoken = [turn.content for turn in sample.turns if turn.role in ("user", "assistant") and turn.content.strip()]
    return {
        "id": sample.id,
        "title": snippet(sample.title or (spoken[0] if spoken else ""), PREVIEW_CHARS),
        "preview": snippet(" ".join(spoken[0 if sample.title else 1 :][:2]), PREVIEW_CHARS),
        "language": sample.language or "",
        "turns": len(sample.turns),
        "origin": type(sample.origin).__name__.lower(),
        "from": origin_words(sample, sources),
        "depth": sample.origin.depth,
        "synthetic": sample.origin.synthetic,
        "revision": sample.revision,
        "state": sample.state,
        "tags": answers(tags, author),
    }


def origin_words(sample: Sample, sources: Mapping[str, str]) -> str:
    """Where a sample came from, in two or three words."""
    origin = sample.origin
    if isinstance(origin, Generated):
        return f"{origin.recipe} {origin.version}"
    if isinstance(origin, Imported):
        return sources.get(sample.source, sample.source)
    return origin.author


def answers(tags: Iterable[Tag], author: str) -> list[dict[str, Any]]:
    """Per scheme the answer shown on a row: my own where I gave one, else another person's, else a machine's."""
    best: dict[str, Tag] = {}
    for tag in tags:
        if tag.turn is None and (tag.scheme not in best or _rank(tag, author) < _rank(best[tag.scheme], author)):
            best[tag.scheme] = tag
    return [
        {"scheme": tag.scheme, "value": to_record(tag.value), "mine": _rank(tag, author) == 0, "machine": tag.machine}
        for tag in sorted(best.values(), key=lambda tag: _place(tag.scheme))
    ]


def _rank(tag: Tag, author: str) -> int:
    return 2 if tag.machine else int(tag.author != author)


def by_sample(tags: Iterable[Tag]) -> dict[str, list[Tag]]:
    """Tags grouped by the sample they are about."""
    groups: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        groups[tag.sample].append(tag)
    return groups


def revision_view(revision: Revision) -> dict[str, Any]:
    """A stage of a sample's history, without its text."""
    return {
        "revision": revision.sample.revision,
        "author": revision.author,
        "at": revision.at,
        "note": revision.note,
        "turns": len(revision.sample.turns),
    }
