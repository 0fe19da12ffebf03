"""Amounts of money: all of a conversation are multiplied by one factor, so that sums and shares stay true.

Both ends of a range ("100-150元", "$20-30") are amounts. Where one of the numbers is also said without its currency
("$90 ... 90 divided by 30"), all stay as they are: a swap would tear them apart.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from workbench.generate.entities.base import Kind, each

_NUMBER = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_UNITS = r"euros?|dollars?|bucks|pounds|cents|yuan|USD|EUR|GBP|RMB|CNY"
_TO = r" ?(?:[-–—~～]|to|and|or|à|et|ou|至|到) ?"
_HAN_UNIT = r"万?(?:元|块|美元|欧元)(?!\d)"
_AMOUNT = regex.compile(
    rf"[$€£¥￥] ?(?:{_NUMBER})(?![\d%])"
    rf"|(?<=[$€£](?:{_NUMBER})[-–])(?:{_NUMBER})(?![\d%]|\p{{Latin}})"
    rf"|(?<![\p{{Latin}}\d.,-])(?:{_NUMBER})(?={_TO}(?:{_NUMBER})(?:[ \u00a0\u202f]?[€$](?!\d)|{_HAN_UNIT}))"
    rf"|(?<![\p{{Latin}}\d.,-])(?:{_NUMBER})(?= ?[-–] ?(?:{_NUMBER}) (?:{_UNITS})(?!\p{{Latin}}))"
    rf"|(?<![\p{{Latin}}\d.,]|(?<!\d ?)-)(?:{_NUMBER})"
    rf"(?:[ \u00a0\u202f]?[€$](?! ?\d)|[ \u00a0\u202f-]?(?:{_UNITS})(?!\p{{Latin}})|(?={_HAN_UNIT}))"
)
_STERLING = regex.compile(r"£|\bpence\b|\bquid\b|sterling")
_POUNDS = regex.compile(r"(?i)pounds$")
_BARE = regex.compile(rf"(?<![\p{{L}}\d.,:/#$€£¥￥-])(?:{_NUMBER})(?![\p{{Latin}}\d%:/#]|[.,]\d|-\d| ?[ap]\.?m\b|°)")
_TELLING = 10
"""A bare number below that is as likely a count as an amount."""

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
    if any(_UNREADABLE.search(text) for text in texts):
        return
    sterling = any(_STERLING.search(text) for text in texts)
    found = [
        (number, start, end)
        for number, start, end in each(_AMOUNT)(texts, language)
        if sterling or not _POUNDS.search(texts[number][start:end])  # else they are a weight
    ]
    if not _said_bare(texts, found):
        yield from found


def _said_bare(texts: Sequence[str], found: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a number of one of the amounts also stands without its currency."""
    values = {_read(texts[number][start:end]).value for number, start, end in found}
    values = {value for value in values if value >= _TELLING}
    for number, text in enumerate(texts):
        spans = [(start, end) for at, start, end in found if at == number]
        for match in _BARE.finditer(text):
            apart = all(match.end() <= start or match.start() >= end for start, end in spans)
            if apart and _read(match.group()).value in values:
                return True
    return False


AMOUNTS = Kind("amount", _find, _invent)
