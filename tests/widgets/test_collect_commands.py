from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import CollectPanel
from workbench.errors import InvalidInput
from workbench.model import Source
from workbench.workspace import Workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, CollectPanel)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    good = '{"messages":[{"role":"user","content":"New here"},{"role":"assistant","content":"Welcome"}]}'
    file = tmp_path / "mixed.jsonl"
    file.write_text(f"{good}\nnot json\n", encoding="utf-8")
    return file


def imported(ws: Workspace, call: Any, path: Path, **source: str) -> Any:
    started = call("collect.import", path=str(path), source={"name": "helpdesk", **source})
    return call("collect.report", job=finished(ws, started))


def test_the_page_starts_with_formats_sources_and_places(call: Any) -> None:
    start = call("collect.start")
    assert {"name", "title"} <= set(start["formats"][0])
    assert [record["imported"] for record in start["imports"]] == [3]
    assert start["places"][0]["path"].endswith("/")


def test_a_preview_shows_conversations_and_imports_nothing(ws: Workspace, call: Any, mixed: Path) -> None:
    found = call("collect.preview", path=str(mixed))
    assert found["preview"]["samples"][0]["turns"][0]["content"] == "New here"
    assert found["preview"]["problems"][0]["line"] == 2
    assert ws.count() == 3


