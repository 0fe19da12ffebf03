"""Problems from facts and rules: a conclusion with the premises it needs, and its twin that lacks one of them.

Deleting a premise that is necessary makes a problem of the same form whose right answer is that nothing can be
concluded.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.proof.engine import Rule, Step, follows, minimal_premises, proof
from workbench.proof.wording import Wording


@dataclass(frozen=True, slots=True)
class Problem:
    """What is known, and a conclusion that follows from it, or does not because the fact `missing` was taken away."""

    facts: tuple[str, ...]
    rules: tuple[Rule, ...]
    conclusion: str
    missing: str | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The inferences that prove the conclusion; none where it does not follow."""
        return tuple(proof(self.facts, self.rules, self.conclusion))

    def said(self, words: Wording, way: int) -> tuple[str, str]:
        """The question and its answer, in one of the ways that a language has."""
        question = words.question(self.facts, self.rules, self.conclusion, way)
        if self.missing is None:
            return question, words.proved(self.steps, self.conclusion, way)
        return question, words.open(self.conclusion, self.missing, way)

    def record(self) -> dict[str, Any]:
        """The proof as it travels with the answer: plain values."""
        return {
            "follows": self.missing is None,
            "conclusion": self.conclusion,
            "steps": [[*step.premises, step.rule.text, step.conclusion] for step in self.steps],
            **({"missing": self.missing} if self.missing else {}),
        }


def posed(
    facts: Sequence[str], rules: Sequence[Rule], conclusion: str, others: int, rng: random.Random, *, twin: bool
) -> Problem:
    """The needed facts (but one, for a twin) among others, in any order, with the rules that are used and one more.

    Args:
        facts: all that are true.
        rules: all that hold.
        conclusion: what follows from them.
        others: how many facts that are not needed stand beside; for a twin, none that would make up for the lost one.
        rng: chooses.
        twin: whether one necessary fact is left out.
    """
    needed = minimal_premises(facts, rules, conclusion)
    missing = rng.choice(needed) if twin else None
    kept = [fact for fact in needed if fact != missing]
    spare = [fact for fact in facts if fact not in needed]
    for fact in rng.sample(spare, min(others, len(spare))):
        if not (twin and follows([*kept, fact], rules, conclusion)):
            kept.append(fact)
    used = list(dict.fromkeys(step.rule for step in proof(needed, rules, conclusion)))
    idle = [rule for rule in rules if rule not in used]
    shown = [*used, *rng.sample(idle, min(1, len(idle)))]
    return Problem(tuple(rng.sample(kept, len(kept))), tuple(rng.sample(shown, len(shown))), conclusion, missing)
