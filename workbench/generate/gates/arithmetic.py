"""The gate on sums: every calculation that is written out has to come out right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation

from workbench.generate.base import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample

_N = r"[-−]?\$?€?£?¥?\d[\d,]*(?:\.\d+)?%?"
_OPERATOR = r"[-+−–*×x·/÷]|plus|minus|times|divided by|fois|moins|加|减|乘以?|除以"
_EQUALS = r"=|is|equals|makes|gives|font|fait|égale?|等于|是"
_CALCULATION = re.compile(
    rf"(?<![\w.,/])(?P<first>{_N})(?P<rest>(?:\s*(?:{_OPERATOR})\s*{_N})+)\s*(?:{_EQUALS})\s*"
    rf"(?P<about>about |environ |约)?(?P<result>{_N})(?![\d/])",
    re.IGNORECASE,
)
_STEP = re.compile(rf"\s*(?P<operator>{_OPERATOR})\s*(?P<number>{_N})", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?P<share>\d+(?:\.\d+)?)\s?%\s*(?:of|de|de la|du)\s*(?P<whole>{_N})\s*(?:{_EQUALS})\s*(?P<result>{_N})",
    re.IGNORECASE,
)
_SIGNS = {
    **dict.fromkeys("+＋", "+"), "plus": "+", "加": "+",
    **dict.fromkeys("-−–", "-"), "minus": "-", "moins": "-", "减": "-",
    **dict.fromkeys("*×x·", "*"), "times": "*", "fois": "*", "乘": "*", "乘以": "*",
    **dict.fromkeys("/÷", "/"), "divided by": "/", "除以": "/",
}  # fmt: skip


@checks("arithmetic")
def arithmetic(parent: Sample, candidate: Candidate) -> Finding | None:
    """The first calculation in new text that does not come out. Results may be rounded to the places they show."""
    for turn in new_turns(parent, candidate):
        for start, end, message in wrong_sums(turn.content):
            return Finding("arithmetic", 0.0, "problem", message, turn=turn.id, start=start, end=end)
    return None


def wrong_sums(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each written-out calculation that does not come out."""
    for match in _CALCULATION.finditer(text):
        value, said = _value(match["first"], match["rest"]), _number(match["result"])
        if (
            value is not None
            and said is not None
            and not _agree(value, said, match["result"], about=bool(match["about"]))
        ):
            yield match.start(), match.end(), f"{match.group().strip()}: it is {_short(value)}"
    for match in _PERCENT.finditer(text):
        whole, said = _number(match["whole"]), _number(match["result"])
        if whole is None or said is None:
            continue
        value = whole * Decimal(match["share"]) / 100
        if not _agree(value, said, match["result"], about=False):
            yield match.start(), match.end(), f"{match.group().strip()}: it is {_short(value)}"


def _value(first: str, rest: str) -> Decimal | None:
    """The value by the usual precedence: products before sums."""
    start = _number(first)
    if start is None:
        return None
    terms = [start]
    for step in _STEP.finditer(rest):
        sign, number = _SIGNS.get(step["operator"].lower()), _number(step["number"])
        if sign is None or number is None:
            return None
        try:
            if sign in "+-":
                terms.append(number if sign == "+" else -number)
            else:
                terms[-1] = terms[-1] * number if sign == "*" else terms[-1] / number
        except (InvalidOperation, DivisionByZero, ZeroDivisionError):
            return None
    return sum(terms, Decimal(0))


def _number(text: str) -> Decimal | None:
    percent = text.endswith("%")
    plain = re.sub(r"[$€£¥,%]", "", text.replace("−", "-"))
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number / 100 if percent else number


def _agree(value: Decimal, said: Decimal, shown: str, *, about: bool) -> bool:
    places = len(shown.rstrip("%").partition(".")[2]) + (2 if shown.endswith("%") else 0)
    half = Decimal(1).scaleb(-places) / 2
    if about:
        return abs(value - said) <= max(half, abs(value) / 20)
    return abs(value - said) <= (half if places else Decimal("1e-9"))


def _short(value: Decimal) -> str:
    return (
        f"{value.normalize():f}"
        if abs(value) < 1_000_000_000 and value == value.quantize(Decimal("1e-6"))
        else f"{value:.4g}"
    )
