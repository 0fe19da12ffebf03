"""When an exercise holds: the solution passes, and its tests are worth something."""

from __future__ import annotations

import sys

import pytest

from workbench.sandbox import code_blocks, judge

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")
CHEAT = "class Yes:\n    def __eq__(self, other):\n        return True\n\n\ndef most(a, b):\n    return Yes()"
LONG = "0x" + "f" * 6000
SOLUTION = "def most(a, b):\n    if a > b:\n        return a\n    return b"


def exercise(solution, tests):
    return f"Think.\n\n```python\n{solution}\n```\n\nTests:\n\n```python\n{tests}\n```\n"


def test_blocks_are_found_in_order():
    assert code_blocks(exercise("a = 1", "b = 2") + "```\nc\n```") == ["a = 1\n", "b = 2\n"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("```python \n```\t", [""]),
        ("```python\na\n```python\nb\n``` \nc", ["a\n```python\nb\n"]),
        (" ```python\na\n```", []),
        ("```python\na\n````\n", []),
        ("```py\na\n```\n```python\n\u2028b\n```", ["\u2028b\n"]),
        ("```python\n" * 20_000, []),
    ],
)
def test_a_block_is_from_its_mark_to_the_next_bare_one(text, blocks):
    assert code_blocks(text) == blocks


@linux_only
@pytest.mark.parametrize(
    ("solution", "tests", "state", "said"),
    [
        (SOLUTION, "assert most(1, 2) == 2\nassert most(2, 1) == 2", "pass", "2; changes they notice: 3 of 4"),
        (SOLUTION, "def test_it():\n    assert most(1, 2) == 2\n    assert most(2, 1) == 2", "pass", "tests passed: 1"),
        (SOLUTION, "assert most(1, 1) == 2", "fail", "this test failed (AssertionError): assert most"),
        (SOLUTION, "assert most", "fail", "its tests pass whatever is changed, as here: a > b → a >= b"),
        (SOLUTION, "assert most(2, 1)", "unsure", "changes its tests notice: 1 of 4, but not: a > b → a >= b"),
        (CHEAT, "assert most(1, 2) == 2", "fail", "what its solution returns is equal to anything"),
        ("def most(a, b):\n    pass", "assert most(1, 2) is None", "unsure", "nothing in the solution can be changed"),
        ("import os\ndef most(a, b):\n    os._exit(0)", "assert most(1, 2)", "fail", "line 1 imports os"),
        (f"def most(a, b):\n    return b if a < {LONG} else 3", "assert most(1, 2) == 2", "fail", "line 2 has"),
        (SOLUTION, f"assert most(1, 2) == 2 < {LONG}", "fail", "more than 1000 digits"),
    ],
    ids=["good", "function", "wrong", "vacuous", "weak", "always equal", "empty", "escapes",
         "long number", "long number tested"],
)  # fmt: skip
def test_verdicts_carry_their_evidence(solution, tests, state, said):
    verdict = judge(exercise(solution, tests))
    assert (verdict.state, said in verdict.message) == (state, True), verdict


@pytest.mark.parametrize("text", ["", "```python\nx = 1\n```", exercise("x", "y") + "```python\nz\n```"])
def test_a_text_that_is_no_exercise_is_told(text):
    assert judge(text).message == "it has no solution with tests"


def test_where_code_cannot_be_limited_a_person_has_to_look(monkeypatch):
    monkeypatch.setattr("workbench.sandbox.trial.platform.machine", lambda: "riscv64")
    verdict = judge(exercise(SOLUTION, "assert most(1, 2) == 2"))
    assert (verdict.state, verdict.message) == ("unsure", "code is only run on Linux, where it can be limited")
