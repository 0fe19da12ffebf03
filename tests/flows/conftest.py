"""What several tests of flows start from; a file that needs something in its workspace has a `ws` of its own."""

from __future__ import annotations

import pytest

import workbench as wb


@pytest.fixture
def ws(tmp_path):
    """An empty workspace of ana's."""
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        yield opened
