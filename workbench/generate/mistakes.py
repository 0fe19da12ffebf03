"""A plan of mistakes: which turn of the one who asks makes which, so that they lie evenly over what is new."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import GenerateError
from workbench.generate.drawing import spread
from workbench.model import Turn


def planned_mistakes(mistakes: Sequence[str], opening: Sequence[Turn], length: int) -> dict[int, str]:
    """Places (from 0) of the asker's turns behind an opening, up to `length` turns in all, with their mistakes.

    The mistakes keep their order. Raises `GenerateError` when the asker has fewer turns than there are mistakes.
    """
    first = len(opening) + 1 if opening and opening[-1].role == "user" else len(opening)
    places = list(range(first, length, 2))
    if len(mistakes) > len(places):
        hint = "more turns, or fewer mistakes"
        raise GenerateError(
            f"too few turns of the asker: {len(places)} for as many mistakes as {len(mistakes)}", hint=hint
        )
    return spread(mistakes, places)
