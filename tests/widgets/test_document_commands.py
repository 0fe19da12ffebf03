"""The documents that the Generate page offers, and adding one from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workbench.workspace import Workspace

HOURS = "# Opening hours\n\nThe desk is open on Monday.\n\nIt is closed on Sunday.\n"


@pytest.fixture
def hours(ws: Workspace) -> Path:
    file = Path(ws.path).parent / "hours.en.md"
    file.write_text(HOURS, encoding="utf-8")
    return file


def test_a_document_is_added_by_a_path_beside_the_workspace_and_listed(call: Any, hours: Path) -> None:
    assert call("document.list") == {"documents": []}
    assert [entry["name"] for entry in call("document.complete", text="hours")["entries"]] == [hours.name]
    added = call("document.add", path=hours.name)
    assert call("document.list")["documents"] == added["documents"]
    (listed,) = added["documents"]
    assert (listed["id"], listed["language"]) == (added["id"], "en")
    assert listed["passages"] > 1


def test_a_file_that_is_no_text_and_one_that_is_not_there_are_told(call: Any, hours: Path) -> None:
    hours.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    told = call("document.add", path=str(hours))
    assert "is not a text file" in told["message"]
    assert "copy the text" in told["hint"]
    assert "nowhere.md" in call("document.add", path="nowhere.md")["message"]
    assert call("document.list") == {"documents": []}


def test_a_run_starts_from_the_documents_that_are_ticked(ws: Workspace, call: Any, hours: Path) -> None:
    first = call("document.add", path=str(hours))["id"]
    hours.with_name("rules.md").write_text("# Rules\n\nBring a card.\n", encoding="utf-8")
    call("document.add", path="rules.md")
    told = call("generate.estimate", recipe="document_qa", where=[first], params={})
    every = call("generate.estimate", recipe="document_qa", where="", params={})
    assert 0 < told["rows"] < every["rows"]
