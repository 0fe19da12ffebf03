"""How entities are found once for a whole conversation and replaced the same way wherever they stand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from workbench.generate.edits import Edit

Find = Callable[[Sequence[str], str], Iterator[tuple[int, int, int]]]
"""(text number, start, end) of every entity in the texts of one conversation, given its language."""

Invent = Callable[[Sequence[str], str, random.Random], Mapping[str, str]]
"""Stand-ins for the surfaces found, given the language; a surface it leaves out stays as it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: how it is found and what stands in for it."""

    name: str
    find: Find
    invent: Invent


@dataclass(frozen=True, slots=True)
class Swaps:
    """What is replaced in a conversation: edits by text number, and surface -> stand-in by kind."""

    edits: Mapping[int, list[Edit]] = field(default_factory=dict)
    table: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_text(self, text: str) -> str:
        """Replace the same surfaces in a text that was not searched (a tool call's arguments)."""
        pairs = {old: new for kind in self.table.values() for old, new in kind.items()}
        if not pairs:
            return text
        longest_first = sorted(pairs, key=len, reverse=True)
        pattern = regex.compile(
            rf"(?<![\p{{Latin}}\d])(?:{'|'.join(map(regex.escape, longest_first))})(?![\p{{Latin}}\d])"
        )
        return str(pattern.sub(lambda match: pairs[match.group()], text))


def plan_swaps(texts: Sequence[str], language: str, kinds: Sequence[Kind], rng: random.Random) -> Swaps:
    """Find entities of the kinds (earlier kinds win where two overlap) and invent a stand-in for each surface."""
    taken: dict[int, list[tuple[int, int]]] = {}
    places: list[tuple[str, int, int, int]] = []
    for kind in kinds:
        for number, start, end in sorted(
            set(kind.find(texts, language)), key=lambda item: (item[0], item[1], -item[2])
        ):
            spans = taken.setdefault(number, [])
            if not any(start < other_end and end > other_start for other_start, other_end in spans):
                spans.append((start, end))
                places.append((kind.name, number, start, end))
    table = {kind.name: dict(_invented(kind, places, texts, language, rng)) for kind in kinds}
    edits: dict[int, list[Edit]] = {}
    for name, number, start, end in places:
        new = table[name].get(texts[number][start:end])
        if new is not None:
            edits.setdefault(number, []).append(Edit(start, end, new, name))
    return Swaps(edits, {name: swaps for name, swaps in table.items() if swaps})


def _invented(
    kind: Kind, places: Sequence[tuple[str, int, int, int]], texts: Sequence[str], language: str, rng: random.Random
) -> Iterator[tuple[str, str]]:
    surfaces = dict.fromkeys(texts[number][start:end] for name, number, start, end in places if name == kind.name)
    if surfaces:
        for old, new in kind.invent(list(surfaces), language, rng).items():
            if new != old:
                yield old, new


def each(pattern: regex.Pattern[str], group: int | str = 0) -> Find:
    """Finds every match of a pattern (or one group of it)."""

    def find(texts: Sequence[str], language: str) -> Iterator[tuple[int, int, int]]:
        for number, text in enumerate(texts):
            for match in pattern.finditer(text):
                start, end = match.span(group)
                if end > start:
                    yield number, start, end

    return find
