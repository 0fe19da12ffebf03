"""Gates on explanations, ``Turn.extra["explanation"]``: each claim points at words, no number comes from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.generate.candidate import Candidate
from workbench.generate.gates.facts import numbers
from workbench.generate.gates.named import checks
from workbench.generate.quoting import long_enough, passage_of, place_of, stands_at
from workbench.model import Finding, Sample, Turn

_RESULT = re.compile(r"\d\s*[-+−*×·x÷:/]\s*[^=\n]*?\d\s*%?\s*=\s*(?P<result>\d+(?:[.,]\d+)*)")
"""A sum that is written out: the verifier of arithmetic looks whether its result is right."""


@checks("quoted")
def quoted(parent: Sample, candidate: Candidate) -> Finding | None:
    """A claim without a quotation that stands in one turn up to the explained answer, or in the passage it rests on."""
    for turn, explanation, before in _explanations(candidate):
        claims = explanation.get("claims", ())
        if not claims:
            return Finding("quoted", 0.0, "problem", "names no words that it rests on", turn=turn.id)
        for claim in claims:
            if message := _unfounded(claim, before):
                value = str(claim.get("quote", ""))[:200]
                return Finding("quoted", 0.0, "problem", message, turn=turn.id, value=value)
    return None


@checks("sourced")
def numbers_sourced(parent: Sample, candidate: Candidate) -> Finding | None:
    """Numbers of an explanation that stand neither in what was said before nor in its source, nor result from a sum."""
    for turn, explanation, before in _explanations(candidate):
        results = [match.group("result") for match in _RESULT.finditer(turn.content)]
        known = [*(one.content for one in before), *map(passage_of, before), str(explanation.get("audience", ""))]
        given = numbers(Turn("", "user", text) for text in (*known, *results))
        if strange := sorted(set(numbers([turn])) - set(given)):
            message = f"numbers that stand nowhere before: {', '.join(strange[:5])}"
            return Finding("sourced", 0.4, "warning", message, turn=turn.id)
    return None


def _explanations(candidate: Candidate) -> Iterator[tuple[Turn, Mapping[str, Any], tuple[Turn, ...]]]:
    """Each explanation with its turn and what was said up to the answer that it explains."""
    for turn in candidate.turns:
        explanation = turn.extra.get("explanation")
        if explanation:
            ids = [one.id for one in candidate.turns]
            answer = explanation.get("of")
            yield turn, explanation, candidate.turns[: ids.index(answer) + 1] if answer in ids else ()


def _unfounded(claim: Mapping[str, Any], before: Sequence[Turn]) -> str:
    """What is wrong with the quotation of a claim; "" for nothing."""
    quote, message = str(claim.get("quote", "")), ""
    if not long_enough(quote):
        message = "quotes too few words to point at anything"
    elif place_of(quote, before) is None:
        message = "the words it quotes do not stand in the conversation or its source"
    elif not stands_at(quote, claim, before):
        message = "the words it quotes stand elsewhere by now"
    return message
