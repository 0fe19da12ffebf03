"""Where words and phrases stand in a text: the spans a screen marks, found the way the word index finds rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from workbench.search.syntax import Words
from workbench.text import search_key

# The same stretches as the index's tokenizer: each CJK character alone, else letters, digits and their accents.
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_TOKEN = re.compile(rf"{_CJK.pattern}|(?:(?!{_CJK.pattern})[^\W_])+")
_BETWEEN = re.compile(r"[\W_]*")
_ACCENT = re.compile(r"[\u0300-\u036f]")


def spans(text: str, terms: tuple[Words, ...]) -> Iterator[tuple[Words, int, int]]:
    """Every place in `text` where one of the terms stands: the term and its characters from start to end."""
    folded, places = _folded(text)
    for term in terms:
        for start, end in _places(folded, _words(term.text), term.prefix):
            yield (term, start, end) if places is None else (term, places[start], places[end - 1] + 1)


def _places(folded: str, words: tuple[str, ...], prefix: bool) -> Iterator[tuple[int, int]]:
    start = folded.find(words[0]) if words else -1
    while start >= 0:
        end = _end(folded, start, words, prefix)
        if end:
            yield start, end
        start = folded.find(words[0], end or start + 1)


def _end(folded: str, start: int, words: tuple[str, ...], prefix: bool) -> int:
    """Where the words that begin at `start` end; 0 when they do not all stand there, beside each other and whole."""
    place = start
    for number, word in enumerate(words):
        if number:
            place = _skipped(folded, place)
        if not folded.startswith(word, place) or _is_letter(folded, place - 1, word[0]):
            return 0
        place += len(word)
        whole = number < len(words) - 1 or not prefix
        if whole and _is_letter(folded, place, word[-1]):
            return 0
    while prefix and _is_letter(folded, place, words[-1][-1]):
        place += 1
    return place


def _skipped(folded: str, place: int) -> int:
    match = _BETWEEN.match(folded, place)
    return match.end() if match else place


def _is_letter(folded: str, place: int, beside: str) -> bool:
    """Whether the character there belongs to the same word as `beside`: both letters, neither a CJK character."""
    if not 0 <= place < len(folded) or _CJK.match(beside):
        return False
    return folded[place].isalnum() and not _CJK.match(folded[place])


@lru_cache(maxsize=256)
def _words(term: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall("".join(map(_plain, term))))


def _folded(text: str) -> tuple[str, list[int] | None]:
    """The text without case and accents, and for each of its characters its place in `text` (None: the same one)."""
    folded = text.translate(_table)
    if "\0" not in folded:
        return folded, None
    parts, places = [], []
    for place, character in enumerate(text):
        plain = _plain(character)
        parts.append(plain)
        places.extend([place] * len(plain))
    return "".join(parts), places


@lru_cache(maxsize=4_096)
def _plain(character: str) -> str:
    """A character without case and accents: none for an accent that stands alone, several for a ligature."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", search_key(character)))
    return unicodedata.normalize("NFC", bare)  # Korean syllables were taken apart as well


class _Table(dict[int, str]):
    """Single characters to single ones, for `str.translate`; NUL where that is not possible."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        self[code] = plain if len(plain) == 1 else "\0"
        return self[code]


_table = _Table()
