"""`workbench bench prompts`: how it is found, and that kept prompts take less than what was asked."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from workbench.bench.prompts import RECIPES, kept

ROOT = Path(__file__).parents[2]
suites = import_module("workbench.bench.main")  # the package exports a function of that name


def test_it_is_a_suite_of_the_bench(monkeypatch, capsys):
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][suites.SUITES]
    point = EntryPoint("prompts", named["prompts"], suites.SUITES)
    monkeypatch.setattr(suites, "entry_points", lambda group, name: [point] if name == "prompts" else [])
    with pytest.raises(SystemExit):
        suites.main(["prompts", "--help"])
    assert "--samples" in capsys.readouterr().out


@pytest.mark.parametrize("recipe", ["paraphrase", "judge"])
def test_kept_prompts_take_less_than_half_of_what_was_asked(recipe):
    found = kept(recipe, RECIPES[recipe], 60)
    assert found.calls > 60
    assert 0 < found.with_prompts - found.without < found.text / 2
