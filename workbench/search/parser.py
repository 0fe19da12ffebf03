"""From query text to the tree of `syntax`, with lark's LALR parser; built once, at the first query.

    domain:health/* naturalness>=4 -origin:synthetic ("blood test" OR sang*) ~"afraid of needles"

Words side by side must all match; ``OR`` binds weaker than that; a minus (or ``NOT``) in front excludes. The quotes,
colons and parentheses of Chinese and French keyboards are understood as well.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from workbench.errors import QueryError
from workbench.search.mistakes import explain
from workbench.search.syntax import All, Comparison, Either, Meaning, Node, Operator, Value, Without, Words

MAX_DEPTH = 60
"""Groups within groups: more than anybody writes, and far from Python's own limit."""

GRAMMAR = r"""
?start: either?
?either: every (_OR every)*
?every: unary (_AND? unary)*
?unary: (MINUS | NOT) unary     -> without
    | term
?term: LPAR either RPAR         -> group
    | TILDE (PHRASE | WORD)     -> meaning
    | FIELD _value              -> comparison
    | PHRASE                    -> phrase
    | WORD                      -> word
_value: PHRASE | VALUE | LPAR _one (_OR _one)* RPAR
_one: PHRASE | VALUE

LPAR: /[(（]/
RPAR: /[)）]/
TILDE: /[~～](?=\S)/
MINUS: /[-－](?=\S)/
_OR.4: /OR(?![^\s()（）"])/
_AND.4: /AND(?![^\s()（）"])/
NOT.4: /NOT(?![^\s()（）"])/
PHRASE.3: /"(?:\\.|[^"\\])*"|“[^”]*”|«[^»]*»|「[^」]*」/
FIELD.2: /[^\W\d][\w.\-]*(?:@(?:"[^"]*"|[^\s:：<>=()（）"]+))?(?:[:：]|[<>]=?|=)/
WORD: /(?!(?:OR|AND|NOT)(?![^\s()（）"]))[^\s()（）"“«「:：<>=~～\-－][^\s()（）"“«「:：<>=]*/
VALUE: /(?!(?:OR|AND|NOT)(?![^\s()（）"]))[^\s()（）"“«「]+/
%ignore /\s+/
"""

_FIELD = re.compile(r"(?P<name>[\w.\-]+)(?:@(?P<author>.+?))?(?P<operator>[:：]|[<>]=?|=)$")


@lru_cache(maxsize=256)
def parse(query: str) -> Node:
    """The tree of a query; `QueryError` names the place and what to do. The empty query is an empty `All`."""
    try:
        node = cast("Node | None", _lark().parse(query))
    except UnexpectedInput as exc:
        raise explain(query, exc) from exc
    except _TooDeep as exc:
        raise QueryError(
            "the groups of this query are nested too deeply", query=query, start=exc.start, end=exc.end,
            hint=f"at most {MAX_DEPTH} levels",
        ) from exc  # fmt: skip
    return node if node is not None else All((), 0, len(query))


class _TooDeep(Exception):
    def __init__(self, start: int, end: int) -> None:
        super().__init__()
        self.start, self.end = start, end


@cache
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_Builder(visit_tokens=False))


class _Builder(Transformer[Token, Any]):
    """Builds the nodes while lark parses, bottom up."""

    def start(self, parts: list[Any]) -> None:
        """The empty query."""

    def either(self, parts: list[Node]) -> Node:
        return _joined(Either, parts)

    def every(self, parts: list[Node]) -> Node:
        return _joined(All, parts)

    def without(self, parts: list[Any]) -> Node:
        mark, part = parts
        return _checked(Without(part, mark.start_pos, part.end, part.depth + 1))

    def group(self, parts: list[Any]) -> Node:
        return cast("Node", parts[1])

    def meaning(self, parts: list[Token]) -> Node:
        mark, text = parts
        return Meaning(_plain(text), _start(mark), _end(text))

    def phrase(self, parts: list[Token]) -> Node:
        return Words(_plain(parts[0]), False, _start(parts[0]), _end(parts[0]))

    def word(self, parts: list[Token]) -> Node:
        text = str(parts[0])
        return Words(text.rstrip("*"), text.endswith("*"), _start(parts[0]), _end(parts[0]))

    def comparison(self, parts: list[Token]) -> Node:
        head, *rest = parts
        name, author, operator = _FIELD.match(head).group("name", "author", "operator")  # type: ignore[union-attr]
        values = tuple(
            Value(_plain(token), token.type == "PHRASE", _start(token), _end(token))
            for token in rest
            if token.type in {"PHRASE", "VALUE"}
        )
        plain = cast("Operator", ":" if operator in {"=", "："} else operator)
        place = (_start(head), _end(rest[-1]))
        return Comparison(name, author and author.strip('"'), plain, values, *place, exact=operator == "=")


def _joined(kind: type[All] | type[Either], parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    depth = 1 + max(part.depth for part in parts)
    return _checked(kind(tuple(parts), parts[0].start, parts[-1].end, depth))


def _checked(node: Node) -> Node:
    if node.depth > MAX_DEPTH:
        raise _TooDeep(node.start, node.end)
    return node


def _plain(token: Token) -> str:
    """A token's text; of a phrase what stands between its quotes, each backslash taken for what follows it."""
    if token.type != "PHRASE":
        return str(token)
    return re.sub(r"\\(.)", r"\1", token[1:-1]) if token.startswith('"') else token[1:-1]


def _start(token: Token) -> int:
    return cast("int", token.start_pos)


def _end(token: Token) -> int:
    return cast("int", token.end_pos)
