"""A sample made ready to be inserted: the costly half of adding it, a pure function that any process can run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.model import Generated, Imported, Sample
from workbench.records import conversation_hash, to_record
from workbench.store.codec import dump_record


class EncodedSample(NamedTuple):
    """The hot columns of a sample as plain values, whom it was made from, and its JSON as it is kept (`record`)."""

    id: str
    content: str
    source: str
    language: str
    origin: str
    recipe: str
    model: str
    run: str
    import_id: str
    depth: int
    turns: int
    chars: int
    revision: int
    state: str
    synthetic: bool
    created_at: int
    updated_at: int
    parents: Sequence[str]
    record: bytes


def encoded(sample: Sample, at: int, content: str | None = None) -> EncodedSample:
    """Encode a sample; `InvalidInput` for what JSON cannot hold.

    Args:
        sample: the sample.
        at: its times, where it has none, in milliseconds.
        content: its `conversation_hash`, when the caller has it already.
    """
    origin = sample.origin
    made = origin if isinstance(origin, Generated) else None
    imported = origin.import_id if isinstance(origin, Imported) else None
    times = (sample.created_at or at, sample.updated_at or at)
    record = _record(sample, *times)
    return EncodedSample(
        sample.id, content or conversation_hash(sample.turns), sample.source, sample.language or "",
        type(origin).__name__.lower(), made.recipe if made else "", made.model or "" if made else "",
        made.run if made else "", imported or "", origin.depth, len(sample.turns),
        sum(len(turn.content) for turn in sample.turns), sample.revision, sample.state, origin.synthetic,
        *times, _parents(sample), record,
    )  # fmt: skip


def _record(sample: Sample, created_at: int, updated_at: int) -> bytes:
    """A revision as it is kept, with its times; being archived is a property of the sample, not of what it said."""
    times = {"created_at": created_at, "updated_at": updated_at}
    return dump_record({**to_record(sample), "state": "active", **times})


def _parents(sample: Sample) -> Sequence[str]:
    origin = sample.origin
    parents = origin.parents if isinstance(origin, Generated) else ()
    if origin.branch_of:
        parents = (*parents, origin.branch_of)
    return sorted(set(parents)) if parents else ()
