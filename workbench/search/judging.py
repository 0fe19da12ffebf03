"""How one value is judged by a test: by patterns for texts, by spans for numbers, dates and ranks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np

from workbench.model import TagScheme
from workbench.search.binding import Test
from workbench.search.codes import Array, Mask
from workbench.search.patterns import Pattern
from workbench.search.values import Span, ordinal_ranks


def any_of(patterns: Iterable[Pattern]) -> Callable[[str], bool]:
    """Whether a text fits one of the patterns."""
    wanted = tuple(patterns)
    return lambda text: any(pattern.matches(text) for pattern in wanted)


def in_spans(values: Array, spans: tuple[Span, ...]) -> Mask:
    """Which whole numbers lie in one of the spans."""
    found = np.zeros(len(values), dtype=np.bool_)
    for low, high in spans:
        part = np.ones(len(values), dtype=np.bool_)
        if math.isfinite(low):
            part &= values >= math.ceil(low)
        if math.isfinite(high):
            part &= values <= math.floor(high)
        found |= part
    return found


def tag_test(test: Test) -> Callable[[str], bool]:
    """How the test of a tag scheme judges one answer's text."""
    if test.spans and test.field.scheme is not None:
        ranked, plain = _spans_test(test.field.scheme, test.spans), any_of(test.patterns)
        return lambda text: ranked(text) or plain(text)
    return any_of(test.patterns)


def _spans_test(scheme: TagScheme, spans: tuple[Span, ...]) -> Callable[[str], bool]:
    """Whether a value of an ordinal scheme lies in one of the spans; values that are no rank never do."""
    ranks = ordinal_ranks(scheme)
    if spans == ((-math.inf, math.inf),):
        return lambda text: True

    def passes(text: str) -> bool:
        try:
            rank = ranks[text.casefold()] if ranks else float(text)
        except (KeyError, ValueError):
            return False
        return any(low <= rank <= high for low, high in spans)

    return passes
