"""Test sets that exercises must not repeat: files that a setting of the workspace names, and the gate on them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from workbench.errors import InvalidInput
from workbench.generate import Candidate, Recipe, gates_of
from workbench.model import Finding
from workbench.sandbox import code_blocks, nearest
from workbench.store.base import Store
from workbench.text import percent

SETTING = "test_sets"
"""The workspace's setting: a list of files (JSON Lines), each with its full path."""

GATE = "known"
_TASKS = ("prompt", "text")
_SOLUTIONS = ("canonical_solution", "solution", "code")
_TESTS = ("test", "tests", "test_list")


class Known:
    """The gate: is an exercise one of a test set under other names, or does it share 13 words in a row with one?"""

    def __init__(self, programs: Mapping[str, str]) -> None:
        """`programs` are the programs of each file, by its name."""
        self._programs = dict(programs)

    def look(self, candidate: Candidate) -> Finding | None:
        """What speaks against a candidate; its code is the first block of its last turn with code."""
        coded = [(turn, blocks) for turn in candidate.turns if (blocks := code_blocks(turn.content))]
        if not coded:
            return None
        turn, blocks = coded[-1]
        said = "\n".join(one.content for one in candidate.turns)
        for file, programs in self._programs.items():
            try:
                near = nearest(blocks[0], said, programs)
            except SyntaxError:  # no Python: the gate on code says so
                return None
            if near is not None:
                message = f"nearly the same as {near.name} of the test set {file} ({percent(near.share)} of it)"
                return Finding(GATE, 1 - near.share, "problem", message, turn=turn.id)
        return None


def known_for(store: Store, recipe: Recipe) -> Known | None:
    """The gate for a recipe that writes code; None for others, and where no test set was named.

    Raises `InvalidInput` for a file that cannot be read, with its line.
    """
    named = store.setting(SETTING) if "code" in gates_of(recipe) else None
    if not named:
        return None
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise InvalidInput(f"the setting {SETTING} is no list of files", hint='write: ["/full/path/of/the/file.jsonl"]')
    return Known({Path(one).name: _programs(*_state(one)) for one in named})


def _state(named: str) -> tuple[Path, int, int]:
    """A file with when it was changed and its size: read again only when it is another one."""
    path = Path(named).expanduser()
    try:
        if not path.is_absolute():
            raise FileNotFoundError(named)
        about = path.stat()
    except OSError as exc:
        hint = f"give its full path in the setting {SETTING}, or take it out"
        raise InvalidInput(f"the test set {named} is not there", hint=hint) from exc
    return path, about.st_mtime_ns, about.st_size


@lru_cache(maxsize=8)
def _programs(path: Path, changed: int, size: int) -> str:
    """All programs of a test set below each other, each with its task as a docstring, and their tests."""
    found: list[str] = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise InvalidInput(
            f"the test set {path} cannot be read: {exc}", hint="it has to be JSON Lines, in UTF-8"
        ) from exc
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found.extend(_of_line(line, f"line {number} of {path.name}"))
    return "\n\n".join(found)


def _of_line(line: str, where: str) -> Iterator[str]:
    try:
        record: Any = orjson.loads(line)
    except orjson.JSONDecodeError as exc:
        raise InvalidInput(f"{where} is no JSON: {exc}", hint="a test set is JSON Lines") from exc
    fields = record if isinstance(record, Mapping) else {}
    task = next((str(fields[name]) for name in _TASKS if fields.get(name)), "")
    solution = next((str(fields[name]) for name in _SOLUTIONS if fields.get(name)), "")
    tree = _parsed(f"{task}{solution}") if task and solution else None
    if tree is None:
        tree = _parsed(solution) if solution else None
        if tree is not None:
            _tell(tree, task)
    if tree is None:
        raise InvalidInput(f"{where} has no Python code", hint="it needs the fields prompt and solution")
    yield ast.unparse(tree)
    tests = next((fields[name] for name in _TESTS if fields.get(name)), "")
    checked = _parsed("\n".join(tests) if isinstance(tests, list) else str(tests))
    if checked is not None and checked.body:
        yield ast.unparse(checked)


def _parsed(code: str) -> ast.Module | None:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree


def _tell(tree: ast.Module, task: str) -> None:
    """Put the words of a task where the words of a program are looked for: into its first function or class."""
    first = next((node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)), None)
    if first is not None and task:
        first.body.insert(0, ast.Expr(ast.Constant(task)))
        ast.fix_missing_locations(tree)
