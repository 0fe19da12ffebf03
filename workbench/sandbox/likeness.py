"""Whether a program is one that is known already, under other names: to keep exercises out of a test set's way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.9
"""Share of two programs' syntax in common (difflib's ratio) from which on they are the same exercise."""

SMALLEST = 25
"""Nodes of a syntax tree below which two programs are alike by chance, and are not compared."""

GRAM = 13
"""Words in a row that count as copied, as in the decontamination of language models' training sets."""


_WORD = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+")


@dataclass(frozen=True, slots=True)
class Near:
    """The known program that is nearest: its name and how alike the two are (0 to 1); 1 for copied words."""

    name: str
    share: float


def nearest(code: str, words: str, known: str) -> Near | None:
    """The program of `known` (functions and classes one below the other) that an exercise repeats; None for none.

    `words` is what the exercise says besides its code. Names, constants, annotations and docstrings make no difference
    to the likeness of programs. Raises SyntaxError when `known` is no Python.
    """
    said = _grams(f"{words}\n{code}")
    best: Near | None = None
    for name, shape, grams in _programs(known):
        if said & grams:
            return Near(name, 1.0)
        for _, own in _shapes(ast.parse(code)):
            share = _share(own, shape)
            if share >= ALIKE and (best is None or share > best.share):
                best = Near(name, share)
    return best


@lru_cache(maxsize=4)
def _programs(known: str) -> tuple[tuple[str, tuple[str, ...], frozenset[tuple[str, ...]]], ...]:
    tree = ast.parse(known)
    return tuple((node.name, shape, _grams(ast.get_source_segment(known, node) or "")) for node, shape in _shapes(tree))


def _shapes(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.ClassDef, tuple[str, ...]]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node, tuple(_shape(node))


def _shape(node: ast.AST) -> Iterator[str]:
    """The kinds of a syntax tree's nodes in order, without what only names, annotates or documents."""
    if isinstance(node, ast.expr_context | ast.arguments):
        return
    yield type(node).__name__
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_comment", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            documents = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not documents:
                yield from _shape(child)


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if min(len(one), len(other)) < SMALLEST:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))
