"""Self-agreement: what somebody answers when the same question comes again, the first answer hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.label.answers import CANNOT_SAY
from workbench.model import TagValue


@dataclass(frozen=True, slots=True)
class Repeat:
    """One question asked twice of the same person."""

    sample: str
    scheme: str
    before: TagValue
    again: TagValue


@dataclass(frozen=True, slots=True)
class SelfAgreement:
    """How far somebody agrees with themselves on one scheme.

    `percent` and `kappa` (Cohen's) are None where they are not defined: nothing to compare, or always one answer.
    `left_out` pairs hold a "cannot say".
    """

    scheme: str
    pairs: int
    left_out: int
    percent: float | None
    kappa: float | None
    differing: tuple[Repeat, ...]


def self_agreement(scheme: str, repeats: Sequence[Repeat]) -> SelfAgreement:
    """Percent of equal answers and Cohen's kappa (1960) of first against second answers; 1 is perfect, 0 chance."""
    compared = [repeat for repeat in repeats if CANNOT_SAY not in (repeat.before, repeat.again)]
    same = sum(repeat.before == repeat.again for repeat in compared)
    return SelfAgreement(
        scheme,
        len(compared),
        len(repeats) - len(compared),
        100 * same / len(compared) if compared else None,
        cohen_kappa([(repeat.before, repeat.again) for repeat in compared]),
        tuple(repeat for repeat in compared if repeat.before != repeat.again),
    )


def cohen_kappa(pairs: Sequence[tuple[TagValue, TagValue]]) -> float | None:
    """Cohen's kappa of pairs of answers, unweighted; None when it is not defined."""
    if not pairs:
        return None
    size = len(pairs)
    observed = sum(one == other for one, other in pairs) / size
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[value] * second[value] for value in first) / size**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
