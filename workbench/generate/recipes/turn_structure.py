"""`turn_structure`: the same conversation in another rhythm: turns split or joined, a question back, an interruption.

Nothing that was said is lost and nothing is said that is new in substance: what is added are set phrases, and what a
person said herself. Speakers go on taking turns; a turn's first part keeps its id. No model.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.drawing import Distinct
from workbench.generate.gates.facts import keeps_numbers, nothing_lost
from workbench.generate.inputs import choice, whole
from workbench.generate.rhythm import LANGUAGES
from workbench.generate.turn_taking import KINDS, Change, changed, possible_changes
from workbench.llm.base import ChatModel
from workbench.model import Sample

TRIES = 30
"""Draws of one variant before it is given up."""


@dataclass(frozen=True, slots=True)
class TurnStructureParams:
    """What a person can set."""

    kind: str = choice("What changes", "one kind, or any of them", default="any", of=("any", *KINDS))
    changes: int = whole("Changes", "at most, in each sample", default=1, least=1, most=5)
    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=20)


def turn_structure(
    parent: Sample, params: TurnStructureParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Find every place where a change is safe; draw some that do not touch each other."""
    language = (parent.language or "").split("-")[0].lower()
    if language not in LANGUAGES:
        raise GenerateError("there are no phrases for this language", hint="English, French and Chinese have them")
    possible = [one for one in possible_changes(parent, language) if params.kind in ("any", one.kind)]
    if not possible:
        raise GenerateError("there is no turn that can be changed so safely", hint="choose another kind of change")
    variants = Distinct()
    for _ in range(params.variants):
        new = variants.drawn(lambda: _drawn(parent, possible, params.changes, rng), TRIES)
        if new is None:
            raise GenerateError("there are no more different variants", hint="allow more changes")
        yield new


def _drawn(parent: Sample, possible: list[Change], most: int, rng: random.Random) -> Candidate:
    """The conversation with up to so many changes, every kind that is possible as likely as the others."""
    kinds = sorted({one.kind for one in possible})
    taken: list[Change] = []
    for _ in range(most):
        kind = rng.choice(kinds)
        free = [one for one in possible if one.kind == kind and all(one.apart(other) for other in taken)]
        if free:
            taken.append(rng.choice(free))
    return Candidate(changed(parent, taken, rng), group=parent.id, meta={"structure": [one.kind for one in taken]})


TURN_STRUCTURE = Recipe(
    name="turn_structure",
    version="2",
    purpose="vary",
    title="Another rhythm of turns",
    explanation=(
        "Changes who speaks when, not what is said: a long turn is split by a sound of listening, a sentence is asked "
        "for again, somebody is interrupted and goes on, two turns become one. Use it so that conversations are not "
        "all tidy question and answer. English, French, Chinese; it needs no model."
    ),
    make=turn_structure,
    params=TurnStructureParams,
    keeps=("everything that was said, word for word", "who says it", "that speakers take turns"),
    varies=("number and length of turns", "sounds of listening", "questions back", "interruptions"),
    gates=(keeps_numbers, nothing_lost),
    example={"changes": 2},
)
