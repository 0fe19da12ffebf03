"""The map's commands: drawing, pointing, selecting."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import SampleMap
from workbench.text import snippet
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def call(ws: Workspace) -> Callable[..., Any]:
    return asker(ws, SampleMap)


@pytest.fixture
def ready(ws: Workspace, call: Any) -> Any:
    ws.map()
    return call


def numbers(text: str, kind: str = "i") -> list[int]:
    data = base64.b64decode(text)
    return list(struct.unpack(f"<{len(data) // struct.calcsize(kind)}{kind}", data))


EVERYTHING = [[-2, -2], [2, -2], [2, 2], [-2, 2]]


def test_the_map_is_made_by_a_job_once(ws: Workspace, call: Any) -> None:
    assert call("map.start")["ready"] is False
    assert ws.job(finished(ws, call("map.ready"))).state == "done"
    assert call("map.ready") == {"job": None}


def test_a_picture_has_a_place_and_a_group_for_every_sample(ready: Any, ws: Workspace) -> None:
    ws.tag(ws.ids()[:1], "domain", "health/lab")
    picture = ready("map.picture")
    rows, x, groups = (numbers(picture[name], kind) for name, kind in (("rows", "i"), ("x", "h"), ("groups", "B")))
    assert (picture["total"], picture["drawn"], len(rows), len(x), len(groups)) == (3, 3, 3, 3, 3)
    assert [(entry["label"], entry["count"]) for entry in picture["legend"] if entry["count"]] == [
        ("Health", 1), ("no answer", 2),
    ]  # fmt: skip
    assert sum(region["count"] for region in picture["regions"]) == 3


def test_a_region_without_words_is_named_after_what_lies_in_its_middle(ready: Any, ws: Workspace) -> None:
    titles = {snippet(sample.title or sample.turns[0].content) for sample in ws.samples("")}
    regions = [region for region in ready("map.picture")["regions"] if region["count"]]
    assert [region["words"] for region in regions] == [[]], (
        "three conversations are one region, and nothing is elsewhere"
    )
    assert regions[0]["example"] in titles
    assert [region["example"] for region in ready("map.picture", query="language:xx")["regions"]] == [""]


def test_every_legend_entry_counts_what_its_query_finds(ready: Any, ws: Workspace) -> None:
    ws.tag(ws.ids()[:2], "naturalness", 4)
    for field in ("naturalness", "language", "origin", "source", "turns"):
        for entry in ready("map.picture", colour=field)["legend"]:
            if entry["term"]:
                assert ws.count(entry["term"]) == entry["count"], (field, entry)


def test_an_outline_becomes_a_query(ready: Any, ws: Workspace) -> None:
    selection = ready("map.select", outline=EVERYTHING)
    assert (selection["query"], selection["count"]) == ("in:map-selection", 3)
    assert len(numbers(selection["rows"])) == 3
    assert ws.count("in:map-selection") == 3
    assert ready("map.selection")["count"] == 3


def test_an_outline_takes_only_what_the_query_finds(ready: Any) -> None:
    assert ready("map.select", query="refund", outline=EVERYTHING)["count"] == 1


def test_regions_can_be_selected_and_added_without_a_pointer(ready: Any) -> None:
    regions = ready("map.picture")["regions"]
    counts = [ready("map.select", region=region["number"], how="add")["count"] for region in regions]
    assert counts[-1] == 3


def test_taking_everything_away_leaves_no_selection(ready: Any, ws: Workspace) -> None:
    ready("map.select", outline=EVERYTHING)
    assert ready("map.select", outline=EVERYTHING, how="remove") is None
    assert ready("map.selection") is None


def test_clearing_forgets_it(ready: Any, ws: Workspace) -> None:
    ready("map.select", outline=EVERYTHING)
    ready("map.clear")
    assert ready("map.start")["selection"] is None
    assert ws.selection() is None


@pytest.mark.parametrize(
    "args",
    [{}, {"outline": [[0, 0], [1, 1]]}, {"outline": [["a", 0]] * 3}, {"region": 99}, {"region": 1, "how": "maybe"}],
)
def test_what_cannot_be_selected_is_said(ready: Any, args: dict[str, Any]) -> None:
    assert ready("map.select", **args)["code"] == "invalid_input"


def test_a_query_that_cannot_be_read_is_told_at_its_place(ready: Any) -> None:
    assert ready("map.picture", query="naturalness>=")["code"] == "query"


def test_a_field_that_is_none_is_named(ready: Any) -> None:
    assert ready("map.picture", colour="colour")["code"] == "unknown_name"


def test_a_point_tells_its_title_as_text(ready: Any) -> None:
    rows = numbers(ready("map.picture")["rows"])
    titles = [ready("map.point", row=row)["title"] for row in rows]
    assert "<img src=x onerror=alert(1)>" in titles
    assert ready("map.point", row=999)["code"] == "not_found"


def test_two_people_have_selections_of_their_own(ready: Any, ws: Workspace) -> None:
    ready("map.select", outline=EVERYTHING)
    with open_workspace(ws.path, author="ben") as other:
        assert other.selection() is None
        assert other.count("in@ana:map-selection") == 3
        other.select(other.ids()[:1])
        assert other.count("in:map-selection") == 1
    assert ws.count("in:map-selection") == 3


def test_samples_that_came_later_are_told_and_are_not_in_it(ready: Any, ws: Workspace, tmp_path: Any) -> None:
    ready("map.select", outline=EVERYTHING)
    file = tmp_path / "more.jsonl"
    file.write_text('{"messages":[{"role":"user","content":"Another question about the lab"}]}')
    ws.collect(file)
    ws.archive(ws.ids("refund"))
    selection = ready("map.selection")
    assert (selection["count"], selection["found"], selection["newer"]) == (3, 2, 1)


def test_a_slice_of_a_selection_is_frozen_with_its_samples(ready: Any, ws: Workspace) -> None:
    ready("map.select", outline=EVERYTHING)
    kept = ws.slice("mine", "in:map-selection language:*")
    assert kept.spec.query == "in@ana:map-selection language:*"
    ws.slice("all of it", "in:map-selection")
    frozen = ws.freeze("all of it")
    ready("map.clear")
    assert len(frozen.members) == 3


def test_no_slice_takes_the_selections_name(ws: Workspace) -> None:
    with pytest.raises(Exception, match="picked out on the map"):
        ws.slice("map-selection", "")


def test_a_selection_outlives_the_kernel(ready: Any, ws: Workspace) -> None:
    ready("map.select", outline=EVERYTHING)
    with open_workspace(ws.path, author="ana") as again:
        assert again.count("in:map-selection") == 3


def test_data_scientists_get_arrays_a_frame_and_a_figure(ws: Workspace) -> None:
    drawn = ws.map(colour="language")
    assert list(drawn.frame.columns) == ["x", "y", "language"]
    assert set(drawn.frame.index) == set(ws.ids())
    assert sum(len(trace.x) for trace in drawn.figure.data) == 3


def test_an_empty_workspace_has_an_empty_map(tmp_path: Any) -> None:
    with open_workspace(tmp_path / "new.workspace", author="ana") as new:
        ask = asker(new, SampleMap)
        assert ask("map.start")["ready"] is True
        assert ask("map.picture")["total"] == 0
        assert ask("map.select", region=1)["code"] == "invalid_input"


def test_a_replaced_and_a_cleared_selection_come_back_with_undo(ready: Any, ws: Workspace) -> None:
    first = ready("map.select", outline=EVERYTHING)
    ready("map.clear")
    assert ready("map.selection") is None
    assert ready("step.undo")["step"]["label"] == "clear the map selection"
    assert ready("map.selection") == first
    ready("step.undo")
    assert ready("map.selection") is None
    ready("step.redo")
    assert ready("map.selection") == first
