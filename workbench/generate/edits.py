"""Edits of a text by place: proposed, chosen by seed, applied together. The rest stays byte for byte."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str
    kind: str = ""


_PROTECTED = regex.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\p{Latin}\d._:/#%€$£¥+°-]*\d(?:[\p{Latin}\d._:/#%€$£¥+°-]|(?<=\d),(?=\d))*|[{<\[][^}>\]]*[}>\]]",
    regex.IGNORECASE,
)


def protected(text: str) -> list[tuple[int, int]]:
    """Stretches that no edit may touch: addresses, anything with a digit, anything in brackets."""
    return [match.span() for match in _PROTECTED.finditer(text)]


def allowed(edits: Iterable[Edit], spans: Sequence[tuple[int, int]]) -> list[Edit]:
    """The edits that touch none of the spans."""
    return [edit for edit in edits if not any(edit.start < end and edit.end > start for start, end in spans)]


def choose(edits: Sequence[Edit], rate: float, rng: random.Random) -> list[Edit]:
    """Each edit with probability `rate`, never two that overlap, in order of place."""
    taken: list[Edit] = []
    end = -1
    for edit in sorted(edits, key=lambda item: (item.start, item.end, item.kind)):
        if rng.random() < rate and edit.start >= end and edit.start > (taken[-1].start if taken else -1):
            taken.append(edit)
            end = edit.end
    return taken


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    for edit in sorted(edits, key=lambda item: item.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
