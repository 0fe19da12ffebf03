"""How a suite of the bench is found: by the entry point that the project declares for it."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
suites = import_module("workbench.bench.main")  # the package exports a function of that name


def help_of(name: str, monkeypatch, capsys) -> str:
    """What `workbench bench NAME --help` prints, with nothing installed but what pyproject.toml declares."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][suites.SUITES]
    point = EntryPoint(name, named[name], suites.SUITES)
    monkeypatch.setattr(
        suites, "entry_points", lambda group, name: [point] if (group, name) == (point.group, point.name) else []
    )
    with pytest.raises(SystemExit):
        suites.main([name, "--help"])
    return capsys.readouterr().out
