"""Small facts about text that several rooms need: how it is split, compared and shown."""

from __future__ import annotations

import bisect
import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Han, kana and hangul are written without spaces between words, so each character counts as a token of its own.
_CJK = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]"
_LETTERS = rf"(?:(?!{_CJK})[^\W_])+"
_TOKEN = re.compile(rf"{_CJK}|{_LETTERS}(?:['’]{_LETTERS})*")
_DIFF_TOKEN = re.compile(rf"{_CJK}|{_LETTERS}(?:['’]{_LETTERS})*|\s+|[^\w\s]|_")

EXACT = 1_500
"""Tokens up to which two texts are compared exactly."""
ANCHOR = 4
"""Tokens, spaces among them, of a passage that holds two long texts together."""

GRAM = 8
"""Words in a row that count as copied when they also stand in the source (as in decontamination work)."""

Match = tuple[int, int, int]
"""A stretch that stayed: where it begins in the old text and in the new one, and its length, in tokens."""


def search_key(text: str) -> str:
    """Text as it is compared in search: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """The words of a text, folded for comparison; every Chinese, Japanese or Korean character is one."""
    return _TOKEN.findall(search_key(text))


def word_places(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as `tokens` takes them, each with the places where it starts and ends in it."""
    return [(search_key(match.group()), *match.span()) for match in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of a word diff: kept, only in the old text, or only in the new one."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(old: str, new: str) -> list[DiffPart]:
    """What changed between two texts, word by word (character by character in Chinese).

    Joining the parts that are not "added" gives `old`; joining those that are not "removed" gives `new`. Changed words
    that follow each other are one change. What both begin and end with is passed over; of the rest up to `EXACT` tokens
    are compared by `difflib`, whose time grows with the square of the length and more. In longer texts passages that
    stand once in either hold the rest together (patience diff, Bram Cohen 2003); where a long stretch has none of them,
    it counts as rewritten.
    """
    before, after = _DIFF_TOKEN.findall(old), _DIFF_TOKEN.findall(new)
    parts: list[DiffPart] = []

    def add(kind: Literal["same", "removed", "added"], tokens: list[str]) -> None:
        if tokens and parts and kind == parts[-1].kind == "same":
            parts[-1] = DiffPart("same", parts[-1].text + "".join(tokens))
        elif tokens:
            parts.append(DiffPart(kind, "".join(tokens)))

    a = b = 0
    for one, other, size in [*_stayed(before, after), (len(before), len(after), 0)]:
        add("removed", before[a:one])
        add("added", after[b:other])
        add("same", before[one : one + size])
        a, b = one + size, other + size
    return parts


def _stayed(before: list[str], after: list[str], depth: int = 4) -> Iterator[Match]:
    """The stretches that stand in both, in order."""
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - head) if before[-1 - at] != after[-1 - at]), least - head)
    yield 0, 0, head
    for one, other, size in _between(before[head : len(before) - tail], after[head : len(after) - tail], depth):
        yield head + one, head + other, size
    yield len(before) - tail, len(after) - tail, tail


def _between(before: list[str], after: list[str], depth: int) -> Iterator[Match]:
    if max(len(before), len(after)) <= EXACT:
        # Spaces stand everywhere: beginning with them would find nothing and take most of the time.
        yield from difflib.SequenceMatcher(str.isspace, before, after, autojunk=False).get_matching_blocks()
        return
    a = b = 0
    chain = _anchors(before, after) if depth else []
    for one, other in [*chain, (len(before), len(after))] if chain else []:
        if one < a or other < b:  # it overlaps the one before it; on the same line it makes that longer
            if one - a == other - b:
                yield a, b, one + ANCHOR - a
                a, b = one + ANCHOR, other + ANCHOR
            continue
        for start, beside, size in _stayed(before[a:one], after[b:other], depth - 1):
            yield a + start, b + beside, size
        yield one, other, min(ANCHOR, len(before) - one)
        a, b = one + ANCHOR, other + ANCHOR


def _anchors(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Where passages of `ANCHOR` tokens that stand once in either begin, as many as follow each other in both."""
    one, other = _once(before), _once(after)
    pairs = sorted((at, other[passage]) for passage, at in one.items() if passage in other)
    ends: list[int] = []  # the longest rising run of places in `after`, by sorting into piles
    tops: list[int] = []
    below: list[int] = []
    for at, (_, place) in enumerate(pairs):
        pile = bisect.bisect_left(ends, place)
        below.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1], tops[pile : pile + 1] = [place], [at]
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = below[at]
    return chain[::-1]


def _once(tokens: list[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(tokens) - ANCHOR + 1):
        passage = tuple(tokens[at : at + ANCHOR])
        places[passage] = -1 if passage in places else at
    return {passage: at for passage, at in places.items() if at >= 0}


def copied_share(words: list[str], source: list[str], gram: int = GRAM) -> float:
    """Share (0 to 1) of the `gram`-word sequences of `words` that also stand in `source`; 0 for a shorter text."""
    own = [tuple(words[at : at + gram]) for at in range(len(words) - gram + 1)]
    known = {tuple(source[at : at + gram]) for at in range(len(source) - gram + 1)}
    return sum(item in known for item in own) / len(own) if own else 0.0


def percent(share: float, decimals: int = 0) -> str:
    """A share, 0 to 1, as it is written everywhere: ``75 %``. The screen puts it into the person's language."""
    return f"{share * 100:.{decimals}f} %"


def amount(number: int, one: str, many: str = "") -> str:
    """A number with what it counts, in the form for it: ``1 turn``, ``1,200 turns``. `many` is for other plurals."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def snippet(text: str, limit: int = 120) -> str:
    """The beginning of a text on one line, at most `limit` characters, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
