"""Quotations: some whole words in a row of one turn, or of the passage that a turn rests on, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.model import Turn
from workbench.text import word_places

LEAST_WORDS, LEAST_CHARACTERS = 3, 4
"""Words (Chinese: characters) below which a quotation points at nothing in particular."""

_MARKS = "\"'“”„«»‘’「」『』 \u00a0\n\t"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: characters `start` to `end` of a turn, or of the passage that the turn carries."""

    turn: str
    start: int
    end: int
    in_passage: bool = False

    def record(self) -> dict[str, Any]:
        """It as JSON."""
        place: dict[str, Any] = {"turn": self.turn, "start": self.start, "end": self.end}
        return {**place, "in": "passage"} if self.in_passage else place


def bare_quote(text: str) -> str:
    """A quotation without the marks around it."""
    return text.strip(_MARKS)


def long_enough(quote: str) -> bool:
    """Whether it has enough words to point at a place."""
    words = _words(quote)
    characters = sum(_is_character(word) for word, _, _ in words)
    return len(words) - characters >= LEAST_WORDS or characters >= LEAST_CHARACTERS


def place_of(quote: str, turns: Iterable[Turn]) -> Place | None:
    """Where the words of a quotation stand in a row, in the latest of these turns that has them, or in its passage.

    Case, spaces and punctuation do not matter; a part of a word is no word.
    """
    wanted = [word for word, _, _ in _words(quote)]
    for turn in reversed(list(turns)):
        for text, in_passage in ((turn.content, False), (passage_of(turn), True)):
            if found := _found(wanted, text):
                return Place(turn.id, *found, in_passage)
    return None


def stands_at(quote: str, place: Mapping[str, Any], turns: Iterable[Turn]) -> bool:
    """Whether a quotation stands where its `Place.record` says."""
    turn = next((one for one in turns if one.id == place.get("turn")), None)
    if turn is None:
        return False
    text = passage_of(turn) if place.get("in") == "passage" else turn.content
    there = text[int(place.get("start", 0)) : int(place.get("end", 0))]
    return [word for word, _, _ in _words(there)] == [word for word, _, _ in _words(quote)]


def passage_of(turn: Turn) -> str:
    """The text of the passage that a turn carries; "" without one."""
    return str(turn.extra.get("passage", {}).get("text", ""))


def _found(wanted: list[str], text: str) -> tuple[int, int] | None:
    words = _words(text)
    for at in range(len(words) - len(wanted) + 1 if wanted else 0):
        if all(words[at + step][0] == word for step, word in enumerate(wanted)):
            return words[at][1], words[at + len(wanted) - 1][2]
    return None


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(word.replace("’", "'"), start, end) for word, start, end in word_places(text)]


def _is_character(word: str) -> bool:
    return ord(word[0]) > 0x2E7F
