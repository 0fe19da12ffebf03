"""Names of people, found by what stands around them and by lists of first names; replaced by names of the same kind.

A first name gets another first name of the same gender, so that "he", "elle" and adjectives stay right; a surname gets
a surname; "Anna Becker", "Anna" and "Ms Becker" in one conversation stay one person. Found are names that are
introduced, have a title, or begin with a listed first name that is not also a word, month or city. Lists: Faker (MIT).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Literal

import regex

from workbench.generate.entities.base import Kind
from workbench.generate.entities.chinese_names import find_chinese, invent_chinese
from workbench.generate.entities.lists import word_list

Gender = Literal["male", "female"]

_WORDS = word_list("not_only_names")
_CAP = r"\p{Lu}[\p{Ll}]+(?:[-’']\p{Lu}[\p{Ll}]+)*"
_NAME = rf"{_CAP}(?: \p{{Lu}}\.)?(?: {_CAP})?"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Mme|Mlle)\.? |(?:Miss|Mister) "
    r"|(?:M\.|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur|[Dd]octoresse|[Mm]aître) "
)
_INTRODUCED = regex.compile(
    r"(?:\b(?i:my name is|my name['’]s|name is|call me|je m['’]appelle|mon nom est|nommée?|au nom de|under the name) )"
    rf"({_NAME})"
)
_TITLED = regex.compile(rf"(?<!\p{{L}})(?:{_TITLE})({_NAME})(?!\p{{L}})")
_CAPITALISED = regex.compile(rf"(?<![\p{{L}}\d@._-])(?<!\b(?:St|Saint|Sainte|San|Santa)\.? )({_NAME})(?![\p{{L}}\d@_])")
_NOT_SURNAMES = word_list("not_surnames")
_VOWELS = "aeiouyhàâäéèêëîïôöùûü"


def _find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
    if language == "zh":
        yield from find_chinese(texts)
        return
    parts = {part for text in texts for name in _names_in(text, language) for part in name.split(" ")}
    parts = {part for part in parts if len(part) > 2 or not part.endswith(".")}
    if not parts:
        return
    choices = "|".join(map(regex.escape, sorted(parts, key=len, reverse=True)))
    pattern = regex.compile(rf"(?<![\p{{L}}\d@._-])(?:{choices})(?![\p{{L}}\d@_])")
    for number, text in enumerate(texts):
        for match in pattern.finditer(text):
            yield number, *match.span()


def _names_in(text: str, language: str) -> Iterator[str]:
    for pattern in (_INTRODUCED, _TITLED):
        for match in pattern.finditer(text):
            yield _without_tail(match.group(1))
    known = _first_names("en") | _first_names("fr")
    for match in _CAPITALISED.finditer(text):
        first = match.group(1).split(" ")[0]
        if first in known and first.lower() not in _WORDS:
            yield _without_tail(match.group(1))


def _without_tail(name: str) -> str:
    """A name without a following capitalised word that is a day, a month or a place word."""
    first, _, last = name.partition(" ")
    return first if last.lower() in _NOT_SURNAMES else name


def _invent(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    if language == "zh":
        return invent_chinese(surfaces, rng)
    invented: dict[str, str] = {}
    for surface in surfaces:
        taken = {*surfaces, *invented.values()}
        pool = [name for name in _alike(surface, language) if name not in taken and _starts_alike(name, surface)]
        if pool:
            invented[surface] = rng.choice(pool)
    return invented


def _alike(name: str, language: str) -> Sequence[str]:
    gender = (_first_names("en") | _first_names("fr")).get(name)
    if gender is None:
        return [surname for surname in _last_names(language) if surname.lower() not in _WORDS]
    return [first for first, own in _first_names(language).items() if own == gender and first.lower() not in _WORDS]


def gender_of(name: str) -> Gender | None:
    """The gender of a first name; None for a surname and for a name that is given to both."""
    return (_first_names("en") | _first_names("fr")).get(name)


def _starts_alike(one: str, other: str) -> bool:
    """Both begin with a vowel or both do not, so that "d'" before them stays right."""
    return (one[0].lower() in _VOWELS) == (other[0].lower() in _VOWELS)


@cache
def _first_names(language: str) -> dict[str, Gender]:
    """First names with their gender; names that are given to both are left out."""
    provider = _provider(language)
    male, female = set(provider.first_names_male), set(provider.first_names_female)
    genders: dict[str, Gender] = dict.fromkeys(sorted(male - female), "male")
    return genders | dict.fromkeys(sorted(female - male), "female")


@cache
def _last_names(language: str) -> tuple[str, ...]:
    names: set[str] = set(_provider(language).last_names)
    return tuple(sorted(name for name in names if not name.startswith("Mc")))  # the list has them as "Mcmillan"


def _provider(language: str) -> Any:
    place = "fr_FR" if language == "fr" else "en_US"
    return import_module(f"faker.providers.person.{place}").Provider


NAMES = Kind("name", _find, _invent)
