"""Gates on facts: numbers, named values and what was said have to come out as they went in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.mentions import exchanged
from workbench.generate.rhythm import is_back_channel, words_of_phrases
from workbench.generate.values import fixed_values, in_words, lost_values
from workbench.model import Finding, Sample, Turn
from workbench.text import search_key, tokens

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_UNIT = re.compile(r"[\s\u00a0-]?([€$£¥%]|[^\W\d_]+)")
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

    A new number is a problem, for it is a fact from nowhere. A missing one, or one said less often, is a warning, and
    so are numbers of one thing that have changed places ("59 euros for Ann and 20 euros for Bo").
    """
    before, after = numbers(parent.turns), numbers(candidate.turns)
    said_before, said = parent.text, " ".join(turn.content for turn in candidate.turns)
    invented = sorted(number for number in set(after) - set(before) if not in_words(number, said_before))
    if invented:
        return Finding("numbers", 0.0, "problem", f"numbers nobody said before: {', '.join(invented[:5])}")
    lost = sorted(number for number in before - after if not in_words(number, said))
    if lost:
        return Finding("numbers", 0.5, "warning", f"numbers that are gone: {', '.join(lost[:5])}")
    moved = _moved(_by_unit(parent.turns), _by_unit(candidate.turns))
    if moved:
        return Finding("numbers", 0.5, "warning", f"numbers that have changed places: {', '.join(moved[:5])}")
    return None


def _by_unit(turns: Iterable[Turn]) -> dict[str, list[str]]:
    """The numbers of some turns in order, by the word or sign that says of what they are: a currency, "nights"."""
    found: dict[str, list[str]] = {}
    for turn in turns:
        text = turn.content.translate(_CHINESE_DIGITS)
        for match in _NUMBER.finditer(text):
            after = _UNIT.match(text, match.end())
            unit = after[1].lower() if after else text[max(0, match.start() - 1) : match.start()].strip()
            found.setdefault(unit, []).append(match.group())
    return found


def _moved(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    for unit, old in before.items():
        said = iter(new := after.get(unit, []))
        if Counter(old) <= Counter(new) and not all(number in said for number in old):
            return old
    return []


@checks("values_kept")
def facts_kept(parent: Sample, candidate: Candidate) -> Finding | None:
    """In other words of one language: a value that is gone from its turn, or another month, weekday or currency.

    Numbers may be said in words.
    """
    before = {turn.id: turn.content for turn in parent.turns if turn.role != "tool"}
    for turn in candidate.turns:
        old = before.get(turn.id, "")
        lost = [value for value in lost_values(fixed_values(old), turn.content) if not in_words(value, turn.content)]
        if lost:
            message = f"not kept in this turn: {', '.join(lost[:5])}"
            return Finding("values_kept", 0.0, "problem", message, turn=turn.id, value=lost[0])
        if other := exchanged(old, turn.content):
            was, other_one = other
            message = f"{was} became {other_one} in this turn"
            return Finding("values_kept", 0.0, "problem", message, turn=turn.id, value=was)
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
    ids = {turn.id for turn in candidate.turns} if "merge" in candidate.meta.get("structure", ()) else set()
    # Between two turns that became one only a sound of listening goes.
    kept = [turn for turn in parent.turns if not ids or turn.id in ids or not is_back_channel(turn.content)]
    for role in ("user", "assistant"):
        old = [word for turn in kept if turn.role == role for word in tokens(turn.content)]
        new = iter([word for turn in candidate.turns if turn.role == role for word in tokens(turn.content)])
        lost = next((word for word in old if word not in new), None)
        if lost is not None:
            return Finding("nothing_lost", 0.0, "problem", f"not said any more: {lost}")
    known = {word for turn in parent.turns for word in tokens(turn.content)}
    set_phrases = set(words_of_phrases())
    for turn in candidate.turns:
        strange = next((word for word in tokens(turn.content) if word not in known | set_phrases), None)
        if strange is not None:
            return Finding("nothing_lost", 0.0, "problem", f"said by nobody before: {strange}", turn=turn.id)
    return None
