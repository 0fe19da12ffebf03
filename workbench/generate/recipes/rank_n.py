"""`rank_n`: several answers to one question, from careful to free, for people to put in order.

Method: people rank machine outputs (the middle tier of a data pyramid). A model can score each answer beside that; its
score is kept apart (``meta["machine"]``), so that it never stands before a person's own order and can be measured
against it (`label.ranking.kendall_tau`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.generate.base import Recipe, free_ids, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS, complete, only_last_is_new, speaks
from workbench.generate.inputs import long_text, model_names, number, several_models, switch, whole
from workbench.generate.prompts import DATA_RULE
from workbench.generate.recipes.answer import TEMPLATE, answering, thanks_too, up_to_last_user
from workbench.generate.sampling import Spread, sampled
from workbench.generate.scoring import JUDGE, TASK
from workbench.llm.base import ChatModel
from workbench.model import Sample, Turn


@dataclass(frozen=True, slots=True)
class RankParams:
    """What a person can set."""

    variants: int = whole("Answers", "how many to put in order", default=4, least=3, most=9)
    instructions: str = long_text(
        "How to answer", "what the assistant should know or keep to", default="Be correct, helpful and brief."
    )
    least: float = number("Freedom of the first", "the most careful answer", default=0.2, least=0.0, most=1.5)
    most: float = number("Freedom of the last", "the freest answer", default=1.1, least=0.0, most=1.5)
    thanks: bool = thanks_too()
    judge: bool = switch(
        "Let the model score too", "one more call each; advice, kept apart from your order", default=False
    )
    max_tokens: int = whole("Longest answer", "in tokens (about 4 letters)", default=300, least=8, most=4000)
    models: str = several_models()


def rank_n(parent: Sample, params: RankParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """One answer per temperature, evenly spread; all are one group without ranks: the order is a person's to give."""
    model = required(model)
    context = up_to_last_user(parent, thanks=params.thanks)
    messages = answering(parent, context, params.instructions, rng)
    models = model_names(params.models)
    spread = Spread(params.variants, params.least, params.most, params.max_tokens, params.judge, models)
    for one in sampled(context, messages, spread, model, rng):
        said = Turn(next(free_ids(parent)), "assistant", one.text)
        yield Candidate(
            (*context, said),
            group=f"{parent.id}:{context[-1].id}",
            branch_at=context[-1].id,
            meta=one.meta,
            writers=one.by(said.id),
        )


RANK_N = Recipe(
    name="rank_n",
    version="3",
    purpose="answer",
    title="Answers to put in order",
    explanation=(
        "Writes several answers to the last thing the user asked or told, from careful to free, for you to put in "
        "order; equal places are allowed. Your order gives preference pairs. The model can score them too: its "
        "word is advice, kept apart, and is worth what it agrees with yours."
    ),
    make=rank_n,
    needs_model=True,
    params=RankParams,
    keeps=("every turn up to the user's last one",),
    varies=("the assistant's last answer", "how freely it is written"),
    gates=(only_last_is_new, complete, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), JUDGE, TASK, DATA_RULE),
)
