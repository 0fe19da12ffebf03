"""The gate on planned mistakes: the one who learns makes it, and neither denies it nor takes it back in the same turn.

Numbers are compared as whole tokens (2/5 is not found in 12/5, nor in 2 and 5), words by their stems. What only may be
the mistake (its result alone, numbers in words, a denial or a correction beside it) is left to a person.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from workbench.generate.candidate import Candidate
from workbench.generate.gates.grounding import content_words
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample

Shown = Literal["made", "unsure", "missing"]

MADE, UNSURE = 0.75, 0.34
"""Shares of a mistake's content words in a turn from which on it is made, and from which on it may be."""

_FRACTION = re.compile(r"\\[dt]?frac\{(\d+)\}\{(\d+)\}")
_NUMBER = re.compile(r"\d+(?:(?:[.,:]|\s?/\s?)\d+)*%?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_IN_WORDS = re.compile(
    r"\b(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|"
    r"demie?s?|tiers|quarts?|cinquièmes?|sixièmes?|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|vingt|cent)\b"
    r"|[一二两三四五六七八九十百]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|(?<=[。！？；])|\n+")
_TAG = re.compile(
    r",?\s*\b(?:is|are|does|do|did|has|have|was|were|would|can|could|will)n['’]t\s+(?:it|they|that|he|she|you|we|i)\s*\?"
    r"|\bn['’]est-ce pas\b|\bpas vrai\b|,\s*(?:non|no|not)\s*\?|不是吗|(.)不\1|没错|不错|不过|差不多|没问题|非常|未来",
    re.IGNORECASE,
)
"""Questions at the end and set words that say no in form only."""

_DENIES = re.compile(
    r"\b(?:not|no|never|nope|cannot|neither|nor|non|pas|jamais|aucune?)\b|\b\w+n['’]t\b|[不没非未]", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"^\W*(?:no|nope|non)\b|^\W*(?:不对|不是|不，)|"
    r"\b(?:wait|actually|i mean|or rather|rather|correction|my mistake|instead|"
    r"should be|really|in fact|wrong|false|incorrect|attends|attendez|en fait|plutôt|je me trompe|faux|fausse|au lieu|"
    r"je me suis trompée?|je veux dire)\b|"
    r"\b(?:but|mais)\b[^.!?]*\d|但[^。！？]*\d|其实|应该是|错|等等|更正",
    re.IGNORECASE,
)


@checks("planned-mistake")
def mistake_made(parent: Sample, candidate: Candidate) -> Finding | None:
    """A planned mistake that is not made, or that is denied or corrected as soon as it is said.

    One that does not show is a problem, for the plan was not kept; while the conversation is still run turn by turn
    (``meta["unfinished"]``) it is told to the person who runs it, who can have the turn made again.
    """
    planned = dict(candidate.meta.get("mistakes", {}))
    severity = "warning" if candidate.meta.get("unfinished") else "problem"
    unsure: Finding | None = None
    for turn in new_turns(parent, candidate):
        mistake = str(planned.pop(turn.id, ""))
        state = shown(mistake, turn.content) if mistake else "made"
        if state == "missing":
            return _missing(mistake, severity, turn.id)
        if state == "unsure" and unsure is None:
            message = f"look whether the planned mistake is really made: {mistake}"
            unsure = Finding("planned-mistake", 0.5, "warning", message, turn=turn.id)
    if planned:
        return _missing(str(next(iter(planned.values()))), severity, None)
    return unsure


def shown(mistake: str, said: str) -> Shown:
    """Whether a turn makes a mistake."""
    wanted = _numbers(mistake)
    state = _by_numbers(wanted, said) if wanted else _by_words(mistake, said)
    if state == "missing":
        return state
    place, after = _around(wanted[-1] if wanted else "", mistake, said)
    place = _TAG.sub(" ", place)
    denied = bool(_DENIES.search(place)) != bool(_DENIES.search(_TAG.sub(" ", mistake)))
    taken_back = any(_CORRECTS.search(sentence) for sentence in after) or bool(_CORRECTS.search(place))
    return "unsure" if denied or taken_back else state


def _missing(mistake: str, severity: str, turn: str | None) -> Finding:
    message = f"the planned mistake does not show: {mistake}"
    return Finding("planned-mistake", 0.0, severity, message, turn=turn)  # type: ignore[arg-type]


def _numbers(text: str) -> list[str]:
    """The numbers of a text in order, each written one way: fractions with a slash, 1,200 as 1200, 3,5 as 3.5."""
    plain = unicodedata.normalize("NFKC", _FRACTION.sub(r"\1/\2", text)).replace("⁄", "/")
    found = (re.sub(r"\s", "", match.group()) for match in _NUMBER.finditer(plain))
    return [one.replace(",", "") if _GROUPED.fullmatch(one) else one.replace(",", ".") for one in found]


def _by_numbers(wanted: list[str], said: str) -> Shown:
    """A mistake in numbers is made by all of them; its last one alone is likely its result."""
    known = set(_numbers(said))
    if set(wanted) <= known:
        return "made"
    return "unsure" if wanted[-1] in known or (not known and _IN_WORDS.search(said)) else "missing"


def _by_words(mistake: str, said: str) -> Shown:
    share = _share(mistake, said)
    return "made" if share >= MADE else "unsure" if share >= UNSURE else "missing"


def _share(mistake: str, said: str) -> float:
    wanted = _units(mistake)
    return len(wanted & _units(said)) / len(wanted) if wanted else 1.0


def _units(text: str) -> set[str]:
    """Content words; of Chinese also the pairs of characters, for single ones stand in many words."""
    characters = re.findall(r"[\u3400-\u9fff]+", text)
    pairs = {run[at : at + 2] for run in characters for at in range(len(run) - 1)}
    return pairs | {word for word in content_words(text) if not pairs or word.isascii()}


def _around(result: str, mistake: str, said: str) -> tuple[str, list[str]]:
    """The sentence that says the mistake (or its result), and those after it."""
    sentences = [one for one in _SENTENCE.split(said) if one.strip()] or [said]
    fits = [result in _numbers(one) if result else _share(mistake, one) for one in sentences]
    at = fits.index(max(fits))
    return sentences[at], sentences[at + 1 :]
