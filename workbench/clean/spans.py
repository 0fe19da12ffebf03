"""Where two texts differ, as stretches with the words beside them, and what in them may be another thing elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from workbench.clean.slots import CJK, LETTER, NUMBER
from workbench.text import word_diff

APART = 2
"""Words (or Chinese characters) that have to stand between two changes for them to be two."""

_TOKEN = regex.compile(rf"[{CJK}]|{NUMBER}(?!{LETTER})|{LETTER}+(?:['’]{LETTER}+)*|\s+|.", regex.DOTALL)
_WORD = regex.compile(rf"[{CJK}]|\w")
_END = regex.compile(r"[.!?。！？…\n]")
_CLAUSE = regex.compile(r"[.!?。！？…\n,;:，、；：]")
_NUMBER = regex.compile(NUMBER)
_NAME = regex.compile(rf"\p{{Lu}}{LETTER}+")
_ONE_CJK = regex.compile(rf"[{CJK}]")


class Span(NamedTuple):
    """A changed stretch: characters `start` to `end` of the old text, what they were and what stands there now."""

    start: int
    end: int
    removed: str
    added: str


def changed_spans(old: str, new: str) -> list[Span]:
    """The changes between two texts, in order; those with only a word or two of one sentence between them are one."""
    spans: list[Span] = []
    at = 0
    for kind, text in ((part.kind, part.text) for part in word_diff(old, new)):
        if kind == "same":
            at += len(text)
            continue
        size = len(text) if kind == "removed" else 0
        changed = Span(at, at + size, text if size else "", "" if size else text)
        at += size
        last = spans[-1] if spans else None
        if last is not None and _near(between := old[last.end : changed.start]):
            spans[-1] = Span(
                last.start, changed.end, last.removed + between + changed.removed, last.added + between + changed.added
            )
        else:
            spans.append(changed)
    return spans


def words_before(text: str, end: int, count: int) -> str:
    """Up to so many words of one sentence before a place, with what stands between."""
    found = _beside(_tokens(text[:end])[::-1], count)
    return "".join(found[::-1]).lstrip()


def words_after(text: str, start: int, count: int) -> str:
    """Up to so many words of one sentence after a place, with what stands between."""
    return "".join(_beside(_tokens(text[start:]), count)).rstrip()


def generalised(find: str, by: str) -> tuple[str, str]:
    """The same with slots: for numbers and names that stay, and for a word that only gets a capital."""
    find, by = _with_capital(find, by)
    olds, news = _tokens(find), _tokens(by)
    named: dict[str, str] = {}
    used = {"number": 0, "name": 0}
    for place, token in enumerate(olds):
        kind = "number" if _NUMBER.fullmatch(token) else "name" if _is_name(olds, place) else ""
        if kind and token not in named and token in news and not _braced(olds, place):
            used[kind] += 1
            named[token] = f"{{{kind}{used[kind] if used[kind] > 1 else ''}}}"
    return "".join(_put(olds, named)), "".join(_put(news, named))


def _is_name(tokens: Sequence[str], place: int) -> bool:
    """A word with a capital that does not only begin a sentence."""
    before = "".join(tokens[max(0, place - 2) : place]).strip()
    return bool(before) and not _END.search(before[-1]) and _NAME.fullmatch(tokens[place]) is not None


def _put(tokens: Sequence[str], named: dict[str, str]) -> Iterator[str]:
    for place, token in enumerate(tokens):
        yield token if _braced(tokens, place) else named.get(token, token)


def _braced(tokens: Sequence[str], place: int) -> bool:
    """Whether a token is the name of a slot already."""
    return place > 0 and tokens[place - 1] == "{"


def _with_capital(find: str, by: str) -> tuple[str, str]:
    """What was left out before a word, so that the word begins the sentence now: the word may be any."""
    old, new = _tokens(find), _tokens(by)
    for place in range(1, min(len(old), len(new)) + 1):
        was, now = old[-place], new[-place]
        if was == now:
            continue
        only_capital = was[1:] == now[1:] and was[0].islower() and now[0] == was[0].upper()
        if not only_capital or len(old) == place:
            return find, by
        old[-place], new[-place] = "{word}", "{Word}"
        return "".join(old), "".join(new)
    return find, by


def _near(between: str) -> bool:
    tokens = _tokens(between)
    words = [token for token in tokens if _WORD.match(token)]
    return len(words) <= APART and not any(_CLAUSE.match(token) for token in tokens)


def _beside(tokens: Sequence[str], count: int) -> list[str]:
    found: list[str] = []
    words = 0
    for token in tokens:
        if words >= 2 * count or (words and _END.search(token)):
            break
        found.append(token)
        if _WORD.match(token):
            words += 1 if _ONE_CJK.match(token) else 2  # two Chinese characters say as much as one word
    return found


def _tokens(text: str) -> list[str]:
    return [found.group() for found in _TOKEN.finditer(text)]
