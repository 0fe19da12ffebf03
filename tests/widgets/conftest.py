"""Fixtures of the widgets' tests: a small workspace, and no kernel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import comm
import pytest

from tests.widgets.asking import asker, finished
from tests.widgets.widget_fakes import RecordingComm
from widgets import GeneratePanel
from workbench.workspace import Workspace, open_workspace

CHATS = (
    ("Is the lab open on Sunday?", "No, on Monday at seven."),
    ("My card was charged twice.", "I am sorry, I will refund it."),
    ("<img src=x onerror=alert(1)>", "\u202eplain text stays text"),
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    file = tmp_path / "chats.jsonl"
    roles = ("user", "assistant")
    records = [{"messages": [{"role": roles[i % 2], "content": text} for i, text in enumerate(chat)]} for chat in CHATS]
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    with open_workspace(tmp_path / "test.workspace", author="ana") as workspace:
        workspace.collect(file)
        yield workspace


@pytest.fixture
def call(ws: Workspace) -> Callable[..., Any]:
    """Asks the commands of Generate; tests of another page have a `call` of their own."""
    return asker(ws, GeneratePanel)


@pytest.fixture
def drafts(ws: Workspace, call: Callable[..., Any]) -> list[dict[str, Any]]:
    """The queue after a run that needs no model."""
    started = call("generate.run", recipe="noise", where="", params={})
    finished(ws, started)
    found: list[dict[str, Any]] = call("draft.queue", run=started["run"])["drafts"]
    assert found
    return found


@pytest.fixture(autouse=True)
def _no_kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    RecordingComm.sent.clear()
    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    yield
    RecordingComm.sent.clear()
