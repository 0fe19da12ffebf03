"""A fresh workspace's store per test, with a clock that ticks one millisecond per reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store import open_store
from workbench.store.sqlite import SqliteStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clinic.workspace"


@pytest.fixture
def store(folder: Path) -> Iterator[SqliteStore]:
    opened = open_store(folder, clock=itertools.count(1_700_000_000_000).__next__)
    yield opened
    opened.close()
