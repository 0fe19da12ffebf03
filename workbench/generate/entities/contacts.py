"""E-mail addresses, phone numbers and codes (orders, accounts, cards). Stand-ins come from ranges nobody can own.

Phone numbers set aside for fiction: North America 555-01XX, United Kingdom 020 7946 0XXX and 07700 900XXX (Ofcom),
France 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98 (ARCEP). China sets none aside: unassigned prefixes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import regex

from workbench.generate.entities.base import Kind, each

_EMAIL = regex.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_CODE = regex.compile(
    r"(?<![\p{Latin}\d.,-])"
    r"(?:[A-Z]{1,5}(?:[-#]\d{3,}|\d{4,})[A-Z0-9]*(?:-[A-Z0-9]+)*|#\d{3,}|\d{2,6}-\d{4,}|\d(?:[ -]?\d){5,})"
    r"(?![\p{Latin}\d])"
)
_RANGE = regex.compile(r"\d{1,4}(?:\.\d+)? ?[-–—~～] ?\d{1,4}(?:\.\d+)?")
_ISO_DATE = regex.compile(r"\d{4}-\d{2}-\d{2}")
_CHINESE_LOCAL = regex.compile(
    r"(?<=(?:电话|热线|座机|号码)\P{Nd}{0,6}|\d{8}[，,、；; ])(?<!\d-?)[2-8]\d{6,7}(?![\d-])"
)
"""A number of a fixed line without its area code."""

_REGIONS = {"en": ("US", "GB"), "fr": ("FR",), "zh": ("CN",)}
_FRENCH = {
    "1": "19900",
    "2": "26191",
    "3": "35301",
    "4": "46571",
    "5": "53649",
    "6": "63998",
    "7": "63998",
    "9": "19900",
}
_LOCAL_PARTS = ("ariel", "camille", "charlie", "dana", "kim", "lee", "lou", "max", "noa", "robin", "sacha", "sam")


def _find_phones(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    import phonenumbers

    for number, text in enumerate(texts):
        for region in _regions(language):
            for match in phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE):
                if _looks_dialled(match.raw_string):
                    yield number, match.start, match.end
        if language == "zh":
            yield from ((number, *match.span()) for match in _CHINESE_LOCAL.finditer(text))


def _regions(language: str) -> tuple[str, ...]:
    return _REGIONS.get(language, ("US",))


def _looks_dialled(surface: str) -> bool:
    digits = "".join(filter(str.isdigit, surface))
    return (
        surface.startswith("+")
        or (len(digits) in (10, 11) and digits[0] in "01")
        or bool(regex.fullmatch(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}", surface))
    )


def _invent_phones(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    """One stand-in per number, whatever way it is written: the last digits decide which number it is."""
    import phonenumbers

    known: dict[tuple[int, int], str] = {}
    invented: dict[str, str] = {}
    for surface in surfaces:
        british = language == "en" and surface.startswith("0")
        parsed = phonenumbers.parse(surface, "GB" if british else _regions(language)[0])
        national = phonenumbers.national_significant_number(parsed)
        key = (parsed.country_code or 0, parsed.national_number or 0)
        if key not in known:
            known[key] = _unused(partial(_fiction, parsed.country_code or 0, national, rng), known)
        invented[surface] = _refilled(surface, known[key])
    return invented


def _fiction(country: int, national: str, rng: random.Random) -> str:
    last = [str(rng.randrange(10)) for _ in range(len(national))]
    if country == 1 and len(national) == 10:
        return national[:3] + "55501" + "".join(last[-2:])
    if country == 44 and len(national) == 10:
        return ("7700900" if national[0] == "7" else "2079460") + "".join(last[-3:])
    if country == 33 and len(national) == 9:
        return _FRENCH.get(national[0], "63998") + "".join(last[-4:])
    if country == 86 and len(national) == 11 and national[0] == "1":
        return "12" + "".join(last[-9:])
    if country == 86:
        return national[:-8] + "1" + "".join(last[-7:])
    return national[:2] + "00" + "".join(last[4:])


def _refilled(surface: str, digits: str) -> str:
    """The surface with its last digits replaced, so that separators and country code stay."""
    rest = list(digits)
    letters = [rest.pop() if letter.isdigit() and rest else letter for letter in reversed(surface)]
    return "".join(reversed(letters))


def _invent_emails(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    used: dict[str, str] = {}
    for surface in surfaces:
        if surface.lower() not in used:
            used[surface.lower()] = _unused(partial(_mailbox, rng), used)
    return {surface: used[surface.lower()] for surface in surfaces}


def _mailbox(rng: random.Random) -> str:
    return f"{rng.choice(_LOCAL_PARTS)}.{rng.choice('bcdfghklmnprst')}{rng.randrange(10, 999)}@example.org"


def _find_codes(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    """Codes, but no ranges ("100-150", "1999-2005") and no dates ("2026-04-17")."""
    for number, start, end in each(_CODE)(texts, language):
        surface = texts[number][start:end]
        if not _RANGE.fullmatch(surface) and not _ISO_DATE.fullmatch(surface):
            yield number, start, end


def _invent_codes(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    used: dict[str, str] = {surface: surface for surface in surfaces}
    for surface in surfaces:
        used[surface] = _unused(partial(_code, surface, rng), used)
    return used


def _code(surface: str, rng: random.Random) -> str:
    """Other digits in the same form; what could be a card or bank number fails the check digit test."""
    digits = [str(rng.randrange(1, 10)) if letter.isdigit() else letter for letter in surface]
    if sum(map(str.isdigit, surface)) >= 12 and _luhn("".join(filter(str.isdigit, digits))):
        place = max(place for place, letter in enumerate(digits) if letter.isdigit())
        digits[place] = str((int(digits[place]) + 1) % 10)
    return "".join(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _unused(draw: Callable[[], str], used: Mapping[Any, str]) -> str:
    taken = set(used.values())
    for _ in range(200):
        new = draw()
        if new not in taken:
            return new
    return new


EMAILS = Kind("e-mail", each(_EMAIL), _invent_emails)
PHONES = Kind("phone", _find_phones, _invent_phones)
CODES = Kind("code", _find_codes, _invent_codes)
