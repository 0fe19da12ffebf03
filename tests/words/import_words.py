"""What an import says: why a format was recognised, what is wrong with a record and what helps, notes of the report.

These texts are made in many small places: as arguments, as what a helper returns, as a name that stands for them. A
name and a call of a function of the collect room are followed to what they were given.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from tests.words.python_words import ROOT, templates
from workbench.collect.formats.table import REASONS
from workbench.collect.jsonfaults import FAULTS

ROOM = ROOT / "workbench" / "collect"
REPORT = (ROOM / "reading.py", *(ROOT / "workbench" / "flows" / name for name in ("importing.py", "import_sources.py")))
"""Where the notes of an import are written."""

Function = ast.FunctionDef


class Texts:
    """The texts an expression of one module can be."""

    def __init__(self, tree: ast.Module, functions: dict[str, Function]) -> None:
        self._functions = functions
        self._given: dict[str, list[ast.expr]] = defaultdict(list)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self._given[node.targets[0].id].append(node.value)
            elif isinstance(node, ast.NamedExpr):
                self._given[node.target.id].append(node.value)

    def of(self, node: ast.expr | None, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """The literals and templates it comes to."""
        match node:
            case ast.Name(id=name) if name not in seen:
                for value in self._given[name]:
                    yield from self.of(value, seen | {name})
            case ast.Call(func=ast.Name(id=name)) if name in self._functions and name not in seen:
                for given in returned(self._functions[name]):
                    yield from self.of(given, seen | {name})
            case ast.Call(func=ast.Name(id="snippet"), args=[first, *_]):
                yield from self.of(first, seen)
            case ast.IfExp(body=one, orelse=other):
                yield from self.of(one, seen)
                yield from self.of(other, seen)
            case _:
                yield from templates(node)


def returned(function: Function) -> Iterator[ast.expr]:
    """What a function gives back."""
    yield from (node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value)


@cache
def import_words() -> dict[str, str]:
    """Text -> where it is made."""
    found = dict.fromkeys(REASONS.values(), "reasons of tables")
    found |= dict.fromkeys((text for pair in FAULTS.values() for text in pair), "faults of JSON")
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(ROOM.rglob("*.py"))}
    functions = {
        node.name: node
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and path.parent == ROOM
    }
    constants = [node for tree in trees.values() for node in tree.body if isinstance(node, ast.Assign)]
    for path, tree in trees.items():
        texts = Texts(ast.Module([*constants, *tree.body], []), functions)
        for node in (*parts(tree), *(notes(tree) if path in REPORT else ())):
            for text in texts.of(node):
                found.setdefault(text, f"{path.relative_to(ROOT)}:{node.lineno}")
    for path in REPORT[1:]:
        tree = ast.parse(path.read_text("utf-8"))
        for node in notes(tree):
            for text in Texts(tree, {}).of(node):
                found.setdefault(text, f"{path.relative_to(ROOT)}:{node.lineno}")
    return {text: at for text, at in found.items() if sum(letter.isalpha() for letter in text) >= 2}


def parts(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a module of the room that become words of the preview or of the table of problems."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="BadRecord"), args=args, keywords=keywords):
                yield from args[2:3]
                yield from (word.value for word in keywords if word.arg in {"hint", "words"})
            case ast.Call(func=ast.Name(id="Problem"), args=args, keywords=keywords):
                yield from args[3:5]
                yield from (word.value for word in keywords if word.arg in {"found", "hint"})
            case (
                ast.Call(func=ast.Name(id="Guess"), args=[_, _, last])
                | ast.Call(func=ast.Name(id="Licence"), args=[_, last])
            ):
                yield last
            case ast.Call(func=ast.Name(id="Element"), keywords=keywords):
                yield from (word.value for word in keywords if word.arg == "trouble")
            case ast.FunctionDef(name="shown"):
                yield from returned(node)
            case ast.FunctionDef(name=name) if name.startswith("_sniff"):
                yield from (reason for given in returned(node) for reason in reasons(given))


def reasons(given: ast.expr) -> Iterator[ast.expr]:
    """The second of the pair that a sniffer returns."""
    if isinstance(given, ast.IfExp):
        yield from reasons(given.body)
    if isinstance(given, ast.Tuple):
        yield given.elts[1]


def notes(tree: ast.AST) -> Iterator[ast.expr]:
    """What is appended to the notes of an import."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=lists, attr="append"), args=[note]):
                name = lists.attr if isinstance(lists, ast.Attribute) else getattr(lists, "id", "")
                if name in {"told", "parts", "notes"}:
                    yield note
