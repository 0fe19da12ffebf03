"""Cities, exchanged within one country. Names that are also common words or people's names are not in the lists."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import regex

from workbench.generate.entities.base import Kind

_CITIES: dict[str, tuple[str, ...]] = {
    "us": tuple(
        "Atlanta|Baltimore|Boston|Chicago|Cincinnati|Cleveland|Denver|Detroit|Fresno|Kansas City|Las Vegas|Los Angeles|"
        "Louisville|Memphis|Miami|Milwaukee|Minneapolis|Nashville|New Orleans|New York|Oakland|Philadelphia|Phoenix|"
        "Pittsburgh|Portland|Sacramento|San Antonio|San Diego|San Francisco|San Jose|San Mateo|Santa Rosa|Seattle|"
        "Tampa|Tucson|Anaheim|Berkeley|Palo Alto|Sunnyvale|Petaluma|Vacaville|Livermore".split("|")
    ),
    "gb": tuple(
        "Aberdeen|Birmingham|Brighton|Bristol|Cambridge|Cardiff|Coventry|Edinburgh|Exeter|Glasgow|Leeds|Leicester|"
        "Liverpool|London|Manchester|Newcastle|Norwich|Nottingham|Oxford|Plymouth|Sheffield|Southampton|York".split("|")
    ),
    "fr": tuple(
        "Amiens|Angers|Annecy|Avignon|Besançon|Bordeaux|Brest|Caen|Clermont-Ferrand|Dijon|Grenoble|Lille|Limoges|Lyon|"
        "Marseille|Metz|Montpellier|Mulhouse|Nancy|Nantes|Nîmes|Orléans|Paris|Perpignan|Poitiers|Reims|Rennes|Rouen|"
        "Saint-Étienne|Strasbourg|Toulon|Toulouse|Troyes|Valence|Villeurbanne".split("|")
    ),
    "zh": tuple(
        "北京|上海|广州|深圳|天津|重庆|成都|杭州|南京|武汉|西安|苏州|青岛|大连|厦门|宁波|无锡|长沙|郑州|济南|福州|合肥|"
        "昆明|哈尔滨|沈阳|石家庄|南昌|贵阳|太原|兰州|海口|温州|佛山|东莞|珠海|绍兴|嘉兴|洛阳|桂林|烟台".split("|")
    ),
}
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
