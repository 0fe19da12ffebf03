"""Cities, exchanged within one country. Names that are also common words or people's names are not in the lists.

A city whose streets, sights or state are named as well stays: Beijing's districts are not to be found in Foshan.
"""

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
_LARGER = regex.compile(
    rf"(?<![\p{{L}}\d'’-])({_LATIN})(?=,? \p{{Lu}}|['’]s? \p{{Lu}}|-\p{{Lu}})"
    rf"|(?<=\b(?:In|At|To|From|Around|Near|New|new) )({_LATIN})(?![\p{{L}}\d-])"
)
"""A city before its state or within a longer name ("Anaheim, CA", "New York City"): it cannot become another one."""

# In Chinese nothing but the next word tells whether a city is meant or a name begins with it ("北京有" but "北京大学").
_CHINESE = regex.compile(
    rf"({_HAN})(?=市?(?:$|[^\p{{Han}}\p{{Latin}}\d（(]|{_HAN}|的|有|是|到|去|来|玩|住|在|和|与|或|跟|飞|出发|出差|旅游|旅行|游玩|吗|呢|吧|啊|了"
    r"|没|也|都|就|这|那|哪|比|很|真|最|不|怎|几|附近|周边|当地|本地|天气|今天|明天|后天|上班|上学|工作|读书|生活|长大|开会|看|办|市区|市内|人(?!民)))"
)
_ANY_CHINESE = regex.compile(rf"({_HAN})")
_VOWELS = "aeiouyhàâäéèêëîïôöùûü"


def _find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    pattern = _CHINESE if language == "zh" else _WESTERN
    found = [(number, *match.span(1)) for number, text in enumerate(texts) for match in pattern.finditer(text)]
    named = _in_longer_names(texts, language, found)
    yield from ((number, start, end) for number, start, end in found if texts[number][start:end] not in named)


def _in_longer_names(texts: Sequence[str], language: str, found: Sequence[tuple[int, int, int]]) -> set[str]:
    """Cities that somewhere in the conversation stand within a name that would no longer fit another city."""
    if language != "zh":
        return {city for text in texts for match in _LARGER.finditer(text) for city in match.groups() if city}
    places = set(found)
    return {
        match.group(1)
        for number, text in enumerate(texts)
        for match in _ANY_CHINESE.finditer(text)
        if (number, *match.span(1)) not in places
    }


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
