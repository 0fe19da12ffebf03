"""Values that come through a translation as they are: numbers, codes, addresses, and names in quotation marks."""

from __future__ import annotations

import regex

from workbench.text import search_key

_LINK = regex.compile(r"https?://[^\s<>\"”»）)]+[^\s<>\"”»）).,;:!?。，]|www\.[^\s<>\"”»）)]+[^\s<>\"”»）).,;:!?。，]")
_MAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", regex.ASCII)
_CODE = regex.compile(r"(?<![\w-])(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*(?![\w-])")
_QUOTED = regex.compile(r"[\"“«]\s?(\p{Lu}[\p{L}\d'’-]*(?:\s\p{Lu}[\p{L}\d'’-]*){0,3})\s?[\"”»]")
_NUMBER = regex.compile(r"\d+(?:[.,:/-]\d+)*", regex.ASCII)
_BETWEEN_DIGITS = regex.compile(r"(?<=\d)[\s.,'’\u202f](?=\d)")
_DIGITS = regex.compile(r"\d+", regex.ASCII)


def fixed_values(text: str) -> list[str]:
    """The values in a text, in order, each once; a number inside a code or an address is not named again."""
    text = _half_width(text)
    found: list[tuple[int, str]] = []
    covered: list[tuple[int, int]] = []
    for pattern, group in ((_LINK, 0), (_MAIL, 0), (_CODE, 0), (_QUOTED, 1), (_NUMBER, 0)):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if not any(start < stop and end > begin for begin, stop in covered):
                covered.append((start, end))
                found.append((start, match.group(group)))
    return list(dict.fromkeys(value for _, value in sorted(found)))


def lost_values(values: list[str], text: str) -> list[str]:
    """Those of the values that do not stand in `text`.

    A number is there however it is written: 1,200.50 as 1 200,50, and 7:15 as 7 h 15.
    """
    folded = search_key(text)
    plain = _half_width(text)
    runs = set(_DIGITS.findall(plain))
    closed = _BETWEEN_DIGITS.sub("", plain)
    return [value for value in values if not _stands(value, folded, runs, closed)]


def _stands(value: str, folded: str, runs: set[str], closed: str) -> bool:
    if not _NUMBER.fullmatch(value):
        return search_key(value) in folded
    parts = _DIGITS.findall(value)
    return all(part in runs or part.lstrip("0") in runs for part in parts) or "".join(parts) in _DIGITS.findall(closed)


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
