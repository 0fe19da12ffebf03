"""Gates on role cards: what is private stays private, and nobody contradicts the numbers of their own card.

The cards are in ``meta["cards"]``: for each side its role, its private goal and what only it
knows. Words and numbers are compared, not meaning: a goal told in other words is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.generate.candidate import Candidate
from workbench.generate.gates.facts import numbers
from workbench.generate.gates.grounding import content_words
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample, Turn
from workbench.text import tokens

GRAM, GRAM_CHINESE = 6, 10
"""Words (Chinese: characters) in a row that are no chance any more."""

OTHER = {"user": "assistant", "assistant": "user"}
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|(?<=[。！？；])|\n+")
_SIGNS = str.maketrans({"€": " euro ", "$": " dollar ", "£": " pound ", "%": " percent ", "¥": " 元 ", "￥": " 元 "})


@checks("private")
def keeps_private(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn that states a private goal word for word, or says what only the other side knows."""
    cards = candidate.meta.get("cards", {})
    new = {turn.id for turn in new_turns(parent, candidate)}
    heard: list[Turn] = []
    unsure: Finding | None = None
    for turn in candidate.turns:
        if cards and turn.id in new and turn.role in OTHER:
            found = _leak(turn, cards, heard, str(candidate.meta.get("mistakes", {}).get(turn.id, "")))
            if found is not None and found.severity == "problem":
                return found
            unsure = unsure or found
        heard.append(turn)
    return unsure


@checks("own-card")
def true_to_card(parent: Sample, candidate: Candidate) -> Finding | None:
    """A number of a turn that stands where its own card has another one, about the same thing."""
    cards, mistakes = candidate.meta.get("cards", {}), candidate.meta.get("mistakes", {})
    new = {turn.id for turn in new_turns(parent, candidate)}
    asked = ""
    for turn in candidate.turns:
        knows = str(cards.get(turn.role, {}).get("knows", ""))
        if knows and turn.id in new and turn.id not in mistakes and (other := _contradiction(knows, turn, asked)):
            said, known = other
            message = f"says {said} where its own card says {known}"
            return Finding("own-card", 0.4, "warning", message, turn=turn.id)
        asked = turn.content
    return None


def _leak(turn: Turn, cards: Mapping[str, Mapping[str, str]], heard: Sequence[Turn], mistake: str) -> Finding | None:
    said_before = " \n ".join(one.content for one in heard)
    own, other = cards.get(turn.role, {}), cards.get(OTHER[turn.role], {})
    for goal in (own.get("goal", ""), other.get("goal", "")):
        if words := _in_common(turn.content, goal):
            return Finding("private", 0.0, "problem", "states a private goal", turn=turn.id, value=words)
    known = str(other.get("knows", ""))
    if (words := _in_common(turn.content, known)) and not _in_common(words, said_before):
        message = "says what only the other side knows"
        return Finding("private", 0.0, "problem", message, turn=turn.id, value=words)
    given = _numbers([said_before, mistake, *(str(text) for text in own.values())])
    if strange := sorted((_numbers([turn.content]) & _numbers([known])) - given):
        message = f"says a number that only the other side knows: {', '.join(strange[:5])}"
        return Finding("private", 0.3, "warning", message, turn=turn.id)
    return None


def _in_common(said: str, private: str) -> str:
    """The first stretch of words long enough to be no chance that stands in both; "" without one."""
    words, kept = tokens(said), tokens(private)
    chinese = sum(ord(word[0]) > 0x2E7F for word in kept) > len(kept) / 2
    gram = GRAM_CHINESE if chinese else GRAM
    known = {tuple(kept[at : at + gram]) for at in range(len(kept) - gram + 1)}
    stretches = (words[at : at + gram] for at in range(len(words) - gram + 1))
    found = next((one for one in stretches if tuple(one) in known), [])
    return ("" if chinese else " ").join(found)


def _numbers(texts: Iterable[str]) -> set[str]:
    """Numbers of more than one digit: "2" is said by anybody."""
    return {number for number in numbers([Turn("", "user", " ".join(texts))]) if len(number) > 1}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with the words beside it, which say what it counts."""

    number: str
    before: str
    after: str

    def like(self, other: _Amount) -> bool:
        same = (self.after and self.after == other.after) or (self.before and self.before == other.before)
        return bool(same) and self.number != other.number


def _contradiction(knows: str, turn: Turn, asked: str) -> tuple[str, str] | None:
    """What a turn says and what its card says instead, where both count the same of the same thing."""
    said, own = _amounts(turn.content), {one.number for one in _amounts(knows)}
    in_turn = {one.number for one in said}
    about = _about(f"{asked} {turn.content}")
    for sentence in filter(str.strip, _SENTENCE.split(knows)):
        for fact in _amounts(sentence):
            rest = _about(sentence) - {fact.number, fact.after, fact.before}
            if fact.number in in_turn or 2 * len(rest & about) < len(rest):
                continue
            for one in said:
                if one.number not in own and one.like(fact):
                    return one.number, fact.number
    return None


def _about(text: str) -> set[str]:
    return content_words(text.translate(_SIGNS)) | {one.number for one in _amounts(text)}


def _amounts(text: str) -> list[_Amount]:
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    found = []
    for match in re.finditer(r"\d+(?:[.,:]\d+)*", plain):
        before, after = plain[: match.start()].rstrip(" .,:;("), plain[match.end() :].lstrip(" .,:;)")
        number = next(iter(numbers([Turn("", "user", match.group())])))
        found.append(_Amount(number, _beside(before, -1), _beside(after, 0)))
    return found


def _beside(text: str, place: int) -> str:
    """The word (Chinese: character) at the end or the beginning of a text, as words are compared."""
    words = tokens(text[-40:] if place else text[:40])
    word = words[place] if words else ""
    return word.removesuffix("s")[:5] if word.isascii() and not word.isdigit() else word
