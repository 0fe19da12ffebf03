"""`workbench bench ui`: how it is found and what it says; that it measures is shown by the browser tests."""

from __future__ import annotations

import pytest

from tests.bench.suites import help_of
from widgets.bench import chromium, main
from widgets.bench.measures import PARTS
from workbench import WorkbenchError


def test_the_screen_is_a_suite_of_the_bench(monkeypatch, capsys):
    printed = help_of("ui", monkeypatch, capsys)
    assert all(part in printed for part in (*PARTS, "--kills", "--million"))


def test_without_a_browser_it_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(chromium, "found", lambda: None)
    with pytest.raises(WorkbenchError, match="no Chromium"):
        main(["open", "--size", "10"])
