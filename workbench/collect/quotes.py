"""Quotes of a table that are never closed: where one was opened, so that the rows after it can be read again."""

from __future__ import annotations

from collections.abc import Sequence


def opening_line(lines: Sequence[str], delimiter: str) -> int | None:
    """Which of the lines of one row, from 0, opens a quote that is never closed; None when all are closed.

    That is a quote in which the row ends; or one that is closed on a later line by a quote with text behind it, which
    is the quote that opens a later row's cell.

    A quote opens only at the start of a cell, and two quotes inside quotes stand for one: as `csv.reader` reads.
    """
    opened: int | None = None
    for number, line in enumerate(lines):
        place = 0
        while place < len(line):
            if opened is None and line[place] == '"':
                opened, place = number, place + 1
            if opened is not None:
                place = _closing(line, place)
                if place == len(line):
                    break
                if opened < number and line[place] not in (delimiter, "\n"):
                    return opened
                opened = None
            following = line.find(delimiter, place)
            if following < 0:
                break
            place = following + 1
    return opened


def _closing(line: str, place: int) -> int:
    """The place behind the quote that closes; the length of the line when none does."""
    while (end := line.find('"', place)) >= 0:
        if not line.startswith('""', end):
            return end + 1
        place = end + 2
    return len(line)
