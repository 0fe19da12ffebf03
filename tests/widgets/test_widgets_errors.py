"""Unexpected errors: plain words with an id on the screen, the details in a file a person can send."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from tests.widgets.widget_fakes import say
from widgets import Workbench, _log
from widgets._log import ErrorFile, log_file


def test_the_id_on_the_screen_is_in_the_file(ws: Any) -> None:
    app = Workbench(ws)
    app.handlers = {**app.handlers, "boom": lambda: 1 // 0}
    error = say(app, {"kind": "command", "v": 1, "rid": 1, "name": "boom", "args": {}})["error"]
    written = log_file(Path(ws.path)).read_text("utf-8")
    assert error["code"] == "internal"
    assert error["log_id"] in written
    assert error["log_id"] in error["hint"]
    assert "ZeroDivisionError" in written


def test_two_widgets_write_an_error_once(ws: Any) -> None:
    Workbench(ws)
    app = Workbench(ws)
    app.handlers = {"boom": lambda: 1 // 0}
    error = say(app, {"kind": "command", "v": 1, "rid": 1, "name": "boom", "args": {}})["error"]
    assert log_file(Path(ws.path)).read_text("utf-8").count(error["log_id"]) == 1


def test_the_file_turns_over_and_keeps_two_older_ones(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(_log, "MOST_BYTES", 200)
    handler = ErrorFile(tmp_path / "logs" / _log.NAME)
    for number in range(40):
        handler.emit(logging.LogRecord("x", logging.ERROR, "", 0, f"error number {number}", (), None))
    files = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert files == ["screen.log", "screen.log.1", "screen.log.2"]
    assert "error number 39" in (tmp_path / "logs" / "screen.log").read_text("utf-8")


def test_a_disk_that_refuses_costs_the_log_and_not_the_answer(ws: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    app = Workbench(ws)
    (Path(ws.path) / "logs").write_text("in the way", "utf-8")
    app.handlers = {"boom": lambda: 1 // 0}
    assert say(app, {"kind": "command", "v": 1, "rid": 1, "name": "boom", "args": {}})["error"]["code"] == "internal"
