"""Pairs of a better and a worse answer, proposed from a model's scores: advice, beside a person's own order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from workbench.generate.candidate import Candidate
from workbench.text import tokens

SAME_LENGTH = 1.3
"""Largest ratio of lengths in words at which two answers count as equally long."""


class Wanted(Protocol):
    """What a pair has to be: the better one good enough, the worse one so far below, and about as long if wanted."""

    @property
    def least(self) -> float:
        """Score of the better one, 0 to 4."""

    @property
    def margin(self) -> float:
        """Score between the two."""

    @property
    def same_length(self) -> bool:
        """Whether both have to be about equally long, so that a pair does not teach that longer is better."""


def with_pair(made: Sequence[Candidate], wanted: Wanted) -> Iterator[Candidate]:
    """The answers, two of them marked as the pair that the scores propose, where there is one."""
    scores = [one.meta.get("machine", {}).get("score") for one in made]
    pair = proposed_pair(scores, [len(tokens(one.turns[-1].content)) for one in made], wanted)
    for place, one in enumerate(made):
        if pair and place in pair:
            part = {"pair": "chosen" if place == pair[0] else "rejected"}
            yield replace(one, meta={**one.meta, "machine": {**one.meta["machine"], **part}})
        else:
            yield one


def proposed_pair(scores: Sequence[float | None], words: Sequence[int], wanted: Wanted) -> tuple[int, int] | None:
    """Places of a better and a worse answer: good enough, far enough apart and, if wanted, about equally long.

    Of all that fit, the pair that is furthest apart; None when none fits.
    """
    fitting = [
        (high - low, -better, -worse)
        for better, high in enumerate(scores)
        for worse, low in enumerate(scores)
        if high is not None and low is not None and high >= wanted.least and high - low >= max(wanted.margin, 1e-9)
        if not wanted.same_length
        or max(words[better], words[worse]) <= SAME_LENGTH * max(1, min(words[better], words[worse]))
    ]
    if not fitting:
        return None
    _, better, worse = max(fitting)
    return -better, -worse
