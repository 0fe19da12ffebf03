"""Utterances aligned word by word: where two are equal but for one place, that place is a choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST = 4
"""Words that stand at one place, at most: more are another sentence."""

_CJK = r"\u3400-\u9fff"
_TOKEN = re.compile(
    rf"\{{[^{{}}]*\}}|\[[^\[\]]*\]|[{_CJK}]|[^\W{_CJK}]+(?:['’-][^\W{_CJK}]+)*|[^\w\s]"  # Chinese: by the character
)


class Token(NamedTuple):
    """A word, a sign, a gap or a choice, and whether a space stands before it."""

    text: str
    spaced: bool

    @property
    def options(self) -> tuple[str, ...]:
        """What a choice offers; of anything else itself."""
        return tuple(self.text[1:-1].split("|")) if self.text.startswith("[") else (self.text,)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying something, and the utterances of a person that it covers."""

    tokens: tuple[Token, ...]
    shown: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where words were exchanged: what stands before and after ("" at an end), and the choice itself."""

    before: str
    after: str
    choice: Token


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and signs of an utterance; gaps and choices are one token each."""
    found = list(_TOKEN.finditer(text))
    ends = [0, *(match.end() for match in found)]
    return tuple(Token(match.group(), match.start() > end) for match, end in zip(found, ends, strict=False))


def text_of(tokens: Iterable[Token]) -> str:
    """The utterance again."""
    return "".join(f" {token.text}" if token.spaced else token.text for token in tokens).strip()


def shapes(way: Way) -> int:
    """How many sentences a way has, whatever stands in its gaps."""
    number = 1
    for token in way.tokens:
        if token.text.startswith("["):
            number *= max(2, len(token.options))
    return number


def merge(one: Way, other: Way) -> tuple[Way, Place] | None:
    """Both as one, and the place at which they differ; None where they differ at more than one, or in too much."""
    front = _common(one.tokens, other.tokens)
    back = _common(one.tokens[front:][::-1], other.tokens[front:][::-1])
    longer = max(one.tokens, other.tokens, key=len)
    if not front and back == min(len(one.tokens), len(other.tokens)) and longer[len(longer) - back].spaced:
        back -= 1  # nothing is left out before a word that would then begin with a space
    middles = [way.tokens[front : len(way.tokens) - back] for way in (one, other)]
    if front + back < max(2, *map(len, middles)) or not any(middles):
        return None
    choice = _choice(*middles)
    if choice is None:
        return None
    head = tuple(_wider(*pair) for pair in zip(one.tokens[:front], other.tokens[:front], strict=True))
    tails = [way.tokens[len(way.tokens) - back :] for way in (one, other)]
    tail = tuple(_wider(*pair) for pair in zip(*tails, strict=True))
    before = head[-1].text if head else ""
    place = Place(before, tail[0].text if tail else "", choice)
    return Way((*head, choice, *tail), (*one.shown, *other.shown)), place


def _common(one: Sequence[Token], other: Sequence[Token]) -> int:
    """How many tokens the two begin with in common."""
    number = 0
    while number < min(len(one), len(other)) and set(one[number].options) & set(other[number].options):
        number += 1
    return number


def _wider(one: Token, other: Token) -> Token:
    return one if len(one.options) >= len(other.options) else other


def _choice(one: Sequence[Token], other: Sequence[Token]) -> Token | None:
    """The choice between two middles, or None where there is none to offer."""
    if any(len(words) > LONGEST for words in (one, other)):
        return None
    if not one or not other:
        words = one or other
        if any(token.text.startswith("[") for token in words):
            return None
        return Token(f"[{text_of((words[0]._replace(spaced=False), *words[1:]))}]", words[0].spaced)
    if any(token.text.startswith("[") for words in (one, other) if len(words) > 1 for token in words):
        return None
    if any(len(words) == 1 and words[0].text.startswith("[") and len(words[0].options) == 1 for words in (one, other)):
        return None  # what may be left out is no alternative
    ends = (one[0], one[-1], other[0], other[-1])
    if any(not token.text[0].isalnum() and token.text[0] not in "{[" for token in ends):
        return None  # a comma for a word is another sentence
    if one[0].spaced != other[0].spaced:
        return None
    options = dict.fromkeys((*_options(one), *_options(other)))
    return Token(f"[{'|'.join(options)}]", one[0].spaced)


def _options(words: Sequence[Token]) -> tuple[str, ...]:
    return words[0].options if len(words) == 1 else (text_of((words[0]._replace(spaced=False), *words[1:])),)
