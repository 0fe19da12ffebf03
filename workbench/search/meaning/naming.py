"""What a group of texts is called: the words that set it apart from the other groups."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from workbench.search.meaning.emptywords import EMPTY_WORDS
from workbench.search.meaning.splitting import pairs_of, runs_of, whole, words_of

WORDS = 4
"""Words of a name at most."""
_SURE = (0.975, 0.995)  # share of chance differences below what is believed: among a few words, among many
_PRIOR = 0.25  # texts of the prior, for each text that is compared
_HARDLY = 0.1  # texts of a language elsewhere, for each of the group: with fewer there is nothing to compare with


@dataclass(frozen=True, slots=True)
class Text:
    """A text as its language, its words (of Chinese: pairs of characters), and the runs that the pairs stand in."""

    language: str
    words: frozenset[str]
    runs: tuple[str, ...] = ()


def as_text(text: str, language: str = "") -> Text:
    """A text, ready to be compared with others."""
    runs = runs_of(text)
    return Text(language, words_of(text, language) | pairs_of(runs), runs)


def telling_words(groups: Sequence[Collection[Text]]) -> list[tuple[str, ...]]:
    """For each group of texts at most four words that set it apart, the most telling first; none where none does.

    A word counts once per text. Its log-odds in the group are compared with those in the others' texts, each drawn
    towards its share in all of them by a prior, and divided by their standard error: the log-odds ratio with an
    informative Dirichlet prior of Monroe, Colaresi and Quinn (2008), "Fightin' Words", Political Analysis 16(4),
    section 3.3. So neither a rare word of chance nor one that is frequent everywhere names a group.

    A group is compared with the others' texts in its own main language, else any word of that language would tell;
    where the others have hardly any, its most frequent words do tell.
    """
    named = []
    for place, group in enumerate(groups):
        main = Counter(text.language for text in group).most_common(1)
        language = main[0][0] if main else ""
        inside = [text for text in group if text.language == language]
        others = [text for other, texts in enumerate(groups) if other != place for text in texts]
        same = [text for text in others if text.language == language]
        alone = language in EMPTY_WORDS and len(same) < _HARDLY * len(inside)
        named.append(_different(_scores(inside, others if alone else same), inside))
    return named


def _scores(inside: Sequence[Text], outside: Sequence[Text]) -> dict[str, float]:
    """The words that are surely more frequent inside, with their standard scores."""
    here, there = _counted(inside), _counted(outside)
    scores = {word: _score(count, len(inside), there[word], len(outside)) for word, count in here.items() if count > 1}
    return {word: score for word, score in scores.items() if score > _least(len(scores))}


def _least(words: int) -> float:
    """The standard score from which a difference is believed: of many words more reach any score by chance."""
    few, many = _SURE
    return NormalDist().inv_cdf(min(many, max(few, 1 - 1 / max(words, 1))))


def _counted(texts: Sequence[Text]) -> Counter[str]:
    return Counter(word for text in texts for word in text.words)


def _score(here: int, size: int, there: int, others: int) -> float:
    """Log-odds ratio over its standard error, for a word in `here` of `size` texts and in `there` of `others`."""
    prior = _PRIOR * (size + others)
    with_word = prior * (here + there + 0.5) / (size + others + 1)
    without = prior - with_word
    a, b, c, d = here + with_word, size - here + without, there + with_word, others - there + without
    return (math.log(a / b) - math.log(c / d)) / math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def _different(scores: dict[str, float], inside: Sequence[Text]) -> tuple[str, ...]:
    """The best words, one of those that say the same."""
    chosen: list[str] = []
    for word in sorted(scores, key=lambda word: (-round(scores[word], 6), -len(word), word)):
        if any(_alike(word, other) for other in chosen):
            continue
        name = whole(word, [text.runs for text in inside]) if _character(word[0]) else word
        if not any(_alike(name, other) for other in chosen):
            chosen.append(name)
        if len(chosen) == WORDS:
            break
    return tuple(chosen)


def _alike(word: str, other: str) -> bool:
    """Forms of one word, or Chinese words that overlap: one of them says enough."""
    short, long = sorted((word, other), key=len)
    if _character(short[0]):
        return short in long or short[-1] == long[0] or short[0] == long[-1]
    return long.startswith(short[: max(4, len(short) - 2)])


def _character(letter: str) -> bool:
    return letter >= "\u3040"
