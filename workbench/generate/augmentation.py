"""Data augmentation, proved: do variants of rare texts help to find real ones that were held out?

A small classifier (`workbench.generate.recall`) learns from the real ones alone, from them with as many mere copies,
and from them with the variants. Only variants that find more than both are worth having.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.recall import Recall, by_chance, halves, recall


@dataclass(frozen=True, slots=True)
class Texts:
    """Those of the rare kind that may be learnt from and the ones held out, and all of the common kind."""

    rare: Sequence[str]
    held_out: Sequence[str]
    common: Sequence[str]


def proved_gain(texts: Texts, variants: Sequence[str], rng: random.Random) -> dict[str, Any]:
    """Recall on the held-out real ones, under "real", "copies" and "variants", and how likely by chance the gain is.

    Half of the common ones, drawn at random, are held out too. Raises `GenerateError` that says in words what each of
    the three finds, when the variants do not find the most; and when there is nothing common to tell them apart from.
    """
    first, second = halves(texts.common, rng)
    others, asked_others = [texts.common[place] for place in first], [texts.common[place] for place in second]
    if not others:
        raise GenerateError("the whole selection is of that kind", hint="select common ones too, to tell them apart")
    seeds = list(texts.rare)
    copies = [*seeds, *(seeds[place % len(seeds)] for place in range(len(variants)))]
    found: dict[str, Recall] = {
        name: recall(known, others, texts.held_out, asked_others)
        for name, known in (("real", seeds), ("copies", copies), ("variants", [*seeds, *variants]))
    }
    real, copied, new = found["real"], found["copies"], found["variants"]
    if new.found <= max(real.found, copied.found):
        alone, mere, told = real.found, copied.found, new.found
        raise GenerateError(
            f"more of them would not help: real ones found, of {real.of} held out: {alone} without them, "
            f"{mere} with mere copies, {told} with the variants",
            hint="collect real ones instead, or switch the proof off",
        )
    chance = max(by_chance(new, real), by_chance(new, copied))
    return {**{name: one.as_dict() for name, one in found.items()}, "by_chance": round(chance, 4)}
