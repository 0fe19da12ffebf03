"""Candidates of one request beside each other: which of them say nearly the same, so that comparing them is no use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from workbench.model import Turn
from workbench.text import tokens

SHORTEST = 5
"""Words below which two answers are alike by chance: "Yes, until six." and "Yes, until five."."""

MOST = 64
"""Candidates of one group that are remembered: the thousandth costs what the first ones did."""

BY_LETTER = 600
"""Letters up to which texts are compared letter by letter, longer ones word by word."""


class InGroup:
    """The texts of the candidates of a run, by group; each is compared with those before it."""

    def __init__(self) -> None:
        self._groups: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)

    def remember(self, row: int, group: str, turns: Iterable[Turn]) -> None:
        """Keep what a candidate says for those that come after it."""
        if group and len(self._groups[group]) < MOST:
            self._groups[group].append((row, tuple(turn.content for turn in turns)))

    def nearest(self, row: int, group: str, turns: Iterable[Turn], source: Iterable[Turn]) -> tuple[int, float] | None:
        """(row, share from 0 to 1) of the most similar other candidate of the group; what the source says is left out.

        The share is the ratio of Ratcliff and Obershelp: twice what is common by the length of both.
        """
        known = {turn.content for turn in source}
        own = _said((turn.content for turn in turns), known)
        if len(tokens(own)) < SHORTEST:
            return None
        shares = [
            (_alike(own, _said(texts, known)), -other) for other, texts in self._groups.get(group, ()) if other != row
        ]
        if not shares:
            return None
        share, other = max(shares)
        return -other, share


def _said(texts: Iterable[str], known: set[str]) -> str:
    return " ".join(text for text in texts if text not in known)


def _alike(one: str, other: str) -> float:
    first: Sequence[str] = one if max(len(one), len(other)) <= BY_LETTER else tokens(one)
    second: Sequence[str] = other if first is one else tokens(other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
