"""Whether an exercise holds: its solution passes its tests, and the tests notice when the solution is changed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from workbench.sandbox.mutants import mutants
from workbench.sandbox.outcome import Limits
from workbench.sandbox.trial import LIMITS, run_tests

CHANGES = 6
"""Changed solutions that are tried."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, with its evidence in `message`; `noticed` is the share of changes that the tests noticed."""

    state: Literal["pass", "unsure", "fail"]
    message: str
    noticed: float = 0.0


def code_blocks(text: str) -> list[str]:
    """The Python blocks of a text in Markdown, in order."""
    blocks: list[str] = []
    inside: list[str] | None = None
    for line in text.split("\n"):  # not a pattern: of fences that are never closed it would make a search each
        mark = line.rstrip(" \t")
        if inside is None:
            inside = [] if mark == "```python" else None
        elif mark == "```":
            blocks.append("".join(inside))
            inside = None
        else:
            inside.append(f"{line}\n")
    return blocks


def judge(text: str, limits: Limits = LIMITS) -> Verdict:
    """Run the exercise of a text whose first Python block is a solution and whose second holds its tests."""
    blocks = code_blocks(text)
    if len(blocks) != 2:
        return Verdict(state="fail", message="it has no solution with tests")
    solution, tests = blocks
    outcome = run_tests(solution, tests, limits)
    if outcome.state == "unable":
        return Verdict(state="unsure", message=outcome.message)
    if outcome.state != "passed":
        return Verdict(state="fail", message=outcome.message)
    if run_tests(solution, contrary(tests), limits).state == "failed":
        return Verdict(state="fail", message="what its solution returns is equal to anything")
    return _changed(solution, tests, outcome.passed, limits)


def contrary(tests: str) -> str:
    """The tests with every ``assert a == b`` turned into ``assert not a == ("another value", b)``.

    They pass for a solution that returns values, and fail for one whose results claim to be equal to everything.
    """
    tree = ast.parse(tests)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq):
            first = node.test.comparators[0]
            node.test.comparators[0] = ast.Tuple([ast.Constant("another value"), first], ast.Load())
            node.test = ast.UnaryOp(ast.Not(), node.test)
    return ast.unparse(ast.fix_missing_locations(tree))


def _changed(solution: str, tests: str, passed: int, limits: Limits) -> Verdict:
    """Try changed solutions; one that fails a test or passes a limit was noticed."""
    tried = list(islice(mutants(solution), CHANGES))
    if not tried:
        return Verdict(state="unsure", message="nothing in the solution can be changed to try its tests")
    slipped = [one for one in tried if run_tests(one.source, tests, limits).state == "passed"]
    noticed = len(tried) - len(slipped)
    share = noticed / len(tried)
    if not noticed:
        return Verdict(state="fail", message=f"its tests pass whatever is changed, as here: {slipped[0].change}")
    if share < 0.5:
        message = f"changes its tests notice: {noticed} of {len(tried)}, but not: {slipped[0].change}"
        return Verdict(state="unsure", message=message, noticed=share)
    message = f"tests passed: {passed}; changes they notice: {noticed} of {len(tried)}"
    return Verdict(state="pass", message=message, noticed=share)
