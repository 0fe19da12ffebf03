"""Small facts about text that several rooms need: how it is split, compared and shown."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Han, kana and hangul are written without spaces between words, so each character counts as a token of its own.
_CJK = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]"
_LETTERS = rf"(?:(?!{_CJK})[^\W_])+"
_TOKEN = re.compile(rf"{_CJK}|{_LETTERS}(?:['’]{_LETTERS})*")
_DIFF_TOKEN = re.compile(rf"{_CJK}|{_LETTERS}(?:['’]{_LETTERS})*|\s+|[^\w\s]|_")


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

    Joining the parts that are not "added" gives `old`; joining those that are not "removed" gives `new`.
    """
    before, after = _DIFF_TOKEN.findall(old), _DIFF_TOKEN.findall(new)
    parts: list[DiffPart] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(DiffPart("same", "".join(before[a1:a2])))
            continue
        if a2 > a1:
            parts.append(DiffPart("removed", "".join(before[a1:a2])))
        if b2 > b1:
            parts.append(DiffPart("added", "".join(after[b1:b2])))
    return parts


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
