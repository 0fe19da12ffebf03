"""Running verbs on a workspace of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.cli import main

CALLS = [
    [("user", "Is the lab open on Sunday?"), ("assistant", "No, it opens on Monday at 7.")],
    [("user", "Can I pay the invoice by card?"), ("assistant", "Yes, at the desk or online.")],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two conversations and a broken record."""
    records = [{"messages": [{"role": role, "content": text} for role, text in call]} for call in CALLS]
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join([*map(json.dumps, records), "{broken"]), "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a verb on one workspace; returns its lines of JSON, and fails when the exit code is not the expected one."""
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(tmp_path / "w.workspace"))
    monkeypatch.setenv("WORKBENCH_AUTHOR", "ana")

    def verb(*words: object, code: int = 0) -> list[Any]:
        assert main([*map(str, words), "--json"]) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return verb
