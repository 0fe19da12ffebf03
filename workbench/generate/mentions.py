"""Months, weekdays and currencies that a text names, the same whatever the language: facts without a digit."""

from __future__ import annotations

from functools import cache

import regex

_MONTHS = (
    "january janvier januar enero gennaio", "february février februar febrero febbraio",
    "march mars märz marzo", "april avril abril aprile", "may mai mayo maggio", "june juin juni junio giugno",
    "july juillet juli julio luglio", "august août agosto", "september septembre septiembre settembre",
    "october octobre oktober octubre ottobre", "november novembre noviembre",
    "december décembre dezember diciembre dicembre",
)  # fmt: skip
_WEEKDAYS = (
    "monday lundi montag lunes lunedì", "tuesday mardi dienstag martes martedì",
    "wednesday mercredi mittwoch miércoles mercoledì", "thursday jeudi donnerstag jueves giovedì",
    "friday vendredi freitag viernes venerdì", "saturday samedi samstag sábado sabato",
    "sunday dimanche sonntag domingo domenica",
)  # fmt: skip
_CURRENCIES = {
    "EUR": r"€|\beuros?\b|\beur\b|欧元",
    "USD": r"(?<![A-Z])\$|\bdollars?\b|\bdólares\b|\bdollari\b|\busd\b|\bbucks\b|美元|美金",
    "GBP": r"£|\bsterling\b|\bgbp\b|\bquid\b|英镑",
    "CNY": r"[¥￥]|\byuan\b|\brmb\b|\bcny\b|人民币|(?<![美欧日单])元(?!旦|素|宵|老)|(?<=\d)块",
}
_ALSO_WORDS = frozenset({"march", "mars", "may", "august", "mai", "mayo"})
"""Months that are words or names, too: they count beside a number, and where something is in or of them."""

_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HAN_MONTH = regex.compile(
    r"(?<![个几第\d])(?:(1[0-2]|[1-9])|(十[一二]|[一二三四五六七八九十]))月(?!球|亮|饼)|(?<=年)(1[0-2]|[1-9])月"
)
_HAN_WEEKDAY = regex.compile(r"(?:星期|礼拜|周)([一二三四五六日天])")
_IN = r"\b(?:in|of|until|till|since|by|next|last|this|en|de|depuis|début|mi|fin|im|bis|di)[ -]"


@cache
def _western() -> regex.Pattern[str]:
    plain = sorted({word for row in (*_MONTHS, *_WEEKDAYS) for word in row.split()} - _ALSO_WORDS)
    also = "|".join(sorted(_ALSO_WORDS))
    beside = rf"(?<=\d(?:st|nd|rd|th|er|\.)?(?: of)? ?)(?:{also})\b|\b(?:{also})(?= \d)|(?<={_IN})(?:{also})\b"
    return regex.compile(rf"\b(?:{'|'.join(plain)})s?\b|{beside}", regex.IGNORECASE)


@cache
def _codes() -> dict[str, tuple[str, int]]:
    kinds = (("month", _MONTHS), ("weekday", _WEEKDAYS))
    return {word: (kind, at) for kind, rows in kinds for at, row in enumerate(rows, 1) for word in row.split()}


def mentions(text: str) -> dict[tuple[str, str], str]:
    """(kind, which one) -> as it stands there; kinds are "month", "weekday" and "currency"."""
    found: dict[tuple[str, str], str] = {}
    for match in _western().finditer(text):
        word = match.group().lower()
        kind, at = _codes()[word if word in _codes() else word.removesuffix("s")]
        found[kind, str(at)] = match.group()
    for match in _HAN_MONTH.finditer(text):
        number = match.group(1) or match.group(3) or _HAN_MONTHS.index(match.group(2)) + 1
        found["month", str(number)] = match.group()
    for match in _HAN_WEEKDAY.finditer(text):
        found["weekday", str("一二三四五六日".index(match.group(1).replace("天", "日")) + 1)] = match.group()
    for code, pattern in _CURRENCIES.items():
        if match := regex.search(pattern, text, regex.IGNORECASE):
            found["currency", code] = match.group()
    return found


def months_named(text: str) -> set[str]:
    """The numbers, "1" to "12", of the months that a text names: 3月 comes through as March."""
    return {number for kind, number in mentions(text) if kind == "month"}


def exchanged(before: str, after: str) -> tuple[str, str] | None:
    """A month, weekday or currency of a text and the other one that stands in its place; None where none was changed.

    One that is only gone, or only added, may be said in other words.
    """
    old, new = mentions(before), mentions(after)
    for kind in ("month", "weekday", "currency"):
        gone = [said for key, said in old.items() if key[0] == kind and key not in new]
        come = [said for key, said in new.items() if key[0] == kind and key not in old]
        if gone and come:
            return gone[0], come[0]
    return None
