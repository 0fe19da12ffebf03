"""Gates on facts: numbers, named values and what was said have to come out as they went in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from workbench.generate.base import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.rhythm import words_of_phrases
from workbench.model import Finding, Sample, Turn
from workbench.text import search_key, tokens

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_CHINESE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def numbers(turns: Iterable[Turn]) -> Counter[str]:
    """Every number of some turns, written one way: 1,200 and 1200 are the same, and so are full-width digits."""
    found: Counter[str] = Counter()
    for turn in turns:
        for match in _NUMBER.finditer(turn.content.translate(_CHINESE_DIGITS)):
            text = match.group()
            found[text.replace(",", "") if _GROUPED.match(text) else text.replace(",", ".")] += 1
    return found


@checks("numbers")
def keeps_numbers(parent: Sample, candidate: Candidate) -> Finding | None:
    """Numbers of the parent that are gone, or new ones that nobody said before.

    A new number is a problem, for it is a fact from nowhere. A missing one is a warning: it may be there in words.
    """
    before, after = numbers(parent.turns), numbers(candidate.turns)
    invented = sorted(set(after) - set(before))
    if invented:
        return Finding("numbers", 0.0, "problem", f"numbers nobody said before: {', '.join(invented[:5])}")
    lost = sorted(set(before) - set(after))
    if lost:
        return Finding("numbers", 0.5, "warning", f"numbers that are gone: {', '.join(lost[:5])}")
    return None


@checks("values")
def keeps_values(parent: Sample, candidate: Candidate) -> Finding | None:
    """The values a recipe promised to keep, ``meta["keeps"]``, that do not stand in the text (compared folded)."""
    text = search_key(" ".join(turn.content for turn in candidate.turns))
    missing = [str(value) for value in candidate.meta.get("keeps", ()) if search_key(str(value)) not in text]
    if not missing:
        return None
    return Finding("values", 0.0, "problem", f"not in the text any more: {', '.join(missing[:5])}")


@checks("nothing_lost")
def nothing_lost(parent: Sample, candidate: Candidate) -> Finding | None:
    """What each side said is still said, word for word and in order; what is new is a set phrase or said before."""
    for role in ("user", "assistant"):
        old = [word for turn in parent.turns if turn.role == role for word in tokens(turn.content)]
        new = iter([word for turn in candidate.turns if turn.role == role for word in tokens(turn.content)])
        lost = next((word for word in old if word not in new), None)
        if lost is not None and "merge" not in candidate.meta.get("structure", ()):
            return Finding("nothing_lost", 0.0, "problem", f"not said any more: {lost}")
    known = {word for turn in parent.turns for word in tokens(turn.content)}
    set_phrases = set(words_of_phrases())
    for turn in candidate.turns:
        strange = next((word for word in tokens(turn.content) if word not in known | set_phrases), None)
        if strange is not None:
            return Finding("nothing_lost", 0.0, "problem", f"said by nobody before: {strange}", turn=turn.id)
    return None
