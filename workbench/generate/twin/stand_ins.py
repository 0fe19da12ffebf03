"""Values that stand in for those of a conversation: of the same kind, invented anew, not made from the old ones.

What stands in for a name or a city comes from `workbench.generate.entities`; numbers and dates are drawn without
looking at the old ones, so that no digit, factor or distance of them is left. Numbers to call are from ranges set aside
for fiction.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence

from workbench.generate.edits import Edit
from workbench.generate.entities.amounts import AMOUNTS
from workbench.generate.entities.base import Invent, Kind, Swaps, plan_swaps
from workbench.generate.entities.contacts import CODES, EMAILS, PHONES
from workbench.generate.entities.dates import DATES
from workbench.generate.entities.lists import word_tuple
from workbench.generate.entities.names import NAMES
from workbench.generate.entities.places import CITIES
from workbench.text import search_key

TRIES = 30
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def stand_ins(texts: Sequence[str], language: str, rng: random.Random) -> Swaps:
    """What is found in the texts of a conversation, where, and what stands in for it: the same for the same value.

    No stand-in stands anywhere in the texts. A value for which none was found is left out.
    """
    source = search_key("\n".join(texts))
    kinds = [Kind(kind.name, kind.find, _apart(invent, source)) for kind, invent in _KINDS]
    return plan_swaps(texts, language, kinds, rng)


def whole_names(text: str, edits: Iterable[Edit]) -> list[tuple[int, str, str]]:
    """(place, kind, stand-in) of each value in order; first name and surname side by side are one."""
    values: list[tuple[int, str, str]] = []
    end = -1
    for edit in sorted(edits, key=lambda edit: edit.start):
        if values and edit.kind == values[-1][1] == "name" and text[end : edit.start] == " ":
            start, kind, first = values[-1]
            values[-1] = (start, kind, f"{first} {edit.text}")
        else:
            values.append((edit.start, edit.kind, edit.text))
        end = edit.end
    return values


def values_of(texts: Sequence[str], language: str) -> set[str]:
    """What is found in the texts of a conversation: names, cities, addresses, numbers, dates, as they stand there."""
    places = (place for kind, _ in _KINDS for place in kind.find(texts, language))
    return {texts[number][start:end] for number, start, end in places}


def _apart(invent: Invent, source: str) -> Invent:
    """An invention of which nothing stands in the source."""

    def apart(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for _ in range(TRIES):
            left = [surface for surface in surfaces if surface not in found]
            if not left:
                break
            taken = {search_key(new) for new in found.values()}
            for old, new in invent(left, language, rng).items():
                if search_key(new) not in source and search_key(new) not in taken:
                    found[old] = new
        return found

    return apart


def _each(draw: Callable[[str, random.Random], str]) -> Invent:
    """A new value for each different one, whatever the old ones were; capitals and spaces make no difference."""

    def invent(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
        drawn: dict[str, str] = {}
        for surface in surfaces:
            drawn.setdefault(_same(surface), draw(language, rng))
        return {surface: drawn[_same(surface)] for surface in surfaces}

    return invent


def _same(surface: str) -> str:
    return "".join(search_key(surface).split())


def _full_names(surfaces: Sequence[str], language: str, rng: random.Random) -> Mapping[str, str]:
    """As `NAMES`, but a Chinese surname alone becomes the whole name of its bearer: a title does not go with it."""
    if language != "zh":
        return NAMES.invent(surfaces, language, rng)
    bearers = {surface[0]: surface for surface in reversed(surfaces) if len(surface) > 1}
    whole = {surface: bearers.get(surface, f"{surface}某某") if len(surface) == 1 else surface for surface in surfaces}
    invented = NAMES.invent(list(dict.fromkeys(whole.values())), language, rng)
    return {surface: invented[name] for surface, name in whole.items()}


def _phone(language: str, rng: random.Random) -> str:
    if language == "fr":
        return f"06 39 98 {rng.randrange(100):02d} {rng.randrange(100):02d}"
    if language == "zh":
        return f"12{rng.randrange(10**9):09d}"
    return f"({rng.choice(('212', '312', '415', '617'))}) 555-01{rng.randrange(100):02d}"


def _amount(language: str, rng: random.Random) -> str:
    number = rng.randrange(11, 990)
    return {"fr": f"{number}\u00a0€", "zh": f"{number}元"}.get(language, f"${number}")


def _date(language: str, rng: random.Random) -> str:
    day, month = rng.randrange(2, 29), rng.randrange(12)
    if language == "zh":
        return f"{month + 1}月{day}日"
    name = word_tuple(f"months_{'fr' if language == 'fr' else 'en'}")[month]
    return f"{day} {name if language == 'fr' else name.capitalize()}"


def _code(language: str, rng: random.Random) -> str:
    return f"{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}-{rng.randrange(10**6):06d}"


def _mailbox(language: str, rng: random.Random) -> str:
    return EMAILS.invent(["x"], language, rng)["x"]


_KINDS: tuple[tuple[Kind, Invent], ...] = (
    (EMAILS, _each(_mailbox)),
    (DATES, _each(_date)),
    (AMOUNTS, _each(_amount)),
    (PHONES, _each(_phone)),
    (CODES, _each(_code)),
    (NAMES, _full_names),
    (CITIES, CITIES.invent),
)
