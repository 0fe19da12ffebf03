"""Saved queries and what they ask about: values of a scheme that change, how they read afterwards, other slices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from workbench.errors import QueryError
from workbench.model import TagScheme
from workbench.search.binding import leaves
from workbench.search.fields import SUGGESTED, TAG, quoted
from workbench.search.patterns import Pattern
from workbench.search.syntax import Comparison, Value
from workbench.text import search_key

_BELOW = "/*"


def asks_about(query: str, scheme: TagScheme, values: Collection[str]) -> bool:
    """Whether a query would find answers of a scheme with one of these values, or cannot be read."""
    below = scheme.kind == "hierarchical"
    try:
        found = list(_comparisons(query, scheme))
    except QueryError:
        return False
    if scheme.kind == "ordinal":
        return bool(found) and bool(values)
    patterns = [
        Pattern.of(value.text, literal=value.quoted, below=below and not node.exact)
        for node in found
        for value in node.values
    ]
    return any(pattern.matches(value) for pattern in patterns for value in values)


def rewritten(query: str, scheme: TagScheme, moved: Mapping[str, str]) -> str:
    """The query with old values of a scheme replaced by what they became; as it is when it cannot be read."""
    named = {search_key(old): new for old, new in moved.items()}
    try:
        values = [value for node in _comparisons(query, scheme) for value in node.values]
    except QueryError:
        return query
    for value in sorted(values, key=lambda value: value.start, reverse=True):
        new = _new(value, named)
        if new is not None:
            query = query[: value.start] + new + query[value.end :]
    return query


def uses_slice(query: str, name: str) -> bool:
    """Whether a query asks for the samples of a slice (``in:name``); not when it cannot be read."""
    if not query.strip():
        return False
    from workbench.search.parser import parse

    try:
        nodes = [node for node in leaves(parse(query)) if isinstance(node, Comparison)]
    except QueryError:
        return False
    return any(node.field.casefold() == "in" and value.text == name for node in nodes for value in node.values)


def _new(value: Value, named: Mapping[str, str]) -> str | None:
    branch = value.text.endswith(_BELOW) and not value.quoted
    target = named.get(search_key(value.text.removesuffix(_BELOW) if branch else value.text))
    if target is None or (branch and quoted(target) != target):
        return None
    return target + _BELOW if branch else quoted(target)


def _comparisons(query: str, scheme: TagScheme) -> Iterator[Comparison]:
    if not query.strip():
        return
    from workbench.search.parser import parse  # the parser library is loaded with the first query that needs it

    for node in leaves(parse(query)):
        if isinstance(node, Comparison):
            name = node.field.casefold().removeprefix(SUGGESTED).removeprefix(TAG)
            if name == scheme.name.casefold():
                yield node
