"""Amounts of money: all of a conversation are multiplied by one factor, so that sums and shares stay true."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from workbench.generate.entities.base import Kind, each

_NUMBER = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_UNITS = r"euros?|dollars?|bucks|pounds|cents|yuan|USD|EUR|GBP|RMB|CNY"
_AMOUNT = regex.compile(
    rf"[$€£¥￥] ?(?:{_NUMBER})(?![\d%])"
    rf"|(?<![\p{{Latin}}\d.,-])(?:{_NUMBER})"
    rf"(?:[ \u00a0\u202f]?[€$]|[ \u00a0\u202f-]?(?:{_UNITS})(?!\p{{Latin}})|(?=万?(?:元|块|美元|欧元)(?!\d)))"
)
# "4块3" is 4.3, and a bare number may be part of a sum: where these stand, no amount can be changed alone.
_UNREADABLE = regex.compile(r"\d块\d")
_SPLIT = regex.compile(_NUMBER)
_FACTORS = tuple(map(Decimal, ("0.8", "0.9", "1.1", "1.2", "1.25", "1.5", "0.5", "2", "3")))


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number as it is written: its value, decimals, decimal mark and mark between thousands."""

    value: Decimal
    decimals: int
    point: str
    thousands: str


def _invent(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    amounts = {surface: _read(surface) for surface in surfaces}
    for factor in rng.sample(_FACTORS, len(_FACTORS)):
        if all(_fits(amount, factor, language) for amount in amounts.values()):
            return {surface: _written(surface, amount, factor) for surface, amount in amounts.items()}
    return {}


def _fits(amount: _Amount, factor: Decimal, language: str) -> bool:
    """The new amount needs no more decimals, and asks for the same singular or plural."""
    new = amount.value * factor
    exact = new == round(new, amount.decimals)
    return exact and _plural(new, language) == _plural(amount.value, language)


def _plural(value: Decimal, language: str) -> bool:
    return value >= 2 if language == "fr" else value != 1


def _read(surface: str) -> _Amount:
    number = _SPLIT.search(surface)
    text = number.group() if number else "0"
    tail = regex.search(r"[.,](\d{1,2})$", text)
    whole = text[: tail.start()] if tail else text
    marks = [letter for letter in whole if not letter.isdigit()]
    digits = "".join(filter(str.isdigit, whole))
    value = Decimal(f"{digits}.{tail.group(1)}" if tail else digits)
    return _Amount(value, len(tail.group(1)) if tail else 0, tail.group()[0] if tail else "", marks[0] if marks else "")


def _written(surface: str, amount: _Amount, factor: Decimal) -> str:
    whole, _, rest = f"{amount.value * factor:.{amount.decimals}f}".partition(".")
    if amount.thousands:
        whole = f"{int(whole):,}".replace(",", amount.thousands)
    return str(_SPLIT.sub(whole + (amount.point + rest if amount.decimals else ""), surface, count=1))


def _find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    if not any(_UNREADABLE.search(text) for text in texts):
        yield from each(_AMOUNT)(texts, language)


AMOUNTS = Kind("amount", _find, _invent)
