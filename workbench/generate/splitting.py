"""A text cut in two between its sentences, so that each part can be said by itself."""

from __future__ import annotations

import regex

from workbench.text import tokens

LEAST = 5
"""Words (in Chinese, characters) that each part of a cut text has at least."""

_BOUNDARY = regex.compile(
    r"(?<=\p{Ll}{2}[.!?]|[\p{Ll}’'] [!?]) (?=[\p{Lu}«])|(?<=\p{Han}[。！？])(?=[\p{Han}\p{Latin}“])"
)
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("（", "）"))


def two_parts(text: str) -> tuple[str, str] | None:
    """A text cut between two sentences, as near to its middle as can be; None where no cut is safe."""
    if not _closed(text):
        return None
    cuts: list[tuple[int, str, str]] = []
    for match in _BOUNDARY.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        whole = _closed(before) and not before.endswith(("?", "？"))
        if whole and min(len(tokens(before)), len(tokens(after))) >= LEAST:
            cuts.append((abs(len(before) - len(after)), before, after))
    return min(cuts)[1:] if cuts else None


def _closed(text: str) -> bool:
    """Whether every quotation mark and bracket that is opened is closed."""
    return text.count('"') % 2 == 0 and all(text.count(left) == text.count(right) for left, right in _PAIRS)
