"""What code may say before it is run: known modules, plain names, nothing that leads out of them.

Screening makes clear refusals early. It is not the guard: that is the process the code runs in (`inside`).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

MODULES = frozenset(
    {
        *("bisect", "cmath", "collections", "collections.abc", "copy", "dataclasses", "datetime", "decimal", "enum"),
        *("fractions", "functools", "heapq", "itertools", "json", "math", "numbers", "operator", "random", "re"),
        *("statistics", "string", "textwrap", "typing", "unicodedata"),
    }
)
"""What may be imported: modules that calculate and neither read, write, wait nor start anything."""

LONGEST = 20_000
"""Characters of code at most."""

DEEPEST = 100
"""Levels of the syntax tree at most, so that nothing that walks it runs out of stack."""

DIGITS = 1000
"""Digits of a number at most: longer ones cannot be written out again, which changing a program does."""

_TOO_LARGE = 10**DIGITS
_OWN = frozenset({"self", "cls", "other"})
_REACHABLE = frozenset({"__init__", "__post_init__", "__name__", "__doc__", "__version__"})
_NAMES = frozenset(
    {
        *("__builtins__", "__import__", "__loader__", "__spec__", "breakpoint", "compile", "delattr", "dir", "eval"),
        *("exec", "exit", "getattr", "globals", "help", "input", "locals", "memoryview", "open", "quit", "setattr"),
        "vars",
    }
)
_FRAMES = ("tb_", "f_", "gi_", "cr_", "ag_")
_FORMATS = frozenset({"format", "format_map", "attrgetter", "methodcaller"})


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a text is not run, in words."""

    message: str


def objection(source: str) -> Objection | None:
    """What speaks against running a text; None when nothing does."""
    if len(source) > LONGEST:
        return Objection(message=f"it was not run: it is longer than {LONGEST} characters")
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as exc:
        return Objection(message=f"it is no Python code (line {getattr(exc, 'lineno', None) or 1})")
    if _depth(tree) > DEEPEST:
        return Objection(message="it was not run: it is nested too deeply")
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 1)
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value >= _TOO_LARGE:
            return Objection(message=f"it was not run: line {line} has a number of more than {DIGITS} digits")
        if module := _foreign(node):
            return Objection(message=f"it was not run: line {line} imports {module}")
        if name := _leading_out(node):
            return Objection(message=f"it was not run: line {line} uses {name}")
    return None


def imported(source: str) -> tuple[str, ...]:
    """The modules that a text imports, sorted; the text has to be Python."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return tuple(sorted(names))


def _depth(tree: ast.AST) -> int:
    levels, level = 0, [tree]
    while level:
        levels, level = levels + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return levels


def _foreign(node: ast.AST) -> str:
    """The module, or the part of one, that a node imports and may not."""
    match node:
        case ast.Import(names=aliases):
            return next((alias.name for alias in aliases if alias.name not in MODULES), "")
        case ast.ImportFrom(module=module, names=aliases, level=level):
            full = "." * level + (module or "")
            hidden = next((alias.name for alias in aliases if alias.name.startswith(("_", "*"))), "")
            return full if full not in MODULES else hidden
    return ""


def _leading_out(node: ast.AST) -> str:
    """The name, attribute or statement of a node that could lead out of what code is given."""
    match node:
        case ast.Attribute(attr=name, value=value):
            own = isinstance(value, ast.Name) and value.id in _OWN and not name.startswith("__")
            hidden = name.startswith("_") and name not in _REACHABLE and not own
            return f".{name}" if hidden or name.startswith(_FRAMES) or name in _FORMATS else ""
        case ast.Name(id=name) if name in _NAMES:
            return name
        case ast.ImportFrom(names=aliases):
            return next((alias.name for alias in aliases if alias.name in _FORMATS), "")
        case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            return "async"
    return ""
