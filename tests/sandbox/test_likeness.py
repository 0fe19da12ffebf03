"""The same program is known under other names; another one is not."""

from __future__ import annotations

import pytest

from workbench.sandbox import nearest

KNOWN = '''
def longest_run(items):
    """Length of the longest run of equal items."""
    best = current = 0
    previous = None
    for item in items:
        current = current + 1 if item == previous else 1
        best = max(best, current)
        previous = item
    return best


def add(a, b):
    return a + b
'''
RENAMED = """
def plateau(row: list[int]) -> int:
    "How long the flattest part is."
    top = now = 0
    last = None
    for x in row:
        now = now + 1 if x == last else 1
        top = max(top, now)
        last = x
    return top
"""
OTHER = """
def clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
    return f"{minutes}:{rest:02d}"
"""


def test_a_renamed_program_is_known():
    near = nearest(RENAMED, "", KNOWN)
    assert near.name == "longest_run"
    assert near.share == 1.0


def test_a_program_that_is_changed_a_little_is_known_too():
    assert nearest(RENAMED.replace("return top", "print(top)\n    return top"), "", KNOWN).share >= 0.9


def test_another_program_is_not():
    assert nearest(OTHER, "Show seconds as a clock does.", KNOWN) is None


def test_small_programs_are_alike_by_chance():
    assert nearest("def minus(x, y):\n    return x - y", "", KNOWN) is None


def test_copied_words_are_found_in_the_text():
    known = 'def f():\n    """Write a function that takes a list of numbers and returns those that are prime."""'
    words = "Please write a function that takes a list of numbers and returns those that are prime, in order."
    assert nearest(OTHER, words, known).name == "f"
    assert nearest(OTHER, words[:60], known) is None


def test_what_is_no_python_raises():
    with pytest.raises(SyntaxError):
        nearest(OTHER, "", "def f(:")
