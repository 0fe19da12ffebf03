"""A turn told anew: sentence by sentence the same acts and about the same length, in our own words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.generate.twin import blocks, said_by
from workbench.generate.twin.acts import act_of, sentences
from workbench.text import tokens

SPARE = 1
"""Words (Chinese: characters) by which a sentence may be longer than the one it stands for."""

MOST_VALUES = 3
_JOIN = {"zh": "，"}
_AND = {"en": "and ", "fr": "et ", "zh": ""}
_COMMA = frozenset(",，")
_ENDS = {"en": ("?", ". "), "fr": ("\u00a0?", ". "), "zh": ("？", "。")}


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a sentence: its act, its length in words, and the (kind, stand-in) of the values in it."""

    act: str
    length: int
    values: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Teller:
    """Tells the turns of one conversation; what was said already comes again only when there is nothing else."""

    language: str
    rng: random.Random
    said: Counter[str] = field(default_factory=Counter)

    def turn(self, parts: Sequence[Part], role: str) -> str:
        """The text of a turn."""
        speaker = "assistant" if role == "assistant" else "user"
        tails: list[str] = []
        told = [self._sentence(part, speaker, tails) for part in parts]
        space = "" if self.language == "zh" else " "
        return space.join(told)

    def _sentence(self, part: Part, speaker: str, tails: list[str]) -> str:
        pieces = self._values(part)
        if not pieces or part.act not in {"ask", "inform"}:
            pieces.insert(0, self._fitting(said_by(self.language, part.act, speaker), part.length + SPARE))
        while more := self._more(part.length + SPARE - sum(map(_words, pieces)), len(pieces), speaker, tails):
            pieces.append(more)
        text = _JOIN.get(self.language, ", ").join(pieces)
        asks, ends = _ENDS[self.language]
        return text[:1].upper() + text[1:] + (asks if part.act == "ask" else ends.strip())

    def _values(self, part: Part) -> list[str]:
        """A sentence for each value; the first asks where the whole does."""
        told: list[str] = []
        for kind, value in part.values[:MOST_VALUES]:
            asking = " ask" if part.act == "ask" and not told else ""
            way = self._fitting(blocks(self.language)[f"with {kind}{asking}"], part.length + SPARE)
            told.append(way.replace(f"{{{kind}}}", value))
        return told

    def _fitting(self, ways: Sequence[str], room: int) -> str:
        """One of the longest that fit, said as seldom as can be; the shortest when none fits."""
        fitting = [way for way in ways if _words(way) <= room] or [min(ways, key=_words)]
        fewest = min(self.said[way] for way in fitting)
        fresh = sorted((way for way in fitting if self.said[way] == fewest), key=_words, reverse=True)
        chosen = self.rng.choice(fresh[:3])
        self.said[chosen] += 1
        return chosen

    def _more(self, room: int, after: int, speaker: str, tails: list[str]) -> str:
        """What a sentence goes on with: a tail and another statement in turn; empty when nothing fits any more."""
        if after % 2 == 0:
            joint = _AND[self.language]
            ways = [way for way in said_by(self.language, "inform", speaker) if not _COMMA.intersection(way)]
            if fitting := [way for way in ways if _words(joint + way) <= room]:
                return joint + self._fitting(fitting, room)
        return self._tail(room, tails)

    def _tail(self, room: int, tails: list[str]) -> str:
        """Something to go on with that fits and was not said in this turn; empty when there is none."""
        free = [tail for tail in blocks(self.language)["tail"] if tail not in tails and _words(tail) <= room]
        if not free:
            return ""
        tails.append(self.rng.choice(free))
        return tails[-1]


def parts_of(text: str, values: Sequence[tuple[int, str, str]]) -> list[Part]:
    """What is known of each sentence of a text; `values` are (place, kind, stand-in) in order of place."""
    parts: list[Part] = []
    at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        inside = tuple(dict.fromkeys((kind, new) for place, kind, new in values if start <= place < at))
        parts.append(Part(act_of(sentence), max(1, _words(sentence)), inside))
    return parts


@lru_cache(maxsize=8_192)
def _words(text: str) -> int:
    """Counted again and again for the same sentences of ours."""
    return len(tokens(text))
