"""From the tree of a query to tests that columns can answer: fields looked up, values read by their type."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import QueryError
from workbench.search.dates import date_span
from workbench.search.fields import Field, Vocabulary
from workbench.search.findings import NOTHING, UNKNOWN
from workbench.search.patterns import Pattern
from workbench.search.searchable import check_text
from workbench.search.selections import NAMES as SELECTIONS
from workbench.search.selections import Selected
from workbench.search.syntax import All, Comparison, Either, Meaning, Node, Value, Without, Words
from workbench.search.values import (
    CANNOT_SAY,
    Span,
    bad_value,
    boolean,
    is_free_text,
    nearest,
    number,
    ordinal,
    readable,
    span_of,
)
from workbench.text import search_key

Answers = Callable[[str], Sequence[str]]
"""The values that were ever given as an answer to a scheme, by its name."""


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison with its field resolved: one of its `patterns`, `spans`, `plans` (slices) or `selections`."""

    __test__ = False  # not a test class of pytest

    field: Field
    author: str | None = None
    patterns: tuple[Pattern, ...] = ()
    spans: tuple[Span, ...] = ()
    plans: tuple[Plan, ...] = ()
    selections: tuple[Selected, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready to be answered. `tests` are its comparisons in order of reading, aligned with `comparisons`."""

    tree: Node
    comparisons: tuple[Comparison, ...] = ()
    tests: tuple[Test, ...] = ()

    def test(self, node: Comparison) -> Test:
        """The test of a comparison."""
        return self.tests[self.comparisons.index(node)]

    def kinds(self, node: Node) -> Iterator[type[Node]]:
        """What is asked below a node of the tree (words, meanings, comparisons), in slices as well."""
        for leaf in leaves(node):
            yield type(leaf)
            if isinstance(leaf, Comparison):
                for inner in self.test(leaf).plans:
                    yield from inner.kinds(inner.tree)

    def asks(self, node: Node, kind: str) -> bool:
        """Whether a comparison below a node (in slices as well) is with a field of this kind."""
        return any(
            test.field.kind == kind or any(inner.asks(inner.tree, kind) for inner in test.plans)
            for test in (self.test(leaf) for leaf in leaves(node) if isinstance(leaf, Comparison))
        )

    def names(self, column: str) -> bool:
        """Whether the query (or a slice it uses) says itself what it wants of a column."""
        return any(test.field.column == column or any(plan.names(column) for plan in test.plans) for test in self.tests)

    @property
    def ranked(self) -> bool:
        """Whether there is something to rank by: words or meaning outside of any minus."""
        return any(isinstance(node, (Words, Meaning)) for node in positive(self.tree))


def plan(query: str, vocabulary: Vocabulary, now_ms: int, answers: Answers = lambda scheme: ()) -> Plan:
    """Parse and bind a query; `QueryError` has the place of what cannot be read."""
    return _Binder(vocabulary, now_ms, answers).plan(query, ())


def leaves(node: Node) -> Iterator[Node]:
    """The words, meanings and comparisons of a tree in order of reading."""
    if isinstance(node, (All, Either)):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Without):
        yield from leaves(node.part)
    else:
        yield node


def positive(node: Node) -> Iterator[Node]:
    """The leaves that are not under a minus: those that can be a reason for a match."""
    if isinstance(node, (All, Either)):
        for part in node.parts:
            yield from positive(part)
    elif not isinstance(node, Without):
        yield node


@dataclass(frozen=True, slots=True)
class _Binder:
    vocabulary: Vocabulary
    now_ms: int
    answers: Answers

    def plan(self, query: str, within: tuple[str, ...]) -> Plan:
        tree = _parsed(query)
        check_text(query, tree)
        comparisons = tuple(node for node in leaves(tree) if isinstance(node, Comparison))
        return Plan(tree, comparisons, tuple(self._test(query, node, within) for node in comparisons))

    def _test(self, query: str, node: Comparison, within: tuple[str, ...]) -> Test:
        field = self.vocabulary.resolve(query, node)
        if field.kind == "slice":
            return self._within(query, node, field, within)
        read = self._reader(field)
        if read is not None and not _any_value(node):
            return self._ranked(query, node, field, read)
        if node.operator != ":":
            raise QueryError(
                f"{field.name} has no order to compare by", query=query, start=node.start, end=node.end,
                hint=f"write {field.name}:value",
            )  # fmt: skip
        if read is not None:
            return Test(field, node.author, spans=((-math.inf, math.inf),))
        patterns = tuple(self._pattern(query, field, value, exact=node.exact) for value in node.values)
        return Test(field, node.author, patterns=self._with_names(field, patterns))

    def _ranked(self, query: str, node: Comparison, field: Field, read: Callable[[str], Span]) -> Test:
        """Values read as numbers, dates or ranks; answers that have no rank ("cannot say") are taken as they are."""
        plain = [
            value
            for value in node.values
            if node.operator == ":" and not readable(value, read) and self._is_answer(field, value)
        ]
        spans = tuple(span_of(query, node, value, read, field) for value in node.values if value not in plain)
        patterns = tuple(Pattern.of(value.text, literal=True) for value in plain)
        return Test(field, node.author, patterns, spans)

    def _reader(self, field: Field) -> Callable[[str], Span] | None:
        """How values of a field are read as numbers; None when they are texts."""
        if field.kind in {"number", "alike"}:
            return number
        if field.kind == "date":
            return lambda text: date_span(text, self.now_ms)
        if field.scheme is not None and field.scheme.kind == "ordinal":
            return ordinal(field.scheme)
        return None

    def _pattern(self, query: str, field: Field, value: Value, *, exact: bool) -> Pattern:
        if field.kind == "rows":
            return _id_pattern(query, field, value)
        kind = field.scheme.kind if field.scheme else ""
        if kind == "boolean" and value.text != "*":
            known = self._is_answer(field, value)
            return Pattern.of(value.text if known else boolean(query, value), literal=True)
        contains, below = is_free_text(field) and not exact, _is_tree(field) and not exact
        pattern = Pattern.of(value.text, literal=value.quoted, contains=contains, below=below)
        known_values = self._known(field)
        if known_values and not any(pattern.matches(known) for known in known_values):
            hint = nearest(value.text, known_values)
            raise bad_value(query, value, f"{field.name} has no value {value.text!r}", hint)
        return pattern

    def _known(self, field: Field) -> tuple[str, ...]:
        """All values that a field can have; none when there may be any."""
        if field.kind == "scheme":
            return tuple(self._schemes())
        if field.kind == "finding":
            return (*self.vocabulary.checks, NOTHING, UNKNOWN) if self.vocabulary.checks else ()
        scheme = field.scheme
        if (
            scheme is None
            or scheme.open
            or not scheme.choices
            or scheme.kind not in {"nominal", "hierarchical", "multi"}
        ):
            return field.choices
        return (*(choice.value for choice in scheme.choices), *self.answers(scheme.name), CANNOT_SAY, "")

    def _is_answer(self, field: Field, value: Value) -> bool:
        if field.scheme is None:
            return False
        known = (*(choice.value for choice in field.scheme.choices), *self.answers(field.scheme.name), CANNOT_SAY)
        return any(search_key(value.text) == search_key(answer) for answer in known)

    def _with_names(self, field: Field, patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        """Sources are stored by id; people know them by name."""
        if field.column != "source":
            return patterns
        named = self.vocabulary.sources.items()
        ids = [key for key, name in named if any(pattern.matches(name) for pattern in patterns)]
        return patterns + tuple(Pattern.of(key, literal=True) for key in ids)

    def _schemes(self) -> Iterator[str]:
        for name in self.vocabulary.schemes:
            yield name
            yield f"suggested.{name}"

    def _within(self, query: str, node: Comparison, field: Field, within: tuple[str, ...]) -> Test:
        """``in:``: slices, and what people picked out."""
        chosen = [value for value in node.values if value.text in SELECTIONS and node.operator == ":"]
        selections = tuple(self._selection(query, node, value) for value in chosen)
        slices = [value for value in node.values if value not in chosen]
        if slices and node.author is not None:
            hint = f"only selections have an owner: in@{node.author}:{SELECTIONS[0]}"
            raise bad_value(query, slices[0], f"the slice {slices[0].text!r} is everybody's", hint)
        plans = tuple(self._slice(query, node, value, within) for value in slices)
        return Test(field, node.author, plans=plans, selections=selections)

    def _selection(self, query: str, node: Comparison, value: Value) -> Selected:
        person = node.author if node.author is not None else self.vocabulary.person
        found = self.vocabulary.selected(person, value.text)
        if found is None:
            mine = node.author is None
            message = f"you have no {value.text} yet" if mine else f"{node.author} has no {value.text} yet"
            raise bad_value(query, value, message, "open the map and draw around some conversations")
        return found

    def _slice(self, query: str, node: Comparison, value: Value, within: tuple[str, ...]) -> Plan:
        slices: Mapping[str, str] = self.vocabulary.slices
        if node.operator != ":" or value.text not in slices:
            near = difflib.get_close_matches(value.text, slices, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(slices)) or 'none'}"
            raise bad_value(query, value, f"there is no slice {value.text!r}", hint)
        if value.text in within:
            raise bad_value(query, value, f"the slice {value.text!r} contains itself", "change its query")
        return self.plan(slices[value.text], (*within, value.text))


def _is_tree(field: Field) -> bool:
    """Whether a value stands for those below it as well: ``personal-data`` for ``personal-data/email``."""
    return field.kind == "finding" or (field.scheme is not None and field.scheme.kind == "hierarchical")


def _parsed(query: str) -> Node:
    if not query.strip():
        return All((), 0, len(query))
    from workbench.search.parser import parse  # the parser library is loaded with the first query that needs it

    return parse(query)


def _id_pattern(query: str, field: Field, value: Value) -> Pattern:
    """Ids are exact; the beginning of one may be looked for (``id:s_ab*``)."""
    if "*" not in value.text or value.quoted:
        return Pattern(value.text)
    if field.name != "id":
        raise bad_value(query, value, f"{field.name} takes whole ids", "find the sample first: id:s_ab*")
    return Pattern.of(value.text)


def _any_value(node: Comparison) -> bool:
    return node.operator == ":" and any(value.text == "*" and not value.quoted for value in node.values)
