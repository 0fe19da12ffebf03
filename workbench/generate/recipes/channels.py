"""What a channel does to a conversation: slips, speech recognition, interruptions, a message that is cut off.

All of it is done to a finished text, so that what was done is known exactly. A second language mixed in is the one
that has to be written: it is asked of the model.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from workbench.errors import InvalidInput
from workbench.generate.recipes.noise import NoiseParams, noise
from workbench.generate.recipes.turn_structure import TurnStructureParams, turn_structure
from workbench.model import Sample, Turn, Written

AS_WRITTEN, MIXED = "as written", "mixed languages"
_CUT = (0.35, 0.75)
"""Where a message ends that is cut off, as a share of its length."""

Turns = tuple[Turn, ...]


def _typed(sample: Sample, rng: random.Random) -> Turns:
    return next(iter(noise(sample, NoiseParams(rate=0.12), None, rng))).turns


def _recognised(sample: Sample, rng: random.Random) -> Turns:
    heard = NoiseParams(rate=0.15, typing=False, speech=True)
    return next(iter(noise(sample, heard, None, rng))).turns


def _interrupted(sample: Sample, rng: random.Random) -> Turns:
    return next(iter(turn_structure(sample, TurnStructureParams(kind="interruption", changes=1), None, rng))).turns


def _cut_off(sample: Sample, rng: random.Random) -> Turns:
    """The conversation ends within the user's last message, or within the only one."""
    last = max(place for place, turn in enumerate(sample.turns) if turn.role == "user")
    text = sample.turns[last].content
    end = max(1, int(len(text) * rng.uniform(*_CUT)))
    return (*sample.turns[:last], replace(sample.turns[last], content=text[:end].rstrip()))


_EFFECTS: dict[str, Callable[[Sample, random.Random], Turns]] = {
    AS_WRITTEN: lambda sample, rng: sample.turns,
    "typing slips": _typed,
    "speech recognition": _recognised,
    "interruptions": _interrupted,
    "cut off": _cut_off,
    MIXED: lambda sample, rng: sample.turns,
}
CHANNELS = tuple(_EFFECTS)


def checked_channel(name: str) -> str:
    """The name of a channel. Raises `InvalidInput` for another."""
    if name not in _EFFECTS:
        raise InvalidInput(f"there is no channel {name!r}", hint=f"one of: {', '.join(CHANNELS)}")
    return name


def through(channel: str, turns: Turns, language: str, rng: random.Random) -> Turns:
    """The turns as they come through a channel. Raises `GenerateError` where it finds no place for its effect."""
    sample = Sample("", turns, Written(""), "", language=language)
    return _EFFECTS[checked_channel(channel)](sample, rng)
