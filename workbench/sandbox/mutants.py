"""Small changes to a program that its tests ought to notice (mutation testing, DeMillo, Lipton and Sayward 1978)."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program that differs from another in one place; `line` and `change` say where and how."""

    source: str
    line: int
    change: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every program that differs from `source` in one operator, comparison, condition, constant or returned value.

    In turn one of each kind: comparisons, operators, constants (by one, texts by a letter), conditions, signs; returned
    values that become None are last, for every test notices them. Docstrings stay. Raises SyntaxError when `source` is
    no Python.
    """
    tree = ast.parse(source)
    places = list(enumerate(_inside_functions(tree)))
    kinds = (ast.Compare, ast.BinOp, ast.AugAssign, ast.Constant, ast.BoolOp, ast.UnaryOp)
    seen = {ast.unparse(tree)}
    rounds = zip_longest(*(_of_kind(tree, places, kind) for kind in kinds))
    for mutant in chain(chain.from_iterable(rounds), _of_kind(tree, places, ast.Return)):
        if mutant is not None and mutant.source not in seen:
            seen.add(mutant.source)
            yield mutant


def _of_kind(tree: ast.Module, places: Sequence[tuple[int, ast.AST]], kind: type[ast.AST]) -> Iterator[Mutant]:
    for place, node in places:
        if type(node) is kind:
            yield from _changed(tree, place, node)


def _inside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of function bodies in order, without docstrings, annotations and f-string pieces."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.Lambda):
            body = function.body if isinstance(function.body, list) else [function.body]
            for statement in body:
                if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                    yield from (node for node in ast.walk(statement) if not isinstance(node, ast.JoinedStr))


def _changed(tree: ast.Module, place: int, node: ast.AST) -> Iterator[Mutant]:
    for way in range(_ways(node)):
        other = copy.deepcopy(tree)
        twin = list(_inside_functions(other))[place]
        before = ast.unparse(node)
        _change(twin, way)
        made = ast.unparse(ast.fix_missing_locations(other))
        yield Mutant(made, getattr(node, "lineno", 0), f"{before} → {ast.unparse(twin)}")


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.Compare):
        return len(_COMPARISONS.get(type(node.ops[0]), ()))
    if isinstance(node, ast.BinOp | ast.AugAssign):
        return int(type(node.op) in _OPERATORS)
    if isinstance(node, ast.Return):
        return int(node.value is not None)
    if isinstance(node, ast.Constant):
        return int(isinstance(node.value, int | float | str))
    return 1


def _change(node: ast.AST, way: int) -> None:
    match node:
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.Compare():
            node.ops[0] = _COMPARISONS[type(node.ops[0])][way]()
        case ast.BinOp() | ast.AugAssign():
            node.op = _OPERATORS[type(node.op)]()
        case ast.BoolOp():
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            node.operand = ast.UnaryOp(ast.Not(), operand)
        case ast.UnaryOp():
            node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.USub()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value) | float(value)):
            node.value = value + 1
        case ast.Constant(value=str(value)):
            node.value = value + "x"
