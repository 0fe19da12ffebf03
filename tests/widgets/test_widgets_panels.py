from __future__ import annotations

import subprocess
import sys
from typing import Any

import ipywidgets
import pytest

import widgets
from tests.widgets.widget_fakes import RecordingComm, customs, say
from widgets import SampleBrowser, TagPanel, TurnEditor, Workbench
from widgets._pulse import Pulse
from workbench.errors import StoreBusy
from workbench.workspace import Workspace, open_workspace

PARTS = [getattr(widgets, name) for name in widgets.__all__]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_widget_opens_alone_and_refuses_what_it_does_not_know(part: Any, ws: Workspace) -> None:
    part(ws)
    with pytest.raises(TypeError, match="colour"):
        part(ws, colour="red")


def test_each_message_gets_exactly_one_answer_on_the_same_channel(ws: Workspace) -> None:
    app = Workbench(ws)
    assert say(app, {"kind": "command", "v": 1, "rid": 4, "name": "app.start", "args": {}})["result"]["author"] == "ana"
    assert say(app, "nonsense")["ok"] is False
    assert len(customs(app)) == 2


def test_selection_and_query_are_plain_traits(ws: Workspace) -> None:
    browser = SampleBrowser(ws, query="card")
    seen: list[Any] = []
    browser.observe(lambda change: seen.append(change["new"]), "selection")
    browser.selection = ["s_1"]
    assert browser.query == "card"
    assert seen == [["s_1"]]


def test_widgets_compose(ws: Workspace) -> None:
    sample_id = ws.ids()[0]
    box = ipywidgets.HBox([SampleBrowser(ws), TagPanel(ws, sample=sample_id), TurnEditor(ws, sample=sample_id)])
    assert len(box.children) == 3


def test_progress_and_changes_use_another_channel_than_commands(ws: Workspace) -> None:
    app = Workbench(ws)
    RecordingComm.sent.clear()
    app.status.version += 1
    assert {item["comm"] for item in RecordingComm.sent} == {app.status.model_id}


def test_widgets_of_one_workspace_share_one_pulse(ws: Workspace) -> None:
    assert SampleBrowser(ws).status is TagPanel(ws).status


def test_another_process_is_noticed(ws: Workspace) -> None:
    pulse = Pulse(ws)
    pulse.look()
    before = pulse.status.version
    with open_workspace(ws.path, author="ben") as other:
        other.tag(other.ids("card"), "tier", "raw")
    pulse.look()
    assert pulse.status.version == before + 1
    assert pulse.status.position == ws.journal_end()
    pulse.look()
    assert pulse.status.version == before + 1


def test_a_change_is_seen_by_the_next_look_where_one_found_the_database_busy(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulse = Pulse(ws)
    before = pulse.status.version
    with open_workspace(ws.path, author="ben") as other:
        other.tag(other.ids("card"), "tier", "raw")
    with monkeypatch.context() as busy:
        busy.setattr(type(ws), "journal_end", _busy)
        with pytest.raises(StoreBusy):
            pulse.look()
    pulse.look()
    assert pulse.status.version == before + 1


def _busy(_: Workspace) -> int:
    raise StoreBusy("somebody writes")


def test_unknown_names_of_the_package_are_told() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        _ = widgets.Nothing


def test_importing_the_package_loads_no_widget_library() -> None:
    code = "import sys, widgets; sys.exit('ipywidgets' in sys.modules or 'anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
