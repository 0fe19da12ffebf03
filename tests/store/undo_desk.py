"""A store with one of everything a step can change, what people see of it, and small things to change it with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import a_sample, turns_of
from workbench.model import Draft, SliceSpec, Source, Tag, TagScheme
from workbench.store.rows import ImportRecord
from workbench.store.sqlite import SqliteStore
from workbench.store.writer import Writer

Change = Callable[[SqliteStore, Writer], Any]


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    store.set_setting("kept", {"rows": [1]})
    with store.write("eve", "before") as writer:
        writer.add_samples(a_sample(f"text {i}", id=f"s{i}") for i in range(1, 4))
        writer.tag([Tag("s1", "domain", "law", "ana", note="first"), Tag("s1", "nat", 3, "ana")])
        writer.save_scheme(TagScheme("domain", "nominal"))
        writer.save_slice(SliceSpec("kb", "domain:law"))
        writer.save_source(Source("calls"))
        writer.add_drafts([a_draft("d1"), a_draft("d2")])
    return store


def a_draft(draft_id: str) -> Draft:
    return Draft(draft_id, "run", 1, turns_of("draft"), ("s1",), "duet", "1")


def an_import() -> ImportRecord:
    return ImportRecord("imp", "calls", "f.jsonl", "hash", "own", "ana", 0, 2, 1, 1, 0)


def edited(store: SqliteStore, sample_id: str, text: str) -> Any:
    return replace(store.get(sample_id), turns=turns_of(text))


def state_of(store: SqliteStore) -> dict[str, Any]:
    """Everything a person can see, without the counters that an undo moves on."""
    samples = [replace(sample, revision=0, updated_at=0) for _, sample in store.texts()]
    ids = [sample.id for sample in samples]
    return {
        "samples": [s for s in samples if s.state == "active"],
        "archived": [s.id for s in samples if s.state == "archived" and s.id in ("s1", "s2", "s3")],
        "tags": sorted(store.tags(ids), key=repr),
        "notes": [note for sample_id in ids for note in store.notes(sample_id)],
        "schemes": store.schemes(),
        "slices": store.slices(),
        "sources": store.sources(),
        "drafts": store.drafts(),
        "pairs": store.pairs(ids),
        "settings": [store.setting(key) for key in ("kept", "other")],
    }
