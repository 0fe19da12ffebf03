"""Texts that come to the screen by a detour: through a parameter, a table, a helper or a name.

`python_words` reads what stands where an error, a title or a message is made. Much is made elsewhere and handed on:
``bad_value(query, value, "write yes or no", ...)`` hands a text to a parameter called `message`. Such parameters, and
the fields of our dataclasses, are found by their names; what they are given is followed back to the texts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.words.following import Followed, Module, modules, parameters
from tests.words.python_words import ROOT, SHOWN, error_names, makes_error

NAMES = SHOWN | {"why", "words"}
"""What a parameter or a field is called whose text is shown."""

ELSEWHERE = ("workbench/charts/map.py", "workbench/sandbox/inside.py")
"""Only for code."""

NOT_READ = {"write_line", "Why", "BadRecord"}
"""Labels of steps are looked after by `step_labels`, bad records by `import_words`; why a row matches is a query."""

NOTERS = ("_notes", "write", "note")
"""How functions of the release room end that give notes of an export."""

COMMAND = "pip install"
"""What is typed as it stands is the same in every language."""


@cache
def handed_words() -> dict[str, str]:
    """Text -> where it is handed on."""
    found: dict[str, str] = {}
    names = error_names([module.path for module in modules()])
    for module in modules():
        at = str(module.path.relative_to(ROOT))
        if at.startswith(ELSEWHERE):
            continue
        for node in ast.walk(module.tree):
            for given in _given(node, module, names):
                for text in Followed(module).of(given):
                    found.setdefault(text, f"{at}:{given.lineno}")
    return {text: at for text, at in found.items() if _is_said(text)}


def _is_said(text: str) -> bool:
    words = re.sub(r"\{\w+\}", "", text).strip()
    spoken = sum(letter.isalpha() for letter in words) >= 2
    return spoken and " " in text.strip() and not text.startswith(COMMAND)


def _given(node: ast.AST, module: Module, names: set[str]) -> Iterator[ast.expr]:
    """What a node of the tree hands to a person's eyes."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="notes"), attr="append"), args=[note]):
            yield note
        case ast.Call():
            yield from _handed(node, module, names)
        case ast.Dict(keys=keys, values=values):
            named = (str(key.value) if isinstance(key, ast.Constant) else "" for key in keys)
            yield from (value for name, value in zip(named, values, strict=True) if name in NAMES)
        case ast.FunctionDef(name=name) if "release" in module.path.parts and name.endswith(NOTERS):
            gives = (part for part in ast.walk(node) if isinstance(part, ast.Return | ast.Yield))
            yield from (part.value for part in gives if part.value is not None)


def _handed(node: ast.Call, module: Module, names: set[str]) -> Iterator[ast.expr]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in NOT_READ:
        return
    of_module = isinstance(node.func, ast.Name) or getattr(getattr(node.func, "value", None), "id", "") == "self"
    own = module.takes.get(called) if of_module else None
    known = own or parameters().get(called, [])
    for at, given in enumerate(node.args):
        if known and all(len(taken) > at and taken[at] in NAMES for taken in known):
            yield given
    yield from (word.value for word in node.keywords if word.arg in NAMES)
    if makes_error(node, names, module.path):
        yield from node.args[:1]
