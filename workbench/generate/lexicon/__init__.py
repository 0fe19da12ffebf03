"""Lists of words that recipes draw from: things, actions and conditions of a domain, one file per language."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, product
from math import prod
from typing import Any

from workbench.errors import InvalidInput

LANGUAGES = ("en", "fr", "zh")
KINDS = ("things", "actions", "conditions")
Triple = tuple[str, str, str]
Lists = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_BETWEEN = re.compile(r"[\n,;，、；]+")


def read_words(text: str) -> tuple[str, ...]:
    """The words of a list, one a line or with commas between them, each once."""
    return tuple(dict.fromkeys(word.strip() for word in _BETWEEN.split(text) if word.strip()))


@cache
def built_in(language: str, kind: str) -> tuple[str, ...]:
    """The words of a kind for heating and water at home, in one of `LANGUAGES`."""
    text = files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8")
    return read_words(text.partition(f"## {kind}\n")[2].partition("##")[0])


def lists_of(params: Any) -> Lists:
    """The three lists that the parameters give, each with the words built in where it is empty."""
    things, actions, conditions = (
        read_words(getattr(params, kind)) or built_in(params.language, kind) for kind in KINDS
    )
    return things, actions, conditions


def how_many(lists: Lists) -> int:
    """How many triples the lists give."""
    return prod(map(len, lists))


def used(lists: Lists, triples: Collection[Sequence[str]]) -> list[int]:
    """How many words of each list stand in the triples."""
    return [len({triple[place] for triple in triples} & {*words}) for place, words in enumerate(lists)]


@lru_cache(maxsize=8)
def drawn_triples(lists: Lists, number: int, seed: int) -> tuple[Triple, ...]:
    """`number` different triples, one word of each list; every word is used about equally often.

    Each list is gone through in one random order after the other; where that gives a triple a second time, another word
    is taken. Raises `InvalidInput` when there are not so many triples.
    """
    possible = how_many(lists)
    if number > possible:
        raise InvalidInput(
            f"these words give fewer different triples: {possible:,}", hint="add words, or ask for fewer"
        )
    rng = random.Random(seed)
    waiting: list[list[str]] = [[], [], []]
    taken: set[Triple] = set()
    drawn: list[Triple] = []
    for _ in range(number):
        for place, words in enumerate(lists):
            waiting[place] = waiting[place] or rng.sample(words, len(words))
        triple = _untaken((waiting[0].pop(), waiting[1].pop(), waiting[2].pop()), lists, taken)
        taken.add(triple)
        drawn.append(triple)
    return tuple(drawn)


def _untaken(triple: Triple, lists: Lists, taken: set[Triple]) -> Triple:
    """The triple, or the next one with as many of its words as can be, first word first."""
    first, second, third = triple
    near = chain(
        [triple],
        ((first, other, third) for other in lists[1]),
        ((first, second, other) for other in lists[2]),
        product([first], lists[1], lists[2]),
        product(*lists),
    )
    return next(one for one in near if one not in taken)
