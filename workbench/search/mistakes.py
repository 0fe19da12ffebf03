"""What is wrong with a query that cannot be parsed, in plain words and with the exact place."""

from __future__ import annotations

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from workbench.errors import QueryError

_QUOTES = {'"': '"', "“": "”", "«": "»", "「": "」"}


def explain(query: str, mistake: UnexpectedInput) -> QueryError:
    """The error to show for what lark met at its place in `query`."""
    place = mistake.pos_in_stream
    at_end = isinstance(mistake, UnexpectedToken) and mistake.token.type == "$END"
    start = len(query) if at_end or place is None else place
    before = _before(query, start)
    stray = isinstance(mistake, UnexpectedToken) and mistake.token.type == "VALUE"
    if stray or isinstance(mistake, UnexpectedCharacters):
        return _character(query, start)
    opened = _open_groups(mistake)
    found = mistake.token if isinstance(mistake, UnexpectedToken) else None
    kind = found.type if found is not None else "$END"
    return _token(query, kind, start, start + (0 if found is None or at_end else len(found)), before, opened)


def _character(query: str, start: int) -> QueryError:
    character = query[start]
    if character in _QUOTES:
        return QueryError(
            "this quote is not closed", query=query, start=start, end=len(query),
            hint=f"add {_QUOTES[character]} at its end",
        )  # fmt: skip
    if character in "-－~～" and not query[start + 1 : start + 2].strip():
        return QueryError(
            f"nothing follows {character!r}", query=query, start=start, end=start + 1,
            hint=f"write it directly before what it belongs to, or quote it: \"{character}\"",
        )  # fmt: skip
    return QueryError(
        f"{character!r} cannot stand here", query=query, start=start, end=start + 1,
        hint="put text with such characters in quotes",
    )  # fmt: skip


def _token(query: str, kind: str, start: int, end: int, before: Token, opened: list[Token]) -> QueryError:
    if before.type == "FIELD":
        return _error(query, before, f"a value is missing after {str(before)!r}", "for example turns>=3 or language:en")
    if kind == "RPAR" and before.type == "LPAR":
        return QueryError(
            "this group is empty", query=query, start=_at(before), end=end, hint="write something between ( and )"
        )
    if kind == "RPAR" and not opened:
        return QueryError("no group is open here", query=query, start=start, end=end, hint="remove this )")
    if before.type in {"_OR", "_AND", "NOT", "MINUS", "TILDE"}:
        return _error(query, before, f"nothing follows {str(before)!r}", "add what to look for, or quote the word")
    if kind == "$END" and opened:
        return _error(query, opened[-1], "this group is not closed", "add ) at its end")
    if kind in {"_OR", "_AND"}:
        return QueryError(
            f"nothing stands before {query[start:end]!r}", query=query, start=start, end=end,
            hint=f'to look for the word, write "{query[start:end]}"',
        )  # fmt: skip
    if opened and _in_values(query, opened[-1]):
        return QueryError(
            "OR is missing between these values", query=query, start=start, end=end, hint="write field:(a OR b)"
        )
    return QueryError(
        f"{query[start:end]!r} cannot stand here", query=query, start=start, end=end,
        hint="quote it to look for it as text",
    )  # fmt: skip


def _error(query: str, token: Token, message: str, hint: str) -> QueryError:
    return QueryError(message, query=query, start=_at(token), end=_at(token) + len(token), hint=hint)


def _at(token: Token) -> int:
    return token.start_pos or 0


def _open_groups(mistake: UnexpectedInput) -> list[Token]:
    parser = getattr(mistake, "interactive_parser", None)
    stack = parser.parser_state.value_stack if parser else []
    return [item for item in stack if isinstance(item, Token) and item.type == "LPAR"]


def _in_values(query: str, opening: Token) -> bool:
    return query[: _at(opening)].rstrip().endswith((":", "：", "="))


def _before(query: str, start: int) -> Token:
    """The last token in front of a place, told from the text alone (parser stacks drop operators)."""
    head = query[:start].rstrip()
    for kind, endings in (
        ("LPAR", ("(", "（")), ("FIELD", (":", "：", "=", "<", ">")), ("_OR", ("OR",)), ("_AND", ("AND",)),
        ("NOT", ("NOT",)), ("MINUS", ("-", "－")), ("TILDE", ("~", "～")),
    ):  # fmt: skip
        word = head.split()[-1].lstrip("(（") if head.split() else ""
        if kind in {"_OR", "_AND", "NOT"} and word != endings[0]:
            continue
        if head.endswith(endings):
            text = word if kind == "FIELD" else next(ending for ending in endings if head.endswith(ending))
            return Token(kind, text, start_pos=len(head) - len(text))
    return Token("", "", start_pos=start)
