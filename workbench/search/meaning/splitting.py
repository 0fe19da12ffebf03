"""Texts as the words that can name what they are about; in Chinese, where nothing shows where a word ends, as runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workbench.search.meaning.emptywords import EMPTY_CHARACTERS, EMPTY_WORDS
from workbench.text import word_places

LONGEST = 12
"""Characters of a Chinese name at most."""
_CHARACTERS = 3_000
_SHORTEST = 3
_UNKNOWN_SHORTEST = 5  # letters where no list of empty words is known: shorter ones are mostly grammar
_WHOLE = 0.7  # share of the texts with a stretch of characters in which the next character is the same
_SCREEN = EMPTY_WORDS["en"] | EMPTY_WORDS["fr"]
_ELIDED = frozenset(("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "un"))
_CUTS = re.compile(
    "|".join(sorted(EMPTY_WORDS["zh"], key=len, reverse=True)) + f"|[{''.join(sorted(EMPTY_CHARACTERS))}]"
)


def words_of(text: str, language: str = "") -> frozenset[str]:
    """The words of a text: no numbers, no empty words of its language or of the screen's languages."""
    known = EMPTY_WORDS.get(language)
    shortest = _UNKNOWN_SHORTEST if known is None else _SHORTEST
    bare = {_bare(word) for word, _, _ in word_places(text[:_CHARACTERS])}
    words = {word for word in bare if len(word) >= shortest and word.isalpha()}
    return frozenset(words - _SCREEN - (known or frozenset()))


def _bare(word: str) -> str:
    """A word without what is elided before it: "l'heure" is about an hour."""
    front, _, rest = word.replace("’", "'").partition("'")
    return rest if front in _ELIDED else word


def runs_of(text: str) -> tuple[str, ...]:
    """The stretches of Chinese, Japanese or Korean characters, cut where words stand that only hold others together."""
    found, end = "", -1
    for token, start, stop in word_places(text[:_CHARACTERS]):
        if len(token) == 1 and token >= "\u3040":
            found += token if start == end else f" {token}"
            end = stop
    return tuple(run for run in _CUTS.sub(" ", found).split() if len(run) > 1)


def pairs_of(runs: Sequence[str]) -> frozenset[str]:
    """Every two characters that stand side by side in a run."""
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def whole(pair: str, texts: Sequence[Sequence[str]]) -> str:
    """The word that a pair of characters is a part of in these texts: longer as long as most of them go on alike."""
    found = pair
    while len(found) < LONGEST:
        longer = _longer(found, texts)
        if longer == found:
            break
        found = longer
    return found


def _longer(part: str, texts: Sequence[Sequence[str]]) -> str:
    """One character more, before or behind, if most of the texts with this part have it there."""
    having, around = 0, Counter[str]()
    for runs in texts:
        mine = {more for run in runs if part in run for more in _around(part, run)}
        having += any(part in run for run in runs)
        around.update(mine)
    best = max(around.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best[0] if best[1] >= _WHOLE * having and best[1] > 1 else part


def _around(part: str, run: str) -> set[str]:
    starts = [match.start() for match in re.finditer(f"(?={re.escape(part)})", run)]
    size = len(part)
    before = {run[at - 1 : at + size] for at in starts if at > 0}
    return before | {run[at : at + size + 1] for at in starts if at + size < len(run)}
