"""The gate on words: how much of a text lies outside a list of words it may use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from workbench.generate.base import Candidate, Gate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample
from workbench.text import tokens

Stem = Callable[[str], str]


def vocabulary(allowed: Collection[str], *, outside: float = 0.1, stem: Stem = str) -> Gate:
    """A gate that lets at most the share `outside` (0 to 1) of the words be others than the `allowed` ones.

    `stem` brings a word to the form the list has (see `workbench.generate.lemma`).
    """
    known = {stem(word) for word in allowed}

    @checks("vocabulary")
    def gate(parent: Sample, candidate: Candidate) -> Finding | None:
        share, strange = outside_words((turn.content for turn in new_turns(parent, candidate)), known, stem)
        return too_many(share, strange, outside)

    return gate


def outside_words(texts: Iterable[str], known: Collection[str], stem: Stem) -> tuple[float, list[str]]:
    """The share (0 to 1) of words whose stem is not `known`, and those words, each once; numbers are no words."""
    words = [word for text in texts for word in tokens(text)]
    strange = [word for word in words if not word.isdigit() and stem(word) not in known]
    return (len(strange) / len(words) if words else 0.0), list(dict.fromkeys(strange))


def too_many(share: float, strange: Iterable[str], most: float) -> Finding | None:
    """What is found when a larger share than `most` lies outside: a problem from twice as much on."""
    if share <= most:
        return None
    message = f"{share:.0%} of the words are not in the list: {', '.join(strange)[:120]}"
    return Finding("vocabulary", 1 - share, "problem" if share > 2 * most else "warning", message)
