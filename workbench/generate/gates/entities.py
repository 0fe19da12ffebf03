"""Gates on who and where: people and places that a turn names have to be named in its other words, too.

People and places are found as `entity_swap` finds them. A name can be spared ("she will come"), written in other
letters or abroad in another way, so a missing one is not a problem: a person looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import regex

from workbench.generate.candidate import Candidate
from workbench.generate.entities.base import each
from workbench.generate.entities.lists import word_tuple
from workbench.generate.entities.names import NAMES
from workbench.generate.entities.places import CITIES
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample, Turn
from workbench.text import search_key

_TITLES = "Doctor|Professor|Docteur|Professeur|Dr|Mr|Mrs|Ms|Mme|Mlle"
_SELF = regex.compile(
    rf"\b(?:I am|I['’]m|[Tt]his is|[Jj]e suis|[Cc]['’]est) (?!(?:{_TITLES})\b)"
    r"(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)(?! ?\p{Lu})"
)
"""Somebody who says who they are, whatever list their name is in."""


@checks("names")
def names_kept(parent: Sample, candidate: Candidate) -> Finding | None:
    """People and places of a turn that are not named in it any more; in one language also new ones."""
    language = _plain(parent.language)
    spoken = [turn for turn in parent.turns if turn.role != "tool"]
    before = dict(zip((turn.id for turn in spoken), _named(spoken, language), strict=True))
    for turn in candidate.turns:
        lost = [name for name in before.get(turn.id, ()) if not _stands(name, turn.content)]
        if lost:
            message = f"not named in this turn any more: {', '.join(lost[:5])}"
            return Finding("names", 0.5, "warning", message, turn=turn.id, value=lost[0])
    if _plain(candidate.language or parent.language) != language:
        return None
    for turn, names in zip(candidate.turns, _named(candidate.turns, language), strict=True):
        new = [name for name in names if not _stands(name, parent.text)]
        if new and turn.role != "tool":
            message = f"named by nobody before: {', '.join(new[:5])}"
            return Finding("names", 0.5, "warning", message, turn=turn.id, value=new[0])
    return None


def _named(turns: Sequence[Turn], language: str) -> list[list[str]]:
    """For each turn the people and places it names, each once, in order."""
    texts = [turn.content for turn in turns]
    places = sorted({place for find in (NAMES.find, CITIES.find, each(_SELF, 1)) for place in find(texts, language)})
    found: list[list[str]] = [[] for _ in turns]
    for number, start, end in places:
        if (name := texts[number][start:end]) not in found[number]:
            found[number].append(name)
    return found


def _stands(name: str, text: str) -> bool:
    folded = _folded(text)
    return any(_folded(way) in folded for way in (name, *_abroad().get(_folded(name), ())))


def _plain(language: str | None) -> str:
    return (language or "en").split("-")[0].lower()


def _folded(text: str) -> str:
    """Without capitals and accents: Zoë is Zoe."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", search_key(text)) if not unicodedata.combining(letter)
    )


@cache
def _abroad() -> dict[str, tuple[str, ...]]:
    """The other names of a city: Londres for London."""
    rows: Iterable[tuple[str, ...]] = (tuple(line.split(" / ")) for line in word_tuple("cities_abroad"))
    return {_folded(name): row for row in rows for name in row}
