"""The gate on algebra: an equation that is claimed to hold for all values is proved or refuted by sympy.

The text is read by a parser of our own that knows numbers, letters, + - * / ^ and brackets. It is never handed to
`sympify` or `parse_expr`, which evaluate Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.verifying import first_mistake
from workbench.model import Finding, Sample

_LETTER = r"(?<![A-Za-zÀ-ÿ'’])[a-z](?![A-Za-zÀ-ÿ'’])"
_SIGN = r"[-()^*/+²³−·×]"
_SIDE = rf"(?:\d+(?:\.\d+)?|{_LETTER}|{_SIGN})(?:\s*(?:\d+(?:\.\d+)?|{_LETTER}|{_SIGN}))*"
_LEFT, _RIGHT = re.compile(rf"(?<![\w.=])({_SIDE})\s*$"), re.compile(rf"\s*({_SIDE})(?![\w=])")
_ARTICLE = re.compile(r"^a\s+(?=[\w(])|(?<=[\w)])\s+a$")
"""A word of one letter beside an expression: "a (x+1)^2"."""

_TIMES = re.compile(r"(?<=\d)\s*x\s*(?=\d)")
_SOLUTION = re.compile(r"(?<![\w*+/^)-])([a-z])\s*(?:=|is|est|等于|是)\s*(-?\d+(?:\.\d+|/\d+)?)(?![\w(^*+/]|\.\d)")
_TO_SOLVE = re.compile(
    r"\b(?:solv\w+|solution|equation|find|unknown|résou\w*|équation|inconnue|trouve\w*)\b|解|方程|求|未知",
    re.IGNORECASE,
)
"""Words around an equation that need not hold for all values."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]|[-+*/^()]")
_SAME = str.maketrans({"−": "-", "·": "*", "×": "*"})
LONGEST = 120
"""Characters of an equation; longer ones are not read, so that a text cannot keep the gate busy."""
HIGHEST_POWER = 12


@checks("symbolic")
def symbolic(parent: Sample, candidate: Candidate) -> Finding | None:
    """The first rewriting of an expression in new text that is no identity.

    Only equations whose two sides have the same letters are judged: "x = 3" and "y = 2x" define something.
    """
    return first_mistake("symbolic", false_identities, parent, candidate, _TO_SOLVE)


def false_identities(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each claimed identity that does not hold for all values."""
    for at in (match.start() for match in re.finditer("=", text)):
        before = _LEFT.search(text[max(0, at - LONGEST) : at])
        after = _RIGHT.match(text[at + 1 : at + 1 + LONGEST])
        if before is None or after is None:
            continue
        left, right = map(_expression, (before[1], after[1]))
        if not _rewrites(left, right) or len(left) + len(right) > LONGEST:
            continue
        if identity(left, right) is False and not _is_solved(left, right, text):
            start = max(0, at - LONGEST) + before.start()
            yield start, at + 1 + after.end(1), f"{left} = {right} does not hold for all values"


def _expression(side: str) -> str:
    """One side without the words around it; an x between two numbers multiplies them."""
    return _TIMES.sub("*", _ARTICLE.sub("", side.strip()).rstrip("-+*/·×− "))


def _is_solved(left: str, right: str, text: str) -> bool:
    """Whether it is an equation and the text gives a number for which it holds: "3x + 5 = x + 15, so x = 5"."""
    first, second = read_expression(left), read_expression(right)
    for letter, value in _SOLUTION.findall(text):
        if letter in left and (first - second).subs(letter, read_expression(value)) == 0:
            return True
    return False


def identity(left: str, right: str) -> bool | None:
    """Whether two expressions are the same for all values; None when one cannot be read or nothing can be said."""
    first, second = read_expression(left), read_expression(right)
    if first is None or second is None:
        return None
    import sympy

    difference = sympy.expand(sympy.together(first - second))
    return bool(sympy.simplify(difference) == 0)


def read_expression(text: str) -> Any:
    """A sympy expression of a text in school notation ("2x^2 - 3(x+1)"), or None when it is not one."""
    folded = text.translate(_SAME).replace("²", "^2").replace("³", "^3").replace(" ", "")
    tokens = _TOKEN.findall(folded)
    if "".join(tokens) != folded or not tokens:
        return None
    try:
        reader = _Reader(tokens)
        value = reader.sum()
    except (_Unreadable, ZeroDivisionError):
        return None
    return value if reader.at == len(tokens) else None


def _rewrites(left: str, right: str) -> bool:
    letters = set(re.findall("[a-z]", left))
    words = re.search("[a-z]{2,}", left + " " + right)
    compound = re.search(r"[-+*/^(²³]|\d[a-z]", left) and len(left) > 2
    return bool(letters) and letters == set(re.findall("[a-z]", right)) and not words and bool(compound)


class _Unreadable(Exception):
    """The text is no expression."""


class _Reader:
    """A recursive descent parser: sum, product, power, atom; a product may leave its sign out ("2x")."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def sum(self) -> Any:
        value = -self.product() if self._take("-") else self.product()
        while (sign := self._peek()) in {"+", "-"}:
            self.at += 1
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> Any:
        value = self.power()
        while (token := self._peek()) is not None and token not in {"+", "-", ")", "^"}:
            if token in {"*", "/"}:
                self.at += 1
            factor = self.power()
            value = value / factor if token == "/" else value * factor
        return value

    def power(self) -> Any:
        value = self.atom()
        if not self._take("^"):
            return value
        exponent = self.atom()
        if not exponent.is_Integer or abs(int(exponent)) > HIGHEST_POWER:
            raise _Unreadable
        return value**exponent

    def atom(self) -> Any:
        import sympy

        token = self._peek()
        self.at += 1
        if token == "(":
            value = self.sum()
            if not self._take(")"):
                raise _Unreadable
            return value
        if token is not None and token[0].isdigit():
            return sympy.Rational(token)
        if token is not None and token.isalpha():
            return sympy.Symbol(token)
        raise _Unreadable

    def _peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self.at += 1
        return True
