"""Nouns as pandas DataFrames, for data scientists and charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.label import consensus
from workbench.model import Finding, Generated, Sample, Tag, TagValue

_COLUMNS = (
    "id", "title", "language", "source", "origin", "recipe", "synthetic", "depth", "turns", "characters",
    "revision", "state", "created",
)  # fmt: skip


def samples_frame(
    samples: Sequence[Sample], tags: Iterable[Tag] = (), sources: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One row per sample, indexed by id; a column per tag scheme holds the people's consensus (missing: NA).

    `sources` are names by id; a source without a name there is told by its id.
    """
    answers: dict[str, dict[str, list[TagValue]]] = defaultdict(lambda: defaultdict(list))
    for tag in tags:
        if not tag.machine and tag.turn is None:
            answers[tag.scheme][tag.sample].append(tag.value)
    rows = [_row(sample, sources or {}) for sample in samples]
    frame = pd.DataFrame(rows, columns=pd.Index(_COLUMNS))
    for scheme in sorted(answers):
        given = answers[scheme]
        frame[scheme] = pd.Series([consensus(given.get(sample.id, [])) for sample in samples], dtype=object)
    frame["created"] = pd.to_datetime(frame["created"], unit="ms", utc=True)
    return frame.set_index("id")


def turns_frame(samples: Iterable[Sample]) -> pd.DataFrame:
    """One row per turn: sample, turn, position (from 1), role, name, content."""
    rows = [
        (sample.id, turn.id, place, turn.role, turn.name, turn.content)
        for sample in samples
        for place, turn in enumerate(sample.turns, start=1)
    ]
    return pd.DataFrame(rows, columns=pd.Index(("sample", "turn", "position", "role", "name", "content")))


def tags_frame(tags: Iterable[Tag]) -> pd.DataFrame:
    """One row per answer of an author."""
    rows = [(t.sample, t.turn, t.scheme, t.value, t.author, t.machine, t.note, t.at) for t in tags]
    names = ("sample", "turn", "scheme", "value", "author", "machine", "note", "at")
    frame = pd.DataFrame(rows, columns=pd.Index(names))
    frame["at"] = pd.to_datetime(frame["at"], unit="ms", utc=True)
    return frame


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per finding of a check."""
    rows = [(f.check, f.severity, f.score, f.sample, f.turn, f.message, f.value) for f in findings]
    names = ("check", "severity", "score", "sample", "turn", "message", "value")
    return pd.DataFrame(rows, columns=pd.Index(names))


def _row(sample: Sample, sources: Mapping[str, str]) -> tuple[Any, ...]:
    origin = sample.origin
    return (
        sample.id,
        sample.title,
        sample.language,
        sources.get(sample.source, sample.source),
        type(origin).__name__.lower(),
        origin.recipe if isinstance(origin, Generated) else None,
        origin.synthetic,
        origin.depth,
        len(sample.turns),
        sum(len(turn.content) for turn in sample.turns),
        sample.revision,
        sample.state,
        sample.created_at,
    )
