"""A conversation of a kind (a language, a length, any answer), written by a model after an example near to it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from workbench.errors import GenerateError, ModelError
from workbench.generate.base import spoken
from workbench.generate.candidate import Candidate
from workbench.generate.conversation import Wanted, written
from workbench.generate.coverage import length_of
from workbench.generate.gates import copied
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import of_no_use
from workbench.generate.templates import template
from workbench.llm.base import ChatModel
from workbench.model import Sample, Turn

TEMPLATE = template("gap_fill")
TURNS = {"short": 4, "middle": 6, "long": 10}
"""How many turns are asked for, by the name of a length."""

ASKED = 3
"""How often a conversation is asked for, when the replies before could not be read."""


def of_a_kind(
    kind: Mapping[str, str], example: Sample, temperature: float, model: ChatModel, rng: random.Random
) -> Candidate:
    """A conversation with these values on their axes, written after an example; asked for again if it is unreadable.

    Raises `GenerateError` when none of the replies could be read, whether its client or this module noticed, and
    `ModelRefused` when the model declined.
    """
    for _ in range(ASKED - 1):
        try:
            return _written(kind, example, temperature, model, rng)
        except GenerateError as exc:
            if not exc.raw:
                raise
    return _written(kind, example, temperature, model, rng)


def _written(
    kind: Mapping[str, str], example: Sample, temperature: float, model: ChatModel, rng: random.Random
) -> Candidate:
    language = kind.get("language") or (example.language or "en").split("-")[0]
    turns = TURNS[kind.get("length") or length_of(example.turns)]
    system = TEMPLATE["system"].format(language=language_name(language), turns=turns, rule=DATA_RULE)
    shown = {axis: language_name(value) if axis == "language" else value for axis, value in kind.items()}
    lines = "\n".join(f"{axis}: {value}" for axis, value in shown.items())
    block = data_block(transcript(spoken(example.turns)), rng)
    task = TEMPLATE["task"].format(kind=lines, example=block)
    try:
        said, reasons = written(Wanted(system, task, turns, temperature), model, rng)
    except ModelError as exc:
        if not of_no_use(exc):
            raise
        raise GenerateError(exc.message, hint=exc.hint, raw=exc.raw) from exc
    made = Candidate(said, language=language, parents=(example.id,), meta={"finish_reasons": reasons})
    too_near = copied()(replace(example, turns=(Turn("all", "user", example.text),)), made)
    return replace(made, meta={**made.meta, "copied": too_near.message}) if too_near else made
