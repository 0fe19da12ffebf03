"""`workbench bench prompts`: how it is found, and that kept prompts take less than what was asked."""

from __future__ import annotations

import pytest

from tests.bench.suites import help_of
from workbench.bench.prompts import RECIPES, kept


def test_it_is_a_suite_of_the_bench(monkeypatch, capsys):
    assert "--samples" in help_of("prompts", monkeypatch, capsys)


@pytest.mark.parametrize("recipe", ["paraphrase", "judge"])
def test_kept_prompts_take_less_than_half_of_what_was_asked(recipe):
    found = kept(recipe, RECIPES[recipe], 60)
    assert found.calls > 60
    assert 0 < found.with_prompts - found.without < found.text / 2
