"""A store with two schemes and its index, for the tests of the search room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.model import Choice, Source, TagScheme
from workbench.search import Index
from workbench.store import open_store
from workbench.store.base import Store

DOMAIN = TagScheme(
    "domain", "hierarchical", choices=tuple(Choice(value) for value in ("health", "health/lab", "law", "law/tax"))
)
NATURALNESS = TagScheme("naturalness", "ordinal", choices=tuple(Choice(str(point)) for point in range(1, 6)))
TOPICS = TagScheme("topics", "multi", choices=tuple(Choice(value) for value in ("a", "b", "c")))
SIGNED = TagScheme("signed", "boolean")
TIER = TagScheme("tier", "ordinal", choices=tuple(Choice(value) for value in ("raw", "checked", "gold")))
SCHEMES = (DOMAIN, NATURALNESS, TOPICS, SIGNED, TIER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    with opened.write("ana", "begin") as writer:
        for scheme in SCHEMES:
            writer.save_scheme(scheme)
        writer.save_source(Source("calls 2026", id="src_test"))
    yield opened
    opened.close()


@pytest.fixture
def index(store: Store, tmp_path: Path) -> Iterator[Index]:
    made = Index(store, tmp_path)
    yield made
    made.close()
