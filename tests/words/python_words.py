"""The texts of Python that a person reads on the screen, collected from the sources: as they are, or as templates.

An f-string becomes a template with named holes, as the front end's `said` reads it: ``f"no {kind} {name!r}"`` is
``"no {kind} {name}"``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNSEEN = ("workbench/cli", "workbench/bench", "workbench/doctor", "widgets/lab", "widgets/bench", "widgets/frontend")
"""Parts that speak at a terminal, never on the screen."""

SHOWN = {"title", "label", "message", "hint", "guideline", "description", "help", "short", "reason", "note"}
"""Keyword arguments and dictionary keys whose value is shown."""


def sources() -> Iterator[Path]:
    for package in ("workbench", "widgets"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not str(path.relative_to(ROOT)).startswith(UNSEEN):
                yield path


def templates(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression can be: a literal, an f-string, either branch of a condition, a sum of those."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield joined(node)
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from templates(value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in templates(node.left):
            for right in templates(node.right):
                yield left + right


def joined(node: ast.JoinedStr) -> str:
    parts: list[str] = []
    used: set[str] = set()
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        elif isinstance(value, ast.FormattedValue):
            name = hole(value.value)
            number = 2
            while name in used:
                name = f"{hole(value.value)}{number}"
                number += 1
            used.add(name)
            parts.append("{" + name + "}")
    return "".join(parts)


def hole(node: ast.expr) -> str:
    """A name for what fills a hole: the variable, the attribute, the thing counted or joined."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call():
            return hole(_subject(node))
        case ast.Subscript(value=inner) | ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner):
            return hole(inner)
        case ast.IfExp(body=inner) | ast.BinOp(left=inner):
            return hole(inner)
    return "text" if isinstance(node, ast.JoinedStr) else "value"


def _subject(call: ast.Call) -> ast.expr:
    """What a call is about: its first argument, else what the method belongs to, else the function."""
    if call.args:
        return call.args[0]
    return call.func.value if isinstance(call.func, ast.Attribute) else call.func


def error_names(paths: Iterable[Path]) -> set[str]:
    """The classes of the error tree, wherever they are defined."""
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    classes = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {"WorkbenchError"}
    while more := {name for name, bases in classes.items() if bases & known} - known:
        known |= more
    return known


@cache
def errors() -> dict[str, str]:
    """Message or hint -> where: everything an error is made with."""
    paths = list(sources())
    names = error_names(paths)
    found: dict[str, str] = {}
    for path in paths:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and makes_error(node, names, path):
                at = f"{path.relative_to(ROOT)}:{node.lineno}"
                exprs = [*node.args[:1], *(word.value for word in node.keywords if word.arg in {"hint", "message"})]
                for text in (text for expr in exprs for text in templates(expr)):
                    found.setdefault(text, at)
    return {text: at for text, at in found.items() if _speaks(text)}


def makes_error(node: ast.Call, names: set[str], path: Path) -> bool:
    func = node.func
    if isinstance(func, ast.Name):
        return func.id in names or (func.id == "cls" and path.name == "errors.py")
    if isinstance(func, ast.Attribute):
        above = func.attr == "__init__" and path.name == "errors.py"
        return above or func.attr in names
    return False


@cache
def shown() -> dict[str, str]:
    """Text -> where, for titles, labels and the like, in calls and dictionaries."""
    found: dict[str, str] = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            pairs: list[tuple[str, ast.expr]] = []
            if isinstance(node, ast.Call):
                pairs = [(word.arg or "", word.value) for word in node.keywords]
            elif isinstance(node, ast.Dict):
                pairs = [
                    (str(key.value), value)
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant)
                ]
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                pairs = [(node.targets[0].id, node.value)]
            for name, value in pairs:
                if name in SHOWN:
                    for text in templates(value):
                        found.setdefault(text, f"{path.relative_to(ROOT)}:{value.lineno} {name}")
    return {text: at for text, at in found.items() if _speaks(text)}


def _speaks(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= 2
