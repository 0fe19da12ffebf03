"""Shared fixtures: where real corpora are; no network beyond this machine; properties tried on the same examples."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A test of properties draws the same examples in every run, and no slow machine fails it. To look for new ones:
# python -m pytest --hypothesis-profile=new
_ANYWHERE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("same", derandomize=True, database=None, **_ANYWHERE)
settings.register_profile("new", **_ANYWHERE)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("WORKBENCH_CORPORA", ROOT.parent / "shared" / "corpora"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real conversation corpora; tests that need it are skipped where it is absent."""
    if not CORPORA.is_dir():
        pytest.skip(f"real corpora are not at {CORPORA} (set WORKBENCH_CORPORA to their folder)")
    return CORPORA


@pytest.fixture(scope="session")
def sample_data() -> Path:
    return ROOT / "sample_data"


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
