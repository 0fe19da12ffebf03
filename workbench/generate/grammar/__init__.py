"""A small grammar of conversations: who says what in which order, in which ways, with which values.

``@slot day`` is followed by its values, one a line; ``@slot exam (a, the)`` by values in several forms, divided by
`` / ``. ``@user ask`` and ``@assistant offer`` are acts, followed by the ways to say them; ``@flow booked`` by acts in
their order. In an utterance ``{day}`` is a value in its first form, ``{exam.the}`` in another, ``{day2}`` another value
of the same slot; ``[please]`` may be left out, and of ``[hello|hi]`` one is said. An utterance in quotation marks is
taken as somebody said it: the values of slots that stand in it are recognised. ``#`` begins a comment.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from workbench.generate.grammar.base import Act, Grammar, Said, Slot
from workbench.generate.grammar.reading import read_grammar, recognised
from workbench.generate.grammar.saying import drawn_values, say

__all__ = [
    "LANGUAGES",
    "Act",
    "Grammar",
    "Said",
    "Slot",
    "built_in",
    "drawn_values",
    "read_grammar",
    "recognised",
    "say",
]

LANGUAGES = ("en", "fr", "zh")


@cache
def built_in(language: str) -> Grammar:
    """The grammar of appointments at a health centre, in one of `LANGUAGES`."""
    return read_grammar(files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8"))
