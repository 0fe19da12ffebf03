"""Texts of Python's own tables that a person reads on the screen: schemes, fields, recipes, checks, formats, charts."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from string import ascii_uppercase

from tests.words.following import Followed, modules
from tests.words.python_words import sources, templates
from widgets._tidy import LANGUAGE_TITLE
from workbench.charts.report import _UNTAGGED
from workbench.clean.personal_data import TITLES
from workbench.collect.registry import IMPORTERS
from workbench.evaluate.base import CHECKS
from workbench.flows import estimating, gaps_counted, nearly, questions, week
from workbench.flows.models import LOCAL_LABEL, model_label
from workbench.flows.questions import DISPUTED, NOBODY, REAL, SYNTHETIC
from workbench.flows.week import KINDS
from workbench.generate import parameter_form
from workbench.generate.gates import ABOUT
from workbench.generate.gates.dates import _DAYS
from workbench.generate.lexicon import KINDS as KINDS_OF_WORDS
from workbench.generate.recipes import BUILTIN
from workbench.generate.recipes.fan import LEVELS
from workbench.generate.twin.planting import secrets
from workbench.label.defaults import FLAG, default_schemes
from workbench.llm.presets import PRESETS
from workbench.llm.statuses import HINTS
from workbench.release.registry import EXPORTERS
from workbench.search.facets import DEFAULT
from workbench.search.fields import _FIELDS
from workbench.search.findings import PLAIN


@cache
def tables() -> dict[str, str]:
    """Text -> which table it is in."""
    found: dict[str, str] = {}
    for where, texts in (
        ("scheme", _schemes()),
        ("field", _fields()),
        ("facet", (*_facets(), *PLAIN.values())),
        ("personal data", TITLES.values()),
        ("answer", _answers()),
        ("recipe", _recipes()),
        ("check", _checks()),
        ("gate", _gates()),
        ("figure", _figures()),
        ("model", (LOCAL_LABEL, *_model_labels())),
        ("estimate", _estimates()),
        ("grid", _grids()),
        ("format", _formats()),
        ("chart", _charts()),
        ("job", _jobs()),
        ("status", HINTS.values()),
        ("tidy", (LANGUAGE_TITLE,)),
        ("preset", (text for preset in PRESETS for text in (preset.title, preset.help))),
    ):
        for text in texts:
            if text and sum(letter.isalpha() for letter in text) >= 2:
                found.setdefault(text, where)
    return found


def _schemes() -> Iterator[str]:
    for scheme in (*default_schemes(), FLAG):
        yield from (scheme.title or "", scheme.guideline or "")
        for choice in scheme.choices:
            yield from (choice.label or "", choice.guideline or "")


def _fields() -> Iterator[str]:
    for field in _FIELDS:
        yield field.description


def _facets() -> Iterator[str]:
    """What stands over the values of a field that is no question."""
    questions = {scheme.name for scheme in (*default_schemes(), FLAG)}
    yield from ("author", "findings", *(name for name in DEFAULT if name not in {*questions, "by", "finding"}))


def _recipes() -> Iterator[str]:
    for recipe in BUILTIN:
        yield from (recipe.title, recipe.explanation, *recipe.keeps, *recipe.varies)
        yield recipe.then.what if recipe.then else ""
        for form in parameter_form(recipe):
            yield from (str(form.get("title", "")), str(form.get("help", "")))


def _checks() -> Iterator[str]:
    for check in CHECKS:
        yield from (check.title, check.explanation)


def _gates() -> Iterator[str]:
    """What gates are called, and what they say as their fourth argument; a `message` is found by its name."""
    for title, explanation in ABOUT.values():
        yield from (title, explanation)
    for path in (path for path in sources() if "generate" in path.parts or path.name == "gating.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and len(node.args) > 3:
                yield from templates(node.args[3])
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and path.parent.name == "gates":
                yield from templates(node.value.elts[-1])
    yield from (day.capitalize() for day in _DAYS["en"].split())


def _figures() -> Iterator[str]:
    """What figures are called and mean, what they count, and how they name their parts."""
    yield from (*KINDS_OF_WORDS, *chain(*LEVELS.values()), *secrets("en", Random(1)))
    for path in (path for path in sources() if path.parts[-2] == "figures" and "generate" in path.parts):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Figure":
                for word in (word for word in node.keywords if word.arg in {"meaning", "unit"}):
                    yield from templates(word.value)
            if isinstance(node, ast.Return) and path.stem == "words":
                yield from templates(node.value)
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                yield from templates(node.elts[0])


def _estimates() -> Iterator[str]:
    """What stands under the figures of an estimate."""
    tree = ast.parse(Path(estimating.__file__).read_text("utf-8"))
    notes = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_notes")
    for node in ast.walk(notes):
        if isinstance(node, (ast.List, ast.Dict)):
            items = node.elts if isinstance(node, ast.List) else node.values
            yield from (text for item in items for text in templates(item))
    yield from _appended(notes)


def _appended(inside: ast.AST) -> Iterator[str]:
    for node in ast.walk(inside):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            yield from templates(node.args[0])


def _grids() -> Iterator[str]:
    """What recipes over a set cannot know beforehand, and what of a grid nobody can answer."""
    yield from _appended(ast.parse(Path(gaps_counted.__file__).read_text("utf-8")))
    for path in (path for path in sources() if path.parts[-2] == "recipes"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "needs":
                yield from _appended(node)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Needs" and len(node.args) > 1:
                yield from (text for item in getattr(node.args[1], "elts", ()) for text in templates(item))


def _formats() -> Iterator[str]:
    for importer in IMPORTERS:
        yield importer.title
    for exporter in EXPORTERS:
        yield from (exporter.title, exporter.description, *exporter.loses)
        for option in exporter.options:
            yield from (option.title, *(() if option.is_yes_or_no else option.values))


def _model_labels() -> Iterator[str]:
    """What `model_label` says of a model."""
    for node in ast.walk(ast.parse(inspect.getsource(model_label))):
        if isinstance(node, ast.Return):
            yield from templates(node.value)


def _answers() -> Iterator[str]:
    """Questions, sentences and series of the charts that answer a question: every text in those modules."""
    yield from (*KINDS, NOBODY, REAL, SYNTHETIC, DISPUTED, *(label for label, _ in nearly.SIZES))
    for module in (questions, week, nearly):
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(text, str) and text[:1] in ascii_uppercase + "{" and text[-1:] in (".", "?"):
                yield text


def _charts() -> Iterator[str]:
    """What stands on the axes and over the charts: titles given by position or name to `titled`."""
    yield _UNTAGGED
    for path in (path for path in sources() if path.parts[-2] == "charts" or path.name == "charts.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("titled"):
                for expr in (*node.args[1:], *(word.value for word in node.keywords)):
                    yield from templates(expr)


def _jobs() -> Iterator[str]:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and node.args and _begins_work(node.func):
                yield from Followed(module).of(node.args[0])
                yield from Followed(module).of(node.args[-1])


def _begins_work(func: ast.expr) -> bool:
    named = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return named in {"background", "start", "RunJob", "progress", "_progress", "tell"}
