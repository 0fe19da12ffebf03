"""The gate on algebra: an equation that is claimed to hold for all values is proved or refuted by sympy.

The text is read by a parser of our own that knows numbers, letters, + - * / ^ and brackets. It is never handed to
`sympify` or `parse_expr`, which evaluate Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbench.generate.base import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample

_SIDE = r"[-(]?[0-9a-z(][0-9a-z\s()^*/+.²³−·×-]*?"
_IDENTITY = re.compile(
    rf"(?<![\w.=])(?P<left>{_SIDE})\s*=\s*(?P<right>[-0-9a-z(][0-9a-z()^*/+.²³−·×\s-]*[0-9a-z)²³])(?![\w=])"
)
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
    for turn in new_turns(parent, candidate):
        for start, end, message in false_identities(turn.content):
            return Finding("symbolic", 0.0, "problem", message, turn=turn.id, start=start, end=end)
    return None


def false_identities(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each claimed identity that does not hold for all values."""
    for match in _IDENTITY.finditer(text):
        left, right = match["left"].strip(), match["right"].strip()
        if len(match.group()) > LONGEST or not _rewrites(left, right):
            continue
        holds = identity(left, right)
        if holds is False:
            yield match.start(), match.end(), f"{left} = {right} does not hold for all values"


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
