"""A fan: one conversation told in many ways, drawn evenly over what may vary, each apart from all before it.

Each variant is drawn by a Latin hypercube over the axes: every level of an axis is used equally often, in shuffled
combinations. It is made by `entity_swap`, `register`, `turn_structure` and `noise`, one after the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.alike import alike, shingles
from workbench.generate.candidate import Candidate
from workbench.generate.gates.facts import keeps_values
from workbench.generate.recipes.entity_swap import EntitySwapParams, entity_swap
from workbench.generate.recipes.noise import NoiseParams, noise
from workbench.generate.recipes.register import RegisterParams, register
from workbench.generate.recipes.turn_structure import TurnStructureParams, turn_structure
from workbench.model import Sample

TRIES = 40
"""Draws of one variant before it is given up."""

AS_IT_IS = "as it is"
LEVELS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("names", "cities", "amounts", "dates", "codes"), ("as they are", "others")),
    "register": (AS_IT_IS, "formal", "casual", "elderly", "child"),
    "structure": (AS_IT_IS, "back-channel", "clarification", "interruption"),
    "noise": ("light", "some", "more"),
}
"""What may vary, and in which ways."""

Levels = Mapping[str, str]
_ENTITIES = ("names", "cities", "contacts", "amounts", "dates", "codes")
_NO_ENTITIES = dict.fromkeys(_ENTITIES, False)
_RATES = {"light": 0.08, "some": 0.12, "more": 0.16}
"""Share of slips. Chinese has fewer places where one fits, so there it is more of them."""


@dataclass(slots=True)
class Fan:
    """The variants of one conversation so far.

    Attributes:
        parent: the conversation.
        keep: phrases that stay word for word.
        who: whose turns get the slips.
        cap: share of three-word sequences that any two may have in common.
    """

    parent: Sample
    keep: tuple[str, ...]
    who: str
    cap: float
    seen: list[frozenset[tuple[str, ...]]] = field(default_factory=list)

    def axes(self, wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The wanted axes with the levels that this conversation allows; an axis with one level is none."""
        axes: dict[str, tuple[str, ...]] = {}
        for name, levels in LEVELS.items():
            if name in wanted:
                possible = tuple(level for level in levels if self._possible(name, level))
                if len(possible) > 1:
                    axes[name] = possible
        return axes

    def apart(self, levels: Levels, rng: random.Random) -> tuple[Candidate, float] | None:
        """A variant with these levels and how alike it is to the nearest before it; None where none is under the cap.

        The conversation itself is one of those before it.
        """
        self.seen = self.seen or [shingles(self.parent.turns)]
        for _ in range(TRIES):
            candidate = self._made(levels, rng)
            if candidate is None:
                continue
            own = shingles(candidate.turns)
            nearest = max(alike(own, other) for other in self.seen)
            if nearest < self.cap:
                self.seen.append(own)
                return candidate, nearest
        return None

    def _possible(self, name: str, level: str) -> bool:
        if level.startswith("as "):
            return True
        return any(self._made({name: level}, random.Random(seed)) is not None for seed in range(6))

    def _made(self, levels: Levels, rng: random.Random) -> Candidate | None:
        """One draw with these levels; None when a step is impossible or what must stay is lost."""
        sample = self.parent
        chinese = (self.parent.language or "").startswith("zh")
        for make, chosen in _steps(levels, self.who, more=2.5 if chinese else 1.0):
            try:
                sample = replace(sample, turns=next(iter(make(sample, chosen, None, rng))).turns)
            except GenerateError:
                return None
        candidate = Candidate(sample.turns, meta={"keeps": list(self.keep)})
        return None if keeps_values(self.parent, candidate) else candidate


def plan(axes: Mapping[str, tuple[str, ...]], number: int, rng: random.Random) -> list[dict[str, str]]:
    """One level per axis and variant: along each axis all levels equally often, give or take one."""
    columns: dict[str, list[str]] = {}
    for name, levels in axes.items():
        column = [levels[at % len(levels)] for at in range(number)]
        rng.shuffle(column)
        columns[name] = column
    return [{name: column[at] for name, column in columns.items()} for at in range(number)]


def _steps(levels: Levels, who: str, *, more: float) -> Iterator[tuple[Callable[..., Iterator[Candidate]], Any]]:
    swapped = {name: True for name in _ENTITIES if levels.get(name) == "others"}
    if "codes" in swapped:
        swapped["contacts"] = True  # a telephone number gets one that belongs to nobody, not just other digits
    if swapped:
        yield entity_swap, EntitySwapParams(**{**_NO_ENTITIES, **swapped})
    if levels.get("register", AS_IT_IS) != AS_IT_IS:
        yield register, RegisterParams(register=levels["register"], who="user", least=0.0)
    if levels.get("structure", AS_IT_IS) != AS_IT_IS:
        yield turn_structure, TurnStructureParams(kind=levels["structure"], changes=2)
    if "noise" in levels:
        yield noise, NoiseParams(rate=_RATES[levels["noise"]] * more, who=who)
