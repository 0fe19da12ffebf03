"""Dates of a query as spans of milliseconds (UTC): a year, month, day or minute is the whole of it."""

from __future__ import annotations

import datetime as dt
import re

_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?Z?)?)?)?$")
_DAY = dt.timedelta(days=1)


def date_span(text: str, now_ms: int) -> tuple[int, int]:
    """First and last millisecond of a date: ``2026``, ``2026-03``, ``2026-03-01T09:30``, ``today`` or ``yesterday``.

    Raises ValueError when it is none.
    """
    word = text.strip().casefold()
    if word in {"today", "yesterday"}:
        now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) - (_DAY if word == "yesterday" else dt.timedelta())
        return _span(day, day + _DAY)
    match = _FORM.match(text.strip().upper())
    if match is None:
        raise ValueError(text)
    year, month, day_, hour, minute, second = (int(part) if part else None for part in match.groups())
    start = dt.datetime(year or 0, month or 1, day_ or 1, hour or 0, minute or 0, second or 0, tzinfo=dt.UTC)
    if second is not None:
        return _span(start, start + dt.timedelta(seconds=1))
    if hour is not None:
        return _span(start, start + dt.timedelta(minutes=1))
    if day_ is not None:
        return _span(start, start + _DAY)
    if month is not None:
        return _span(start, (start + 31 * _DAY).replace(day=1))
    return _span(start, (start + 366 * _DAY).replace(month=1, day=1))


def _span(start: dt.datetime, end: dt.datetime) -> tuple[int, int]:
    return round(start.timestamp() * 1000), round(end.timestamp() * 1000) - 1
