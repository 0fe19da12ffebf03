"""Calendar dates: all of a conversation move by the same number of whole weeks, so weekdays and distances stay true."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from workbench.generate.entities.base import Kind
from workbench.generate.entities.lists import word_tuple

_MONTHS = {code: word_tuple(f"months_{code}") for code in ("en", "fr")}
_SHORT = tuple(name[:3] for name in _MONTHS["en"])
_EN, _FR = ("|".join(_MONTHS[code]) for code in ("en", "fr"))
_AB = "|".join(_SHORT)
_EDGE, _END = r"(?<![\p{Latin}\d./-])", r"(?![\p{Latin}\d]|[./-]\d)"

_PATTERNS = {
    "any": [rf"{_EDGE}(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_END}"],
    "en": [
        rf"{_EDGE}(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}}){_END}",
        rf"{_EDGE}(?P<name>{_EN}|{_AB})\.? (?:the )?(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?{_END}",
        rf"{_EDGE}(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th)? (?:of )?(?P<name>{_EN}|{_AB})(?:,? (?P<y>\d{{4}}))?{_END}",
    ],
    "fr": [
        rf"{_EDGE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{4}}){_END}",
        rf"{_EDGE}(?P<d>\d{{1,2}})(?P<th>er)? (?P<name>{_FR})(?: (?P<y>\d{{4}}))?{_END}",
    ],
    "zh": [r"(?:(?P<y>\d{4})年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})(?=[日号])"],
}
_COMPILED = {
    code: [regex.compile(pattern, regex.IGNORECASE) for pattern in patterns] for code, patterns in _PATTERNS.items()
}
_ANY_YEAR = 2023  # for dates without one: neither a leap year nor next to one


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as it stands in the text: its value, and how another day is written in its place."""

    day: date
    with_year: bool
    written: Callable[[date], str]


# A day that is told without its month ("du 8 au 11 mai", "on the 15th") would no longer fit the others.
_LOOSE_DAY = {
    "en": regex.compile(
        r"(?i)\bthe \d{1,2}(?:st|nd|rd|th)\b(?! (?:of )?[a-z]{3,9} ?\d|,? (?:of )?(?:" + _EN + r")\b)"
        r"|\d{1,2}(?:st|nd|rd|th)? ?(?:-|–|to|and|or|until|through) ?(?:the )?\d{1,2}(?:st|nd|rd|th)\b"
        rf"|(?:{_EN}|{_AB})\.? \d{{1,2}} ?(?:-|–|to|and|or) ?\d{{1,2}}\b(?!:)"
    ),
    "fr": regex.compile(
        rf"(?i)\b\d{{1,2}}(?:er)? ?(?:au|et|ou|-|–|à) ?(?:le )?\d{{1,2}} (?:{_FR})"
        rf"|\ble \d{{1,2}}(?:er)?\b(?! ?(?:h|%|rue|avenue|/|{_FR}))"
    ),
    "zh": regex.compile(
        r"(?<![\d月第])\d{1,2}号(?!楼|线|院|店|机|门|航|码|桌|房|车|柜|窗)|[\d日号][到至和-]\d{1,2}[日号]"
    ),
}


def _find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    loose = _LOOSE_DAY.get(language)
    if loose and any(loose.search(text) for text in texts):
        return
    for number, text in enumerate(texts):
        for pattern in _patterns(language):
            for match in pattern.finditer(text):
                if _read(match, language):
                    yield number, *match.span()


def _invent(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    dates = {surface: found for surface in surfaces if (found := _parse(surface, language))}
    for weeks in rng.sample([n for n in range(-8, 9) if n], 16):
        moved = {surface: found.day + timedelta(weeks=weeks) for surface, found in dates.items()}
        if all(found.with_year or moved[surface].year == _ANY_YEAR for surface, found in dates.items()):
            return {surface: found.written(moved[surface]) for surface, found in dates.items()}
    return {}


def _patterns(language: str) -> list[regex.Pattern[str]]:
    return _COMPILED["any"] + _COMPILED.get(language, [])


def _parse(surface: str, language: str) -> _Date | None:
    text = surface + ("日" if language == "zh" else "")
    for pattern in _patterns(language):
        match = pattern.match(text)
        if match and match.end() >= len(surface):
            return _read(match, language)
    return None


def _read(match: regex.Match[str], language: str) -> _Date | None:
    parts = match.groupdict()
    name = (parts.get("name") or "").lower()
    month = _month(name, language) if name else int(parts["m"])
    year = int(parts["y"]) if parts.get("y") else None
    try:
        day = date(year or _ANY_YEAR, month, int(parts["d"]))
    except ValueError:
        return None
    return _Date(day, year is not None, lambda new: _written(match, new, language))


def _month(name: str, language: str) -> int:
    return next(
        n
        for n, month in enumerate(_MONTHS[language], start=1)
        if month.startswith(name[:4] if language == "fr" else name)
    )


def _written(match: regex.Match[str], new: date, language: str) -> str:
    parts = {key: value for key, value in match.groupdict().items() if value is not None}
    values = {"y": str(new.year), "m": _as_wide(parts.get("m", ""), new.month), "d": _as_wide(parts["d"], new.day)}
    if "name" in parts:
        values["name"] = _month_like(parts["name"], new.month, language)
    if language == "en" and "th" in parts:
        values["th"] = _ordinal(new.day)
    text = match.group()
    for key in sorted(parts, key=lambda key: match.start(key), reverse=True):
        start, end = match.start(key) - match.start(), match.end(key) - match.start()
        text = text[:start] + values.get(key, "") + text[end:]
    if language == "fr" and "name" in parts and new.day == 1:
        text = regex.sub(r"^1(?= )", "1er", text)
    return str(text)


def _as_wide(old: str, number: int) -> str:
    return f"{number:02d}" if old.startswith("0") else str(number)


def _month_like(old: str, month: int, language: str) -> str:
    short = language == "en" and len(old) == 3 and old.lower() != "may"
    name = _SHORT[month - 1] if short else _MONTHS[language][month - 1]
    return name.upper() if old.isupper() else name.capitalize() if old[0].isupper() else name


def _ordinal(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


DATES = Kind("date", _find, _invent)
