"""Cities, exchanged within one country. Names that are also common words or people's names are not in the lists."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import regex

from workbench.generate.entities.base import Kind
from workbench.generate.entities.lists import word_tuple

_CITIES = {country: word_tuple(f"cities_{country}") for country in ("us", "gb", "fr", "zh")}
_COUNTRY = {city: country for country, cities in _CITIES.items() for city in cities}
_LATIN = "|".join(regex.escape(city) for city in sorted(_COUNTRY, key=len, reverse=True) if _COUNTRY[city] != "zh")
_HAN = "|".join(sorted(_CITIES["zh"], key=len, reverse=True))
# A city inside a longer name (a team, a street, a company) or before its state is left alone.
_WESTERN = regex.compile(
    rf"(?<![\p{{L}}\d'’-])(?<!\p{{Lu}}[\p{{L}}.]* )({_LATIN})(?![\p{{L}}\d-]|,? \p{{Lu}}|['’]s? \p{{Lu}})"
)
_CHINESE = regex.compile(
    rf"({_HAN})(?!大学|烤鸭|医院|银行|路|街|东路|西路|南路|北路|中路|站|西站|南站|北站|东站|饭店|大厦|酒店|公司|菜|人民|小笼)"
)
_VOWELS = "aeiouyhàâäéèêëîïôöùûü"


def _find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    pattern = _CHINESE if language == "zh" else _WESTERN
    for number, text in enumerate(texts):
        for match in pattern.finditer(text):
            yield number, *match.span(1)


def _invent(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    invented: dict[str, str] = {}
    for surface in surfaces:
        free = [
            city
            for city in _CITIES[_COUNTRY[surface]]
            if city not in surfaces and city not in invented.values() and _starts_alike(city, surface)
        ]
        if free:
            invented[surface] = rng.choice(free)
    return invented


def _starts_alike(one: str, other: str) -> bool:
    """Both begin with a vowel or both do not, so that "d'" and "an" before them stay right."""
    return (one[0].lower() in _VOWELS) == (other[0].lower() in _VOWELS)


CITIES = Kind("city", _find, _invent)
