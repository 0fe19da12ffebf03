"""The gate on words: how much of a text lies outside a list of words it may use."""

from __future__ import annotations

from collections.abc import Callable, Collection

from workbench.generate.base import Candidate, Gate
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample
from workbench.text import tokens

Stem = Callable[[str], str]


def vocabulary(allowed: Collection[str], *, outside: float = 0.1, stem: Stem = str) -> Gate:
    """A gate that lets at most the share `outside` (0 to 1) of the words be others than the `allowed` ones.

    `stem` brings a word to the form the list has (see `workbench.generate.lemma`).
    """
    known = {stem(word) for word in allowed}

    def gate(parent: Sample, candidate: Candidate) -> Finding | None:
        words = [word for turn in new_turns(parent, candidate) for word in tokens(turn.content)]
        strange = [word for word in words if not word.isdigit() and stem(word) not in known]
        share = len(strange) / len(words) if words else 0.0
        if share <= outside:
            return None
        shown = ", ".join(dict.fromkeys(strange))
        message = f"{share:.0%} of the words are not in the list: {shown[:120]}"
        return Finding("vocabulary", 1 - share, "problem" if share > 2 * outside else "warning", message)

    return gate
