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
_TOKEN = re.compile(rf"{_CJK}|(?:(?!{_CJK})[^\W_]|[\u0300-\u036f])+")


def folded_words(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as they are compared (no case, no accents), each with its place in `text`."""
    return [(_folded(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def spans(text: str, terms: tuple[Words, ...]) -> Iterator[tuple[Words, int, int]]:
    """Every place in `text` where one of the terms stands: the term and its characters from start to end."""
    words = folded_words(text)
    for term in terms:
        wanted = [word for word, _, _ in folded_words(term.text)]
        for place in range(len(words) - len(wanted) + 1 if wanted else 0):
            if _stands(words, place, wanted, term.prefix):
                yield term, words[place][1], words[place + len(wanted) - 1][2]


def _stands(words: list[tuple[str, int, int]], place: int, wanted: list[str], prefix: bool) -> bool:
    last = len(wanted) - 1
    for step, word in enumerate(wanted):
        found = words[place + step][0]
        if found != word and not (prefix and step == last and found.startswith(word)):
            return False
    return True


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", search_key(word))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
