"""Numbers as people write them: with a point or a comma, in groups of three, with a currency or a percent sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

Reading = Callable[[str], Fraction | None]
"""What a written number is worth; None where it is not written in this way."""

_AROUND = re.compile(r"[$€£¥]|\s?(?:euros?|dollars?|元|块)", re.IGNORECASE)
_SPACE = re.compile(r"[ \u00a0\u202f]")
_REPEATING = re.compile(r"[.,](?:\d{3,}|33|66|67|16|17|83)$")


def _reading(point: str, group: str) -> Reading:
    pattern = re.compile(rf"-?(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)(?:{point}\d+)?")

    def read(text: str) -> Fraction | None:
        plain = _SPACE.sub("", _AROUND.sub("", text.replace("−", "-")))
        bare = plain.removesuffix("%")
        if not pattern.fullmatch(bare):
            return None
        number = Fraction(re.sub(group, "", bare).replace(",", "."))
        return number / 100 if plain.endswith("%") else number

    return read


READINGS: tuple[Reading, ...] = (_reading(r"\.", ","), _reading(",", r"\."))
"""1,200.50 as in English, and 1.200,50 as in French or German."""


def decimals(text: str) -> int:
    """Digits behind the point, two more for a percentage, under the reading that gives the most."""
    tail = re.search(r"[.,](\d+)\D*$", text)
    return (len(tail[1]) if tail else 0) + (2 if text.endswith("%") else 0)


def loose(text: str) -> Fraction:
    """The share by which a number can be off because it was rounded: three decimals and more, or .33 and its like."""
    if not _REPEATING.search(text) or re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        return Fraction(0)
    places = len(re.split("[.,]", text)[-1])
    value = Fraction(re.sub("[.,]", "", text)) / 10**places
    return Fraction(1, 2 * 10**places) / value if value else Fraction(0)


def shown(value: Fraction) -> str:
    """A value in a message: exact where it has few decimals, else four digits of it."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    exact = abs(number) < 1_000_000_000 and number == number.quantize(Decimal("1e-6"))
    return f"{number.normalize():f}" if exact else f"{number:.4g}"
