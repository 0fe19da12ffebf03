"""The labels of all steps that the package writes, read from what `store.write` and its like are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.words.python_words import sources, templates

WRITERS = {"write": 1, "publish": 0, "write_line": 2}
"""Which argument of these is the label of a step."""

STATES = ("done", "failed", "cancelled", "interrupted", "running")
FILLED = {"state": STATES, "verb": ("accept", "reject"), "value": ("change", "new")}
"""What stands in a hole that has few values; any other stands for a name."""


def step_labels() -> list[str]:
    """Each label a step can have, sorted; a hole that anything can fill is filled with the name of the hole."""
    found = {label for path in sources() for template in _of_module(path) for label in _filled(template)}
    return sorted(found)


def _filled(template: str) -> Iterator[str]:
    for name, values in FILLED.items():
        if "{" + name + "}" in template:
            yield from (label for value in values for label in _filled(template.replace("{" + name + "}", value)))
            return
    yield template.replace("{", "").replace("}", "")


def _of_module(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for scope in functions.values():
        for label in _given(scope):
            texts = list(_texts(label, scope, functions))
            assert texts or _passed_on(label, scope), f"{path.name}: where does {ast.unparse(label)} come from?"
            yield from texts


def _given(scope: ast.FunctionDef) -> Iterator[ast.expr]:
    """What writers are given as a label: in a `with`, but for `write_line`, which is called."""
    opened = [item.context_expr for node in ast.walk(scope) if isinstance(node, ast.With) for item in node.items]
    called = [node for node in ast.walk(scope) if isinstance(node, ast.Call) and _name(node) == "write_line"]
    for call in (*opened, *called):
        place = WRITERS.get(_name(call)) if isinstance(call, ast.Call) else None
        if isinstance(call, ast.Call) and place is not None and len(call.args) > place:
            yield call.args[place]


def _name(call: ast.expr) -> str:
    func = call.func if isinstance(call, ast.Call) else call
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _passed_on(label: ast.expr, scope: ast.FunctionDef) -> bool:
    return isinstance(label, ast.Name) and label.id in {arg.arg for arg in scope.args.args}


def _texts(label: ast.expr, scope: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """The label as it stands, as its name was given in the function, or as a function of the module returns it."""
    if isinstance(label, ast.Call):
        returns = [node for node in ast.walk(functions[_name(label)]) if isinstance(node, ast.Return)]
        yield from (text for node in returns for text in templates(node.value))
    elif isinstance(label, ast.Name):
        given = [node for node in ast.walk(scope) if isinstance(node, ast.Assign)]
        named = [node.value for node in given if ast.unparse(node.targets[0]) == label.id]
        yield from (text for value in named for text in templates(value))
    else:
        yield from templates(label)
