"""Changes that tests ought to notice: each differs, is Python, and leaves docstrings alone."""

from __future__ import annotations

import ast
import copy
from itertools import islice

import pytest

from workbench.sandbox import mutants

SOURCE = '''
def total(numbers, least=0):
    """Sum of what is over `least`, by 1."""
    found = 0
    for n in numbers:
        if n > least and not n == 13:
            found += n * 2
    return -found if numbers else None
'''


def test_each_mutant_differs_in_one_place_and_says_which():
    made = list(mutants(SOURCE))
    plain = ast.unparse(ast.parse(SOURCE))
    assert len({one.source for one in made}) == len(made) > 8
    for one in made:
        assert one.source != plain
        assert '"""Sum of what is over `least`, by 1."""' in one.source
        changed = [pair for pair in zip(plain.splitlines(), one.source.splitlines(), strict=True) if pair[0] != pair[1]]
        assert len(changed) == 1
        assert "→" in one.change
        assert one.line > 3


@pytest.mark.parametrize(
    "change",
    ["n > least → n >= least", "found += n * 2 → found -= n * 2", "n * 2 → n + 2", "13 → 14", "-found → +found"],
)
def test_the_usual_slips_are_among_them(change):
    assert change in [one.change for one in mutants(SOURCE)]


def test_kinds_take_turns_and_returned_values_come_last():
    changes = [one.change for one in mutants(SOURCE)]
    assert changes[0] == "n > least → n >= least"
    assert changes[-1].startswith("return")
    assert len({type(ast.parse(change.partition(" →")[0]).body[0]) for change in changes[:4]}) > 1


def test_code_without_a_function_has_none():
    assert list(mutants("x = 1 + 1")) == []


def test_a_change_is_made_only_when_it_is_asked_for(monkeypatch):
    made = []
    copied = copy.deepcopy
    monkeypatch.setattr(copy, "deepcopy", lambda tree: made.append(1) or copied(tree))
    lines = "\n".join(f"    a = a + {number}" for number in range(100))
    assert len(list(islice(mutants(f"def f(a):\n{lines}\n    return a"), 6))) == 6
    assert len(made) == 6
