"""How many others say nearly the same, as a field of the query language and as a chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from builders import a_sample
from workbench.errors import Cancelled
from workbench.flows.nearly import measure_alike
from workbench.jobs import Control

LONG = "How long does a blood test take when I come on Monday morning before seven and have not eaten anything at all"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[wb.Workspace]:
    texts = {
        "s_1": LONG, "s_2": f"{LONG}?", "s_3": LONG.replace("Monday", "Tuesday"), "s_4": "My card was charged twice.",
        "s_5": "...",
    }  # fmt: skip
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "add") as writer:
            writer.add_samples([a_sample(text, id=name) for name, text in texts.items()])
        yield opened


def _found(ws: wb.Workspace, query: str) -> list[str]:
    return sorted(ws.ids(query))


def test_nothing_is_said_about_what_was_not_measured(ws: wb.Workspace) -> None:
    for query in ("alike>=1", "alike:0", "-alike>=1", "alike<5", "alike:*"):
        assert _found(ws, query) == [], query
    (answer,) = [one for one in ws.questions() if one.name == "alike"]
    assert (answer.parts, answer.values["unknown"]) == ((), 5)
    assert answer.told.startswith("Not measured yet")


def test_after_measuring_each_has_its_number_of_others(ws: wb.Workspace) -> None:
    report = ws.measure_alike()
    assert (report.samples, report.alike, report.groups) == (5, 3, 1)
    assert _found(ws, "alike:2") == ["s_1", "s_2", "s_3"]
    assert _found(ws, "alike:0") == ["s_4", "s_5"]
    assert _found(ws, "-alike>=1") == ["s_4", "s_5"]
    assert _found(ws, "alike>=1 id:(s_1 OR s_4)") == ["s_1"]
    assert "alike = 2" in str(ws.find("alike>=1").hits[0].why)


def test_a_chart_counts_them_and_every_bar_is_a_query(ws: wb.Workspace) -> None:
    ws.measure_alike()
    for query in ("", "id:(s_1 OR s_4)"):
        (answer,) = [one for one in ws.questions(query) if one.name == "alike"]
        assert [ws.count(part.query) for part in answer.parts] == [part.count for part in answer.parts]
    assert (answer.values["alike"], answer.values["known"], answer.values["unknown"]) == (1, 2, 0)


def test_what_is_put_aside_changed_or_new_since_does_not_count(ws: wb.Workspace) -> None:
    ws.measure_alike()
    ws.archive("s_3")
    assert _found(ws, "alike:1") == ["s_1", "s_2"]
    ws.edit("s_2", base_revision=1, turns=[*ws.get("s_4").turns])
    assert _found(ws, "alike:0") == ["s_1", "s_4", "s_5"]
    with ws._store.write("ana", "add") as writer:
        writer.add_samples([a_sample(LONG, id="s_6")])
    assert _found(ws, "alike>=0") == ["s_1", "s_4", "s_5"]
    assert "; not measured yet: 2." in next(one.told for one in ws.questions() if one.name == "alike")
    ws.measure_alike()
    assert "measured" not in next(one.told for one in ws.questions() if one.name == "alike")
    assert _found(ws, "alike:1") == ["s_1", "s_2", "s_4", "s_6"]


def test_another_process_reads_what_was_measured_and_a_damaged_file_says_nothing(ws: wb.Workspace) -> None:
    with wb.open(ws.path, author="ben") as other:
        assert _found(other, "alike>=1") == []
        ws.measure_alike()
        assert len(_found(other, "alike>=1")) == 3
    file = ws.path / "index" / "alike.npz"
    whole = file.read_bytes()
    for broken in (b"broken", b"", whole[:-30], whole.replace(b"groups", b"others")):
        file.unlink()
        file.write_bytes(broken)
        assert _found(ws, "alike>=0") == [], broken[:10]


def test_stopped_it_keeps_nothing(ws: wb.Workspace) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        measure_alike(ws._store, ws._index, control)
    assert _found(ws, "alike>=0") == []


def test_a_workspace_without_samples_can_be_measured(tmp_path: Path) -> None:
    with wb.open(tmp_path / "empty", author="ana") as ws:
        assert ws.measure_alike().samples == 0
        assert ws.count("alike>=0") == 0


def test_the_same_chart_calls_the_same_near_duplicates_as_the_conversation(ws: wb.Workspace) -> None:
    ws.measure_alike()
    twins = {twin.sample.id for twin in ws.near_duplicates("s_1")}
    assert {"s_1", *twins} == set(_found(ws, "alike>=1"))
