"""How high a sample stands in the data pyramid, by what is known about it: it moves up only through named gates.

Raw text at the bottom; written questions and answers, orders by people and by machines in the middle; at the top exact
knowledge, which needs a source for every answer, an expert's signature, and all three qualities.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.label.answers import CANNOT_SAY
from workbench.model import Generated, Sample, Tag, Written

TIERS = ("raw", "machine-ranked", "question-answer", "human-ranked", "knowledge")
"""From the bottom to the top, as the scheme "tier" names them."""

NATURAL = 4
"""Least naturalness, of 5, at the top."""

TOP = ("source", "signed", "natural", "compliant")
"""The gates to the top: a source for every answer, signed as right by a person, natural, in order."""


@dataclass(frozen=True, slots=True)
class Place:
    """The highest tier a sample may claim, the gates it passed, and those to the top that it did not."""

    tier: str
    passed: tuple[str, ...]
    missing: tuple[str, ...]


def placed(sample: Sample, tags: Iterable[Tag], *, ranked: bool = False, scored: bool = False) -> Place:
    """Where a sample stands. `ranked`: people put it in order among others; `scored`: a machine gave it a score."""
    own = [tag for tag in tags if not tag.machine and tag.turn is None and tag.value != CANNOT_SAY]
    gates = {
        "source": _sourced(sample),
        "signed": _all_say(own, "correctness", "right"),
        "natural": _natural(own),
        "compliant": _all_say(own, "compliance", "ok"),
        "ranked by people": ranked,
        "written": _written(sample),
        "scored": scored,
    }
    if all(gates[name] for name in TOP):
        tier = "knowledge"
    elif ranked:
        tier = "human-ranked"
    elif gates["written"]:
        tier = "question-answer"
    else:
        tier = "machine-ranked" if scored else "raw"
    passed = tuple(name for name, holds in gates.items() if holds)
    return Place(tier, passed, tuple(name for name in TOP if not gates[name]))


def above(claimed: str, place: Place) -> bool:
    """Whether somebody placed a sample higher than its gates allow."""
    return claimed in TIERS and TIERS.index(claimed) > TIERS.index(place.tier)


def _sourced(sample: Sample) -> bool:
    """Every answer points at its passage, carries its proof, or says that the document does not tell."""
    answers = [turn.extra for turn in sample.turns if turn.role == "assistant"]
    return bool(answers) and all(
        extra.get("grounds") or extra.get("proof") or extra.get("answerable") is False for extra in answers
    )


def _all_say(tags: list[Tag], scheme: str, value: str) -> bool:
    said = [tag.value for tag in tags if tag.scheme == scheme]
    return bool(said) and all(answer == value for answer in said)


def _natural(tags: list[Tag]) -> bool:
    said = [str(tag.value) for tag in tags if tag.scheme == "naturalness"]
    return bool(said) and all(answer.isdigit() and int(answer) >= NATURAL for answer in said)


def _written(sample: Sample) -> bool:
    """A question and an answer that a person wrote, or went over word by word."""
    roles = {turn.role for turn in sample.turns}
    origin = sample.origin
    by_person = isinstance(origin, Written) or (isinstance(origin, Generated) and origin.edited_by is not None)
    return {"user", "assistant"} <= roles and (by_person or sample.revision > 1)
