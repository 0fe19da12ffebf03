"""The gate on units: a quantity said twice, in two units, has to be the same quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.verifying import first_mistake
from workbench.model import Finding, Sample

# Factor to the base unit of its kind, exact by definition (SI; the international inch, mile and pound, the US gallon).
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("mm", "millimetre", "millimeter", "毫米"), ("length", 0.001)),
    **dict.fromkeys(("cm", "centimetre", "centimeter", "厘米"), ("length", 0.01)),
    **dict.fromkeys(("m", "metre", "meter", "mètre", "米"), ("length", 1.0)),
    **dict.fromkeys(("km", "kilometre", "kilometer", "kilomètre", "公里", "千米"), ("length", 1000.0)),
    **dict.fromkeys(("inch", "inches", "pouce"), ("length", 0.0254)),
    **dict.fromkeys(("foot", "feet", "ft"), ("length", 0.3048)),
    **dict.fromkeys(("mile", "mi", "英里"), ("length", 1609.344)),
    **dict.fromkeys(("mg", "milligram", "milligramme", "毫克"), ("mass", 0.000001)),
    **dict.fromkeys(("g", "gram", "gramme", "克"), ("mass", 0.001)),
    **dict.fromkeys(("kg", "kilo", "kilogram", "kilogramme", "公斤", "千克"), ("mass", 1.0)),
    **dict.fromkeys(("lb", "lbs", "pound"), ("mass", 0.45359237)),
    **dict.fromkeys(("ml", "millilitre", "milliliter", "毫升"), ("volume", 0.001)),
    **dict.fromkeys(("cl", "centilitre", "centiliter"), ("volume", 0.01)),
    **dict.fromkeys(("l", "litre", "liter", "升"), ("volume", 1.0)),
    **dict.fromkeys(("gallon",), ("volume", 3.785411784)),
    **dict.fromkeys(("second", "sec", "seconde", "秒"), ("time", 1.0)),
    **dict.fromkeys(("minute", "min", "分钟"), ("time", 60.0)),
    **dict.fromkeys(("hour", "hr", "heure", "小时"), ("time", 3600.0)),
    **dict.fromkeys(("day", "jour", "天"), ("time", 86400.0)),
    **dict.fromkeys(("week", "semaine", "周", "星期"), ("time", 604800.0)),
}
_NAMES = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_QUANTITY = rf"(\d[\d,]*(?:\.\d+)?)\s?({_NAMES})s?(?![A-Za-zÀ-ÿ])"
_SAME = re.compile(
    rf"{_QUANTITY}\s*"
    r"(?P<how>=|\(|,? or |,? (?:that is|which is|i\.e\.|soit|c'est-à-dire)(?: about| environ)? |,?(?:等于|也就是|即))"
    rf"\s*(?P<about>about |around |roughly |environ |大约|约)?{_QUANTITY}",
    re.IGNORECASE,
)
ROUNDED = 0.03
"""Relative difference that rounding explains ("5 miles, which is about 8 km")."""

HUNDREDS = 0.05
"""The same between brackets where the number is evidently round ("1,500 km (900 mi)")."""


@checks("units")
def units(parent: Sample, candidate: Candidate) -> Finding | None:
    """The first pair of quantities in new text that are said to be the same and are not."""
    return first_mistake("units", unequal_quantities, parent, candidate)


def unequal_quantities(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each pair of quantities of one kind that are set equal and differ."""
    for match in _SAME.finditer(text):
        first, unit, second, other = match.group(1), match.group(2), match.group(5), match.group(6)
        (kind, factor), (other_kind, other_factor) = _UNITS[unit.lower()], _UNITS[other.lower()]
        if kind != other_kind or unit.lower() == other.lower():
            continue  # "5 km or 10 minutes" says two things, and "2 or 3 days" is a choice
        if not _claims_the_same(text, match):
            continue
        left, right = _number(first) * factor, _number(second) * other_factor
        evidently = match["how"] == "(" and re.search(r"0(?:\.0+)?$", second)
        within = 2 * ROUNDED if match["about"] else HUNDREDS if evidently else ROUNDED
        if left and abs(left - right) / left > within:
            said = f"{first} {unit} = {left / other_factor:.6g} {other}"
            yield match.start(), match.end(), f"{match.group().strip()}: these are not the same, {said}"


def _claims_the_same(text: str, match: re.Match[str]) -> bool:
    """Not a choice ("30 minutes or 1 hour") and no further detail in brackets ("3 hours (30 minutes of it by bus)")."""
    if match["how"] == "(":
        return re.match(r"\s*[)）]", text[match.end() :]) is not None
    return match["how"].strip() != "or" or bool(match["about"])


def _number(text: str) -> float:
    return float(text.replace(",", ""))
