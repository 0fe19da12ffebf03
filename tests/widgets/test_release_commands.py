from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import ReleasePanel
from workbench.model import FrozenSlice
from workbench.workspace import Workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    return asker(ws, ReleasePanel)


@pytest.fixture
def build(ws: Workspace, call: Any) -> dict[str, Any]:
    call("slice.save", name="all", where="", title="Everything")
    return frozen(ws, call, "all")


def frozen(ws: Workspace, call: Any, name: str) -> dict[str, Any]:
    build: dict[str, Any] = call("slice.frozen", job=finished(ws, call("slice.freeze", name=name)))
    return build


def exported(ws: Workspace, call: Any, build: dict[str, Any], **args: Any) -> Any:
    started = call("release.export", **{"build": build["id"], "out": "first", "to": ["workbench"], **args})
    return call("release.exported", job=finished(ws, started)) if "job" in started else started


def test_a_new_workspace_has_formats_and_no_slice(call: Any) -> None:
    start = call("release.start")
    assert start["slices"] == []
    assert {"name", "title", "description", "loses"} <= set(start["exporters"][0])


def test_a_saved_slice_is_listed_with_its_count(call: Any) -> None:
    saved = call("slice.save", name=" cards ", where="card", title="Cards")
    assert (saved["name"], saved["count"], saved["builds"]) == ("cards", 1, 0)
    assert [item["name"] for item in call("release.start")["slices"]] == ["cards"]


def test_a_slice_needs_a_name(call: Any) -> None:
    assert call("slice.save", name="  ", where="")["code"] == "invalid_input"


def test_a_slice_needs_a_query_that_can_be_read(call: Any) -> None:
    error = call("slice.save", name="x", where="naturalness>=")
    assert error["code"] == "query"
    assert "start" in error


def test_a_removed_slice_is_gone_its_build_is_kept_and_undo_brings_it_back(
    ws: Workspace, call: Any, build: dict[str, Any]
) -> None:
    removed = call("slice.remove", name="all")
    assert removed["step"] == call("step.list")[0]["id"]
    assert call("release.start")["slices"] == []
    assert exported(ws, call, build, to=["csv"])["counts"]
    call("step.undo")
    (again,) = call("release.start")["slices"]
    assert (again["name"], again["title"], again["last"]["id"]) == ("all", "Everything", build["id"])


@pytest.mark.parametrize("query", ["in:cards", "lab OR -in:(cards OR other)", "IN:cards"])
def test_a_slice_that_another_one_asks_for_stays(ws: Workspace, call: Any, query: str) -> None:
    for name, where in (("cards", "card"), ("other", ""), ("user", query)):
        ws.slice(name, where)
    assert call("slice.remove", name="cards")["message"] == "the slice 'cards' is used by 'user'"
    call("slice.remove", name="user")
    assert call("slice.remove", name="cards")["removed"] == "cards"


def test_a_slice_that_is_not_there_cannot_be_removed(ws: Workspace, call: Any) -> None:
    steps = ws.steps()
    assert call("slice.remove", name="none")["code"] == "not_found"
    assert ws.steps() == steps


def test_freezing_gives_a_build_with_a_hash_and_without_its_members(call: Any, build: dict[str, Any]) -> None:
    assert build["count"] == 3
    assert build["hash"]
    assert "members" not in build
    assert call("release.start")["slices"][0]["last"]["id"] == build["id"]


def test_freezing_a_slice_that_is_not_there_is_told(call: Any) -> None:
    assert call("slice.freeze", name="none")["code"] == "not_found"


