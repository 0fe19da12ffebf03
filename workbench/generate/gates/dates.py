"""The gate on dates: days that do not exist, and weekdays that do not fit their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.verifying import first_mistake
from workbench.model import Finding, Sample

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
_MONTH = {name: at for names in _MONTHS.values() for at, name in enumerate(names.split(), 1)}
_DAY = {name: at for names in _DAYS.values() for at, name in enumerate(names.split())}
_ANY_DAY, _ANY_MONTH = "|".join(_DAY), "|".join(_MONTH)
_ENGLISH = _MONTHS["en"].replace(" ", "|")
"""Only in English does the day stand behind its month: “décembre 93” is a year, as is what is above 39."""

_WORDS = (
    re.compile(
        rf"(?:\b(?P<weekday>{_ANY_DAY}),?\s+)?(?:the\s+|le\s+)?(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?"
        rf"(?P<month>{_ANY_MONTH})\b(?:,?\s+(?P<year>\d{{4}})\b)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\b(?P<weekday>{_ANY_DAY}),?\s+)?\b(?P<month>{_ENGLISH})\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
        r"(?![\d:%.,]\d|\d)(?:,?\s+(?P<year>\d{4})\b)?",
        re.IGNORECASE,
    ),
)
_CHINESE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
    r"(?:[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[)）]?)?"
)
_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")
_LEAP_YEAR = 2024  # a day without a year may be any year's


@checks("dates")
def dates(parent: Sample, candidate: Candidate) -> Finding | None:
    """The first date in new text that cannot be."""
    return first_mistake("dates", impossible_dates, parent, candidate)


def impossible_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is wrong) for each date that does not exist or has another weekday; en, fr, zh and ISO."""
    for pattern in (*_WORDS, _CHINESE, _ISO):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            year = int(parts["year"]) if parts.get("year") else None
            try:
                found = date(year or _LEAP_YEAR, _month(parts["month"]), int(parts["day"]))
            except ValueError:
                yield match.start(), match.end(), f"{match.group().strip()}: there is no such day"
                continue
            said = _weekday(parts.get("weekday"))
            if year and said is not None and said not in _weekdays(found):
                name = _DAYS["en"].split()[found.weekday()].capitalize()
                yield match.start(), match.end(), f"{match.group().strip()}: that day is a {name}"


def _weekdays(day: date) -> set[int]:
    """The weekday; two where the day may be told by the Julian calendar, which Britain used until 1752."""
    if day.year > 1752:
        return {day.weekday()}
    years = day.year if day.month > 2 else day.year - 1
    return {day.weekday(), (day.weekday() + years // 100 - years // 400 - 2) % 7}


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH[text.lower()]


def _weekday(text: str | None) -> int | None:
    if not text:
        return None
    return "一二三四五六日".index("日" if text == "天" else text) if len(text) == 1 else _DAY[text.lower()]