def test_a_table_tells_which_column_holds_what_and_takes_another_answer(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer,other\nOpen on Sunday?,No,Yes\n", encoding="utf-8")
    assert call("collect.preview", path=str(file))["preview"]["mapping"] == {"user": "question", "assistant": "answer"}
    mapping = {"user": "question", "assistant": "other"}
    again = call("collect.preview", path=str(file), format="table", options={"mapping": mapping})
    assert again["preview"]["samples"][0]["turns"][1]["content"] == "Yes"


def test_a_path_below_the_workspaces_folder_may_be_relative(call: Any, mixed: Path) -> None:
    assert call("collect.preview", path=mixed.name)["path"] == str(mixed)


@pytest.mark.parametrize("path", ["", "  "])
def test_no_path_at_all_is_told_with_a_hint(call: Any, path: str) -> None:
    error = call("collect.preview", path=path)
    assert error["code"] == "invalid_input"
    assert error["hint"]


@pytest.mark.parametrize("path", ["/nowhere/at/all.jsonl", "bad\x00name"])
def test_a_file_that_is_not_there_is_told_with_a_hint(call: Any, path: str) -> None:
    error = call("collect.preview", path=path)
    assert error["code"] == "nothing_to_read"
    assert error["hint"]


def test_a_path_that_leads_nowhere_is_told_as_understood_with_the_nearest_folder(call: Any, tmp_path: Path) -> None:
    error = call("collect.preview", path="no/such/calls.jsonl")
    assert str(tmp_path / "no/such/calls.jsonl") in error["message"]
    assert error["folder"] == f"{tmp_path}/"


@pytest.mark.parametrize(
    ("name", "data"), [("empty.jsonl", b""), ("cut.zip", b"PK\x03\x04..."), ("cut.gz", b"\x1f\x8b\x08")]
)
def test_a_file_with_nothing_in_it_is_told_apart_from_one_in_an_unknown_format(
    call: Any, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    error = call("collect.preview", path=name)
    assert error["code"] == "nothing_to_read"
    assert name in error["message"]
    assert "folder" not in error


def test_a_file_in_no_known_format_is_told(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(b"\x00\x01\x02")
    assert call("collect.preview", path=str(file))["code"] == "collect"


def test_an_import_reports_numbers_that_add_up(ws: Workspace, call: Any, mixed: Path) -> None:
    report = imported(ws, call, mixed)
    assert (report["read"], report["imported"], report["duplicates"], report["quarantined"]) == (2, 1, 0, 1)
    assert report["problems"][0]["hint"]
    assert ws.count(f"import:{report['import']}") == 1


def test_the_same_file_again_adds_nothing(ws: Workspace, call: Any, mixed: Path) -> None:
    imported(ws, call, mixed)
    report = imported(ws, call, mixed)
    assert (report["imported"], report["duplicates"]) == (0, 1)


def test_the_source_keeps_what_a_person_said_of_it(ws: Workspace, call: Any, mixed: Path) -> None:
    imported(ws, call, mixed, license="CC-BY-4.0", policy="may_leave")
    source = next(item for item in ws.sources() if item.name == "helpdesk")
    assert (source.license, source.policy) == ("CC-BY-4.0", "may_leave")


def test_an_import_needs_the_name_of_its_source(call: Any, mixed: Path) -> None:
    assert call("collect.import", path=str(mixed), source={"name": " "})["code"] == "invalid_input"


def test_an_unknown_policy_is_refused(call: Any, mixed: Path) -> None:
    assert "policy" in call("collect.import", path=str(mixed), source={"name": "x", "policy": "free"})["message"]


def test_a_known_source_keeps_its_id(call: Any) -> None:
    from widgets._collect import source_from

    known = Source("helpdesk", id="src_1", license="MIT")
    assert source_from({"name": "helpdesk", "policy": "may_leave"}, [known]).id == "src_1"


def test_a_report_of_a_job_that_does_not_exist_is_an_error(call: Any) -> None:
    assert call("collect.report", job="job_none")["code"] == "not_found"


def test_an_uploaded_file_arrives_byte_for_byte(call: Any) -> None:
    data = bytes(range(256)) * 5
    key = call("file.upload", name="../../etc/a.jsonl", size=len(data))["upload"]
    call("file.chunk", upload=key, at=0, data=base64.b64encode(data[:700]).decode())
    path = Path(call("file.chunk", upload=key, at=700, data=base64.b64encode(data[700:]).decode())["path"])
    assert path.name == "a.jsonl"
    assert path.read_bytes() == data


def test_a_file_too_large_for_a_browser_is_told_to_come_by_path(call: Any) -> None:
    error = call("file.upload", name="big.jsonl", size=51 * 1024 * 1024)
    assert error["code"] == "invalid_input"
    assert "path" in error["hint"]


@pytest.mark.parametrize("size", [-1, 0])
def test_an_empty_upload_is_refused(call: Any, size: int) -> None:
    assert call("file.upload", name="x.jsonl", size=size)["code"] == "invalid_input"


@pytest.mark.parametrize(("at", "data"), [(5, "aGk="), (0, "%%%"), (0, "aGVsbG8gd29ybGQ=")])
def test_a_broken_upload_is_refused(call: Any, at: int, data: str) -> None:
    key = call("file.upload", name="x.jsonl", size=4)["upload"]
    assert call("file.chunk", upload=key, at=at, data=data)["code"] == "invalid_input"


def test_a_piece_of_an_unknown_upload_is_refused(call: Any) -> None:
    assert call("file.chunk", upload="none", at=0, data="aGk=")["code"] == "invalid_input"


def test_a_cancelled_upload_is_gone(call: Any) -> None:
    key = call("file.upload", name="x.jsonl", size=4)["upload"]
    assert call("file.cancel", upload=key)["cancelled"] is True
    assert call("file.cancel", upload=key)["cancelled"] is False


def test_an_upload_is_removed_once_it_is_imported(ws: Workspace, call: Any, mixed: Path) -> None:
    data = mixed.read_bytes()
    key = call("file.upload", name="mixed.jsonl", size=len(data))["upload"]
    path = Path(call("file.chunk", upload=key, at=0, data=base64.b64encode(data).decode())["path"])
    assert imported(ws, call, path)["imported"] == 1
    assert not path.exists()
    assert mixed.exists()


def test_completion_lists_folders_first_and_hides_dot_files(call: Any, tmp_path: Path) -> None:
    for name in ("b.jsonl", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "zoo").mkdir()
    names = [entry["name"] for entry in call("file.complete", text=f"{tmp_path}/")["entries"]]
    assert names.index("zoo") < names.index("b.jsonl")
    assert ".hidden" not in names


def test_completion_narrows_by_what_was_typed(call: Any, tmp_path: Path) -> None:
    entries = call("file.complete", text=f"{tmp_path}/CHA")["entries"]
    assert [entry["name"] for entry in entries] == ["chats.jsonl"]


def test_completion_of_a_folder_that_is_not_there_is_a_note(call: Any) -> None:
    found = call("file.complete", text="/nowhere/at/all/")
    assert found["entries"] == []
    assert "/nowhere" in found["note"]


def test_completion_leaves_pipes_alone(call: Any, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    assert "pipe" not in [entry["name"] for entry in call("file.complete", text=f"{tmp_path}/")["entries"]]


def test_a_huge_folder_is_cut_and_says_so(call: Any, tmp_path: Path) -> None:
    for number in range(230):
        (tmp_path / f"n{number}").touch()
    found = call("file.complete", text=f"{tmp_path}/n")
    assert len(found["entries"]) == 200
    assert found["more"] is True


def test_resolving_refuses_nothing_at_all(tmp_path: Path) -> None:
    from widgets._collect_files import resolved

    with pytest.raises(InvalidInput):
        resolved("", base=tmp_path)
