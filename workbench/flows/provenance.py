"""Which call gave which turn, and which model answered: what a draft keeps of the replies it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workbench.generate import Candidate
from workbench.llm.answering import another_model
from workbench.llm.row import Heard, RowModel
from workbench.model import Finding, Run, Turn

MODEL_GATE = "model"
"""The name of the finding about a model that was not asked."""


def made_of(heard: Sequence[Heard], turns: Iterable[Turn]) -> dict[str, Any]:
    """For a draft's `meta`: the call whose answer holds the words of each turn, and the models that answered.

    A turn whose words stand in no answer as they are (they were read out of JSON, say) has no call of its own here;
    a model that answered under the name it was asked by is not told again.
    """
    calls: dict[str, int] = {}
    left = list(heard)
    for turn in turns:
        one = next((one for one in left if turn.content and turn.content in one.reply.text), None)
        if one is not None and one.reply.call_id is not None:
            calls[turn.id] = one.reply.call_id
            left = left[left.index(one) :]
    answered = sorted({one.reply.model for one in heard if one.reply.model not in {one.asked, ""}})
    return {**({"turn_calls": calls} if calls else {}), **({"answered_by": answered} if answered else {})}


def other_model(heard: Iterable[Heard]) -> Finding | None:
    """The finding that another model than the one asked for answered; None when none did."""
    others = {(one.reply.model, one.asked) for one in heard if another_model(one.asked, one.reply.model, one.endpoint)}
    if not others:
        return None
    answered = ", ".join(sorted({model for model, _ in others}))
    asked = ", ".join(sorted({asked for _, asked in others}))
    message = f"{answered} answered, but {asked} was asked for"
    return Finding(MODEL_GATE, 0.5, "warning", message, value=answered)


def writers(made: Candidate, model: RowModel) -> dict[str, str]:
    """The name of the model that wrote each turn, where the recipe asks several; empty where it has one."""
    return {turn: model.name_of(short) for turn, short in made.writers.items()}


def last_writer(run: Run, made: Candidate, model: RowModel | None) -> tuple[str, str]:
    """Short name and name of the model that wrote a candidate: its last turn, where the recipe asks several.

    One that names no writers had its words from the first model. Without a model the name is the run's, or "".
    """
    if model is None:
        return "", run.model or ""
    short = list(made.writers.values())[-1] if made.writers else ""
    return model.short_of(short), model.name_of(short)
