"""Texts followed back to where they are written: through names, tables, helpers and what helpers give back."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.words.python_words import sources, templates

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """What the names of a module were given, its functions, and what can be called in it: name -> parameters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self.given: dict[str, list[ast.expr]] = defaultdict(list)
        self.takes: dict[str, list[list[str]]] = defaultdict(list)
        for node in ast.walk(self.tree):
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.functions[node.name].append(node)
                self.takes[node.name].append(_arguments(node))
            case ast.ClassDef(name=name, body=body):
                made = [part for part in body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
                fields = [part.target for part in body if isinstance(part, ast.AnnAssign)]
                names = [field.id for field in fields if isinstance(field, ast.Name)]
                self.takes[name].append(_arguments(made[0]) if made else names)
            case ast.Assign(targets=[target], value=value):
                self._bind(target, value)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self._bind(target, value)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                self.given[name].append(value)
            case ast.For(target=target, iter=many) | ast.comprehension(target=target, iter=many):
                self._bind(target, ast.Subscript(many, ast.Constant(None)))

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.given[target.id].append(value)
        elif isinstance(target, ast.Tuple):
            for at, part in enumerate(target.elts):
                self._bind(part, ast.Subscript(value, ast.Constant(at)))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(Module(path) for path in sources())


@cache
def everywhere() -> dict[str, list[tuple[Module, Function]]]:
    """Functions by name, with their modules."""
    found: dict[str, list[tuple[Module, Function]]] = defaultdict(list)
    for module in modules():
        for name, functions in module.functions.items():
            found[name].extend((module, function) for function in functions)
    return found


@cache
def parameters() -> dict[str, list[list[str]]]:
    """What can be called by a name -> the names of its parameters, for each that is called so."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for module in modules():
        for name, takes in module.takes.items():
            found[name].extend(takes)
    return found


def _arguments(function: Function) -> list[str]:
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


class Followed:
    """The texts that an expression of a module comes to."""

    def __init__(self, module: Module) -> None:
        self._module = module

    def of(self, node: ast.expr | None, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        match node:
            case ast.JoinedStr():
                yield from templates(node)
                holes = (part.value for part in node.values if isinstance(part, ast.FormattedValue))
                yield from (text for hole in holes for text in self.of(hole, seen) if " " in text.strip())
            case ast.Subscript(value=whole, slice=ast.Slice()) if not isinstance(whole, ast.Name):
                yield from self.of(whole, seen)
            case ast.IfExp(body=one, orelse=other):
                yield from (*self.of(one, seen), *self.of(other, seen))
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[many]):
                yield from self._inside(many, seen)
            case ast.Name() | ast.Call() | ast.Subscript():
                for module, value in self._behind(node, seen):
                    yield from Followed(module).of(value, seen | _mark(node))
            case ast.BoolOp(values=values) | ast.List(elts=values):
                yield from (text for value in values for text in self.of(value, seen))
            case _:
                yield from templates(node)

    def _inside(self, many: ast.expr, seen: frozenset[str]) -> Iterator[str]:
        for module, value in self._parts(many, None, seen):
            yield from Followed(module).of(value, seen)

    def _behind(self, node: ast.expr, seen: frozenset[str]) -> Iterator[tuple[Module, ast.expr]]:
        """What a name was given, a function gives back, or a table holds."""
        if _mark(node) <= seen and not isinstance(node, ast.Subscript):
            return
        match node:
            case ast.Name(id=name):
                own = self._module.given.get(name)
                yield from ((self._module, value) for value in own or ())
                if own is None and name.isupper():
                    yield from ((module, value) for module in modules() for value in module.given.get(name, ()))
            case ast.Subscript(value=held, slice=ast.Constant(value=at)) if at is None or isinstance(at, int):
                yield from self._parts(held, at, seen)
            case ast.Subscript(value=held):
                yield from self._parts(held, None, seen)
            case ast.Call(func=ast.Name(id="next"), args=[many, *_]):
                yield from self._parts(many, None, seen)
            case ast.Call(func=ast.Attribute(value=held, attr="get"), args=[_, *rest]):
                yield from self._parts(held, None, seen)
                yield from ((self._module, value) for value in rest)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield from self._returned(name)

    def _returned(self, name: str) -> Iterator[tuple[Module, ast.expr]]:
        own = [(self._module, function) for function in self._module.functions.get(name, ())]
        known = own or everywhere().get(name, [])
        if len(known) != 1:
            return
        (module, function) = known[0]
        for node in ast.walk(function):
            if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                yield module, node.value

    def _parts(self, held: ast.expr, at: int | None, seen: frozenset[str]) -> Iterator[tuple[Module, ast.expr]]:
        """The parts of a table or of what a generator gives: all, or those at a place."""
        yield from ((self._module, part) for part in _written(held, at))
        match held:
            case ast.Subscript(value=inner, slice=ast.Constant(value=None)):
                for module, value in self._parts(inner, None, seen):
                    yield from Followed(module)._parts(value, at, seen)
            case ast.Subscript(value=inner, slice=ast.Slice()):
                yield from self._parts(inner, at, seen)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="items")):
                tables = [table for table in self._module.given.get(name, ()) if isinstance(table, ast.Dict)]
                pairs = [pair for table in tables for pair in zip(table.keys, table.values, strict=True)]
                yield from ((self._module, ast.Tuple([key, value])) for key, value in pairs if key is not None)
            case ast.Call(func=ast.Attribute(value=inner, attr="values")):
                yield from self._parts(inner, None, seen)
            case ast.Name() | ast.Call() if not _mark(held) <= seen:
                for module, value in self._behind(held, seen):
                    gives = isinstance(held, ast.Call) and not isinstance(value, ast.Dict | ast.List | ast.Name)
                    deeper = seen | _mark(held)
                    if gives and at is None:
                        yield module, value
                    else:
                        yield from Followed(module)._parts(value, at, deeper)


def _written(held: ast.expr, at: int | None) -> Iterator[ast.expr]:
    """The parts of a table that is written down where it is used."""
    match held:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            yield from (part for n, part in enumerate(parts) if at is None or n == at)
        case ast.Dict(values=parts):
            yield from parts
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
            yield part


def _mark(node: ast.expr) -> frozenset[str]:
    return frozenset({ast.unparse(node)})
