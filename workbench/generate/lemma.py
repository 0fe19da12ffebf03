"""Whether a word is said, in whatever form: a light stemmer for English and French, and the irregular forms.

English: plural, past and -ing endings as in step 1 of Porter (1980), with the final e left off. French: the endings of
plural, gender and the common tenses, after the light stemmer of Savoy (2006). Chinese words do not change.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from workbench.text import search_key, tokens

_VOWELS = set("aeiouy")
_ENGLISH = re.compile(r"(?:[’']s?|ing|(?<!e)ed|ies|es|(?<!s)s|ly)$")
_FRENCH = re.compile(
    r"(?:issaient|issant|issait|isson|issent|issez|eraient|erion|erait|eron|eront|erez|aient|ante?|ion|iez|erai|era"
    r"|ait|ai|on|ee|ez|er|ir|it|ent|re|e)$"
)
_ELIDED = re.compile(r"^(?:l|d|j|m|t|s|n|c|qu)['’]")
SHORTEST = 3
"""Letters that have to stay of a word."""


def stem(word: str, language: str) -> str:
    """A form that all forms of a word share, as a rule; for other languages the word itself."""
    word = search_key(word)
    if language == "fr":
        plain = "".join(c for c in unicodedata.normalize("NFD", _ELIDED.sub("", word)) if not unicodedata.combining(c))
        return _french(_forms("fr").get(plain, plain))
    if language == "en":
        return _english(_forms("en").get(word, word))
    return word


def says(text: str, word: str, language: str) -> bool:
    """Whether a text says a word (or, of several words, all of them near each other) in any form."""
    if language == "zh":
        return search_key(word) in search_key(text)
    wanted = [stem(part, language) for part in tokens(word)]
    said = [stem(part, language) for part in tokens(text)]
    room = 2 * len(wanted) + 1
    return any(all(part in said[at : at + room] for part in wanted) for at, first in enumerate(said) if first in wanted)


def _french(word: str) -> str:
    singular = word[:-1] if len(word) > SHORTEST and word[-1] in "sx" else word
    cut = _cut(singular, _FRENCH)
    return cut.rstrip("ei") if len(cut.rstrip("ei")) >= SHORTEST else cut


def _english(word: str) -> str:
    cut = _cut(word, _ENGLISH)
    if cut != word:
        if word.endswith(("ies", "ied")):
            return cut.removesuffix("i") + "i"
        if len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] not in _VOWELS | set("lsz"):
            cut = cut[:-1]
    if cut.endswith("y") and len(cut) > SHORTEST and cut[-2] not in _VOWELS:
        return cut[:-1] + "i"
    return cut.removesuffix("e") if len(cut) > SHORTEST else cut


def _cut(word: str, endings: re.Pattern[str]) -> str:
    """The word without its ending, where enough stays and has a vowel."""
    match = endings.search(word)
    if match is None or match.start() < SHORTEST or not _VOWELS & set(word[: match.start()]):
        return word
    return word[: match.start()]


@cache
def _forms(language: str) -> dict[str, str]:
    """Irregular form -> word, from lines ``word form form``."""
    lines = files("workbench.generate.lexicon").joinpath(f"irregular_{language}.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {form: row[0] for row in rows for form in row[1:]}
