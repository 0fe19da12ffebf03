"""The gate on dates: days that do not exist, and weekdays that do not fit their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbench.generate.base import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
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
_WORDS = (
    re.compile(
        rf"(?:(?P<weekday>{_ANY_DAY}),?\s+)?(?:the\s+|le\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?"
        rf"(?P<month>{_ANY_MONTH})(?:,?\s+(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?P<weekday>{_ANY_DAY}),?\s+)?(?P<month>{_ANY_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
        r"(?!\d)(?:,?\s+(?P<year>\d{4}))?",
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
    for turn in new_turns(parent, candidate):
        for start, end, message in impossible_dates(turn.content):
            return Finding("dates", 0.0, "problem", message, turn=turn.id, start=start, end=end)
    return None


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
            if year and said is not None and said != found.weekday():
                name = _DAYS["en"].split()[found.weekday()].capitalize()
                yield match.start(), match.end(), f"{match.group().strip()}: that day is a {name}"


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH[text.lower()]


def _weekday(text: str | None) -> int | None:
    if not text:
        return None
    return "一二三四五六日".index("日" if text == "天" else text) if len(text) == 1 else _DAY[text.lower()]
