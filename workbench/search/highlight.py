"""Where words and phrases stand in a text: the spans a screen marks, found the way the word index finds rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from workbench.search.syntax import Words
from workbench.text import search_key

# The same stretches as the index's tokenizer: each CJK character alone, else letters, digits and their accents.
_CJK = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]"
_LETTER = rf"(?:(?!{_CJK})[^\W_])"
_TOKEN = re.compile(rf"{_CJK}|(?:{_LETTER}|[\u0300-\u036f])+")
_ACCENT = re.compile(r"[\u0300-\u036f]")


def spans(text: str, terms: tuple[Words, ...]) -> Iterator[tuple[Words, int, int]]:
    """Every place in `text` where one of the terms stands: the term and its characters from start to end."""
    folded, places = _folded(text)
    for term in terms:
        expression = _expression(term.text, term.prefix)
        for match in expression.finditer(folded) if expression else ():
            start, end = match.span()
            yield (term, start, end) if places is None else (term, places[start], places[end - 1] + 1)


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


@lru_cache(maxsize=256)
def _expression(term: str, prefix: bool) -> re.Pattern[str] | None:
    """Words beside each other, whole ones (the last may go on); None when the term has no word."""
    words = _TOKEN.findall("".join(map(_plain, term)))
    if not words:
        return None
    pattern = rf"(?<!{_LETTER})" if not re.match(_CJK, words[0]) else ""
    for place, word in enumerate(words):
        beside = place and not (re.match(_CJK, word) or re.match(_CJK, words[place - 1]))
        pattern += (r"[\W_]+" if beside else r"[\W_]*" if place else "") + re.escape(word)
    if not re.match(_CJK, words[-1]):
        pattern += rf"{_LETTER}*" if prefix else rf"(?!{_LETTER})"
    return re.compile(pattern)


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
