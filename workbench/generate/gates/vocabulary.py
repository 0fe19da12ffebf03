"""The gates on words: whether what must be said is said, and how much lies outside a list of words to use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from workbench.generate.base import Gate
from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.generate.lemma import says, stem
from workbench.model import Finding, Sample, Severity, Turn
from workbench.text import percent, tokens

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
    message = f"{percent(share)} of the words are not in the list: {', '.join(strange)[:120]}"
    return Finding("vocabulary", 1 - share, "problem" if share > 2 * most else "warning", message)


def bounds(turns: Iterable[Turn], allowed: Iterable[str], language: str, most: float) -> dict[str, Any]:
    """What `inside_the_list` has to know: the share of other words and the first of them, and how many may be."""

    def own(word: str) -> str:
        return stem(word, language)

    known = {own(part) for word in allowed for part in tokens(word)}
    share, strange = outside_words((turn.content for turn in turns), known, own)
    return {"outside": round(share, 4), "strange": strange[:20], "most": most}


@checks("all_three")
def all_three(parent: Sample, candidate: Candidate) -> Finding | None:
    """A word of the triple that is not said in any form. Where one like it is said, a person looks.

    When all are said that is told as "info", with how much of the lists the run draws.
    """
    text = " ".join(turn.content for turn in candidate.turns)
    missing = [word for word in candidate.meta["words"]["triple"] if not says(text, word, candidate.language or "en")]
    if not missing and "drawn" not in candidate.meta["words"]:  # made before this was told
        return None
    if not missing:
        drawn, possible, covered = (candidate.meta["words"][name] for name in ("drawn", "possible", "covered"))
        message = (
            f"all three are said; the run draws {drawn:,} of {possible:,} triples and {percent(covered)} of the words"
        )
        return Finding("all_three", 1.0, "info", message)
    begun = {word[:4] for word in tokens(text)}
    unsure = all(any(part[:4] in begun for part in tokens(word) if len(part) >= 4) for word in missing)
    severity: Severity = "warning" if unsure else "problem"
    return Finding("all_three", 1 - len(missing) / 3, severity, f"not said: {', '.join(missing)}")


@checks("vocabulary")
def inside_the_list(parent: Sample, candidate: Candidate) -> Finding | None:
    """More words outside the list than were allowed."""
    words = candidate.meta["words"]
    return too_many(words["outside"], words["strange"], words["most"]) if "outside" in words else None