def test_builds_are_listed_newest_first(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    ws.archive(ws.ids()[:1])
    newer = frozen(ws, call, "all")
    assert [item["id"] for item in call("slice.builds", name="all")] == [newer["id"], build["id"]]


def test_two_builds_are_compared_in_words(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    ws.archive(ws.ids()[:1])
    newer = frozen(ws, call, "all")
    found = call("slice.compare", old=build["id"], new=newer["id"])
    assert found["counts"] == {"entered": 0, "left": 1, "changed": 0}
    (group,) = found["left"]
    assert (group["kinds"], group["count"], len(group["samples"])) == (["archived"], 1, 1)
    assert group["reasons"] == [{"words": "archived", "count": 1}]
    assert "left" in found["summary"]


def test_what_freezing_now_would_change_is_told_before_it(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    assert call("slice.now", name="all")["found"]["counts"] == {"entered": 0, "left": 0, "changed": 0}
    ws.archive(ws.ids()[:1])
    ws.tag(ws.ids()[:1], "domain", "health")
    found = call("slice.now", name="all")["found"]
    assert [group["kinds"] for part in ("left", "changed") for group in found[part]] == [["archived"], ["tag:domain"]]


def test_a_large_slice_is_compared_with_now_by_a_job(
    ws: Workspace, call: Any, build: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets._release.AT_ONCE", 2)
    ws.archive(ws.ids()[:1])
    found = call("slice.difference", job=finished(ws, call("slice.now", name="all")))
    assert found["counts"]["left"] == 1


def test_a_slice_without_a_build_has_nothing_to_compare(call: Any) -> None:
    call("slice.save", name="new", where="")
    assert call("slice.now", name="new") == {"found": None}
    assert call("slice.now", name="none") == {"found": None}


def test_counts_of_all_slices_are_told_together(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    call("slice.save", name="cards", where="card")
    ws.archive(ws.ids()[:1])
    assert {name: item["count"] for name, item in call("slice.counts").items()} == {"all": 2, "cards": ws.count("card")}


def test_a_preview_shows_text_tables_and_the_card(call: Any, build: dict[str, Any]) -> None:
    text = call("release.preview", build=build["id"], to="openai-chat")
    assert text["files"][0]["text"].count("\n") == 3
    assert text["files"][0]["whole"]
    assert text["card"].startswith("---")
    table = call("release.preview", build=build["id"], to="xlsx")["files"][0]
    assert table["text"] is None
    assert "content" in table["table"]["columns"]
    assert len(table["table"]["rows"]) == 6


def test_options_stand_beside_their_format_and_change_its_preview(call: Any, build: dict[str, Any]) -> None:
    known = {item["name"]: item["options"] for item in call("release.start")["exporters"]}
    assert known["markdown"] == [{"name": "pages", "title": "A page for each", "values": ["domain", "sample"]}]
    assert known["workbench"] == []
    by_domain = call("release.preview", build=build["id"], to="markdown")
    by_sample = call("release.preview", build=build["id"], to="markdown", options={"pages": "sample"})
    assert len(by_sample["files"]) > len(by_domain["files"])
    refused = call("release.preview", build=build["id"], to="markdown", options={"pages": "chapter"})
    assert (refused["code"], "'chapter' is not possible" in refused["message"]) == ("invalid_input", True)


def test_a_preview_that_cannot_be_says_why(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    assert call("release.preview", build="none", to="csv")["code"] == "not_found"
    assert call("release.preview", build=build["id"], to="docx")["code"] == "unknown_name"
    call("slice.save", name="none", where="nothingofthesort")
    empty = frozen(ws, call, "none")
    assert call("release.preview", build=empty["id"], to="csv")["code"] == "export_refused"


def test_comparing_an_unknown_build_is_told(call: Any, build: dict[str, Any]) -> None:
    assert call("slice.compare", old="none", new=build["id"])["code"] == "not_found"


def test_an_export_tells_its_files_and_shows_the_card(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    written = exported(ws, call, build)
    assert Path(written["out"]).is_relative_to(ws.path / "exports")
    assert all(file["sha256"] and file["bytes"] > 0 for file in written["files"])
    assert written["counts"]["samples"] == 3
    assert "license" in written["card"]


def test_the_same_folder_twice_is_refused_with_a_hint(ws: Workspace, call: Any, build: dict[str, Any]) -> None:
    exported(ws, call, build)
    error = exported(ws, call, build)
    assert error["code"] == "export_refused"
    assert error["hint"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"to": []}, "invalid_input"),
        ({"out": " "}, "invalid_input"),
        ({"id": "none"}, "not_found"),
        ({"to": ["none"]}, "unknown_name"),
    ],
)
def test_an_export_that_cannot_be_says_why(
    ws: Workspace, call: Any, build: dict[str, Any], args: dict[str, Any], code: str
) -> None:
    chosen = {"id": args.pop("id")} if "id" in args else build
    assert exported(ws, call, chosen, **args)["code"] == code


def test_an_export_into_a_file_is_refused(ws: Workspace, call: Any, build: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.touch()
    assert exported(ws, call, build, out=str(file))["code"] == "invalid_input"


def test_completion_of_the_target_begins_in_the_workspace(ws: Workspace, call: Any) -> None:
    (ws.path / "exports" / "older").mkdir(parents=True)
    assert [entry["name"] for entry in call("release.complete", text="exports/")["entries"]] == ["older"]


def test_a_slice_whose_query_no_longer_reads_is_shown_with_its_problem() -> None:
    from types import SimpleNamespace

    from widgets._release_views import slice_view
    from workbench.errors import QueryError
    from workbench.model import SliceSpec

    def count(query: str) -> int:
        raise QueryError("no field", query=query, start=0, end=2, hint="it was renamed")

    builds: list[FrozenSlice] = []
    view = slice_view(SimpleNamespace(builds=lambda name: builds, count=count), SliceSpec("old", "gone:1"))
    assert view["count"] is None
    assert view["problem"]["hint"] == "it was renamed"
