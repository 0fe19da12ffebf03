"""Imported side branches stay out of builds and exports unless the query asks for them; pairs keep both their sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from release_desk import Desk, all_bytes, lines

from tests.builders import a_sample
from workbench.flows.compare import compare
from workbench.flows.release import freeze
from workbench.model import FrozenSlice, Generated, Imported, Written
from workbench.release import EXPORTERS
from workbench.search import Index
from workbench.workspace import open_workspace

SECRET = "words-of-a-side-path"
Build = Callable[[str], FrozenSlice]


@pytest.fixture
def build(desk: Desk) -> Iterator[Build]:
    """Freeze a query with the real index over a main path, its side path, an accepted branch and a written one."""
    side = Imported("src_test", "f", 1, branch_of="s_main", branch_at="t2")
    accepted = Generated(("s_main",), "repair", "1", "r", "d", 1, "tiny", branch_of="s_main", branch_at="t2")
    desk.add(
        a_sample("Open?", "On Monday.", id="s_main"),
        a_sample("Open?", SECRET, id="s_side", origin=side),
        a_sample("Open?", "At seven.", id="s_accepted", origin=accepted),
        a_sample("Open?", "Closed.", id="s_written", origin=Written("ana", "s_main", "t2")),
    )
    index = Index(desk.store, desk.folder)
    yield lambda query: freeze(desk.store, index, desk.save("lab", query), author="ana")
    index.close()


def members(frozen: FrozenSlice) -> set[str]:
    return {sample.removeprefix("s_") for sample, _ in frozen.members}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"main", "accepted", "written"}),
        ("open", {"main", "accepted", "written"}),
        ("-id:s_main", {"accepted", "written"}),
        ("id:s_*", {"main", "accepted", "written"}),
        ("id:s_main OR open", {"main", "accepted", "written"}),
        ("branch:*", {"main", "accepted", "written", "side"}),
        ("branch:side", {"side"}),
        ("-branch:main", {"side"}),
        ("id:(s_side OR s_main)", {"side", "main"}),
        ("parent:s_main", {"side", "accepted", "written"}),
    ],
)
def test_a_build_has_side_branches_only_where_its_query_asks_for_them(
    build: Build, query: str, expected: set[str]
) -> None:
    assert members(build(query)) == expected


def test_a_slice_that_asks_for_branches_does_so_inside_another(desk: Desk, build: Build) -> None:
    desk.save("sides", "branch:side")
    assert members(build("in:sides")) == {"side"}


def test_what_is_left_out_is_counted_and_written_nowhere(desk: Desk, build: Build) -> None:
    manifest = desk.export(build(""), *EXPORTERS.names())
    files = all_bytes(desk.folder / "out")
    assert not any(SECRET.encode() in data for data in files.values())
    assert manifest.counts["side_branches_left_out"] == 1
    assert any(note.startswith("1 side branch ") and "branch:*" in note for note in manifest.notes)
    assert "1 side branch (other replies" in files["README.md"].decode().replace("\\", "")


def test_branches_that_are_asked_for_are_marked_in_every_format(desk: Desk, build: Build) -> None:
    import pyarrow.parquet as pq

    manifest = desk.export(build("branch:*"), "openai-chat", "workbench", "csv", "markdown", "huggingface")
    out = desk.folder / "out"
    for name in ("openai-chat.jsonl", "workbench.jsonl"):
        assert [line.get("branch") for line in lines(out / name)] == [None, "side", None, None]
    assert (out / "turns.csv").read_text("utf-8-sig").count(",side") == 2
    assert "Side branch" in (out / "pages" / "unsorted.md").read_text()
    assert pq.read_table(out / "data").column("branch").to_pylist() == ["main", "side", "main", "main"]
    assert (manifest.counts["side_branches"], manifest.counts["side_branches_left_out"]) == (1, 0)


def test_a_comparison_says_why_a_side_branch_left(desk: Desk, build: Build) -> None:
    (gone,) = compare(desk.store, build("branch:*"), build("")).left
    assert (gone.sample, gone.reason) == ("s_side", "side branches are left out unless the query asks for them")


@pytest.mark.parametrize("file", ["oasst/en_tree.first60.jsonl", "chatgpt_export/example-conversation.json"])
def test_no_side_path_of_a_published_tree_leaks(corpora: Path, tmp_path: Path, file: str) -> None:
    ws = open_workspace(tmp_path / "w", author="ana")
    ws.collect(corpora / "original_formats" / file)
    sides = set(ws.ids("branch:side"))
    build = ws.slice("all", "").freeze()
    manifest = build.export(tmp_path / "out", to=["openai-chat", "workbench", "trl-preference"])
    written = {line["id"] for line in lines(tmp_path / "out" / "openai-chat.jsonl")}
    assert sides
    assert written == set(ws.ids("branch:main"))
    assert lines(tmp_path / "out" / "trl-preference.jsonl") == []  # these files do not say which path is the worse one
    assert manifest.counts["side_branches_left_out"] == len(sides)
    ws.close()


def test_published_pairs_give_members_without_rejected_answers_and_pairs_with_them(
    corpora: Path, tmp_path: Path
) -> None:
    ws = open_workspace(tmp_path / "w", author="ana")
    ws.collect(corpora / "original_formats" / "preference_pairs" / "dpo_en.first40.json")
    ws.slice("all", "").freeze().export(tmp_path / "out", to=["openai-chat", "trl-preference"])
    written = {line["id"] for line in lines(tmp_path / "out" / "openai-chat.jsonl")}
    pairs = lines(tmp_path / "out" / "trl-preference.jsonl")
    assert written.isdisjoint(ws.ids("branch:side"))
    assert len(pairs) == len(written) == 40
    assert {(pair["kind"], pair["synthetic"]) for pair in pairs} == {("imported", False)}
    assert {pair["id"] for pair in pairs} == written
    ws.close()


def test_a_rejected_answer_that_was_archived_is_in_no_new_pair_and_stays_in_the_old_build(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"prompt": "Open?", "chosen": "On Monday.", "rejected": "No idea."}\n')
    ws = open_workspace(tmp_path / "w", author="ana")
    ws.collect(file)
    old = ws.slice("all", "").freeze()
    ws.archive("branch:side")
    new = ws.slice("all").freeze()
    new.export(tmp_path / "new", to=["trl-preference", "openai-chat"])
    old.export(tmp_path / "old", to=["trl-preference", "openai-chat"])
    assert lines(tmp_path / "new" / "trl-preference.jsonl") == []
    (pair,) = lines(tmp_path / "old" / "trl-preference.jsonl")
    assert (pair["chosen"][0]["content"], pair["rejected"][0]["content"]) == ("On Monday.", "No idea.")
    ws.close()
