"""`workbench bench ui`: how it is found and what it says; that it measures is shown by the browser tests."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from widgets.bench import chromium, main
from widgets.bench.measures import PARTS
from workbench import WorkbenchError

ROOT = Path(__file__).parents[2]
suites = import_module("workbench.bench.main")  # the package exports a function of that name


def test_the_screen_is_a_suite_of_the_bench(monkeypatch, capsys):
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][suites.SUITES]
    point = EntryPoint("ui", named["ui"], suites.SUITES)
    monkeypatch.setattr(
        suites, "entry_points", lambda group, name: [point] if (group, name) == (suites.SUITES, "ui") else []
    )
    with pytest.raises(SystemExit):
        suites.main(["ui", "--help"])
    printed = capsys.readouterr().out
    assert all(part in printed for part in (*PARTS, "--kills", "--million"))


def test_without_a_browser_it_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(chromium, "found", lambda: None)
    with pytest.raises(WorkbenchError, match="no Chromium"):
        main(["open", "--size", "10"])
