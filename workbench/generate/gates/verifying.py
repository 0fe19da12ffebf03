"""What the verifiers share: which of a draft's statements are its own, and how sure a wrong one is.

A verifier reads statements that can be right or wrong by themselves: sums, conversions of units, dates, identities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workbench.generate.candidate import Candidate
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample, Severity, Turn

Find = Callable[[str], Iterator[tuple[int, int, str]]]
"""(start, end, what is wrong) for each statement in a text that cannot be."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_END = re.compile(r"[.!?](?=\s|$)|[。！？\n]")
_DENIED = re.compile(
    r"\bnot\b|n['’]t\b|\b(?:instead|rather than|incorrect|wrong|mistake|mistaken|error|false|should (?:be|have))\b"
    r"|\b(?:pas|faux|fausse|erreur|au lieu|plutôt que|devrait)\b|不|错|误|应该|而非",
    re.IGNORECASE,
)


def first_mistake(
    name: str, find: Find, parent: Sample, candidate: Candidate, doubts: re.Pattern[str] | None = None
) -> Finding | None:
    """The first wrong statement that is the draft's own: a problem, or a warning where it is asked about or denied.

    What was wrong in the source already, and what was planned as a mistake, is not the draft's: nor is it where the
    same numbers come again in other words. Code is not read. Words of `doubts` in its turn make it a warning, too.
    """
    unsure: Finding | None = None
    for turn, start, end, message in _own(find, parent, candidate):
        doubted = doubts is not None and doubts.search(turn.content) is not None
        held = doubted or _held_at_a_distance(turn.content, start, end)
        severity: Severity = "warning" if held else "problem"
        found = Finding(name, 0.0, severity, message, turn=turn.id, start=start, end=end)
        if severity == "problem":
            return found
        unsure = unsure or found
    return unsure


def _own(find: Find, parent: Sample, candidate: Candidate) -> Iterator[tuple[Turn, int, int, str]]:
    planned = candidate.meta.get("mistakes", {})
    known: set[tuple[str, ...]] | None = None
    for turn in new_turns(parent, candidate):
        if turn.id in planned:
            continue
        for start, end, message in find(_without_code(turn.content)):
            if known is None:  # only where something is wrong is it worth the time
                known = {digits for text in _sources(parent, candidate) for digits in _wrong_in(find, text)}
            if _digits(turn.content[start:end]) not in known:
                yield turn, start, end, message


def _sources(parent: Sample, candidate: Candidate) -> Iterator[str]:
    """What the draft was made from and what it was told to say."""
    yield from (turn.content for turn in parent.turns)
    yield from (str(turn.extra["passage"].get("text", "")) for turn in parent.turns if "passage" in turn.extra)
    yield from (str(one.get("text", "")) for one in candidate.meta.get("passages", ()))
    yield str(candidate.meta.get("source_text", ""))
    planned = candidate.meta.get("mistakes", {})
    yield from map(str, planned.values())
    yield from (turn.content for turn in candidate.turns if turn.id in planned)


def _wrong_in(find: Find, text: str) -> Iterator[tuple[str, ...]]:
    yield from (_digits(text[start:end]) for start, end, _ in find(text))


def _digits(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+|(?<![A-Za-zÀ-ÿ])[a-z](?![A-Za-zÀ-ÿ])", text))


def _without_code(text: str) -> str:
    """The text with blanks where code stands, so that places stay."""
    return _CODE.sub(lambda match: " " * len(match.group()), text) if "`" in text else text


def _held_at_a_distance(text: str, start: int, end: int) -> bool:
    """Whether the sentence of a statement asks about it or denies it: "So you say that 6 + 4 = 8?"."""
    begins = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
    ends = _END.search(text, end)
    sentence = text[begins : ends.end() if ends else len(text)]
    return sentence.rstrip().endswith(("?", "？")) or _DENIED.search(sentence) is not None
