"""The fixture `desk`: a small real workspace to release from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.store import open_store

sys.path.append(str(Path(__file__).parent))

from release_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(open_store(tmp_path / "clinic.workspace"), tmp_path)
    yield desk
    desk.close()
