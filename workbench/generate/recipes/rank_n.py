"""`rank_n`: several answers to one question, from careful to free, for people to put in order.

Method: people rank machine outputs (the middle tier of a data pyramid). A model can score each answer beside that; its
score is kept apart (``meta["machine"]``), so that it never stands before a person's own order and can be measured
against it (`label.ranking.kendall_tau`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, free_ids, required, spoken
from workbench.generate.gates import complete, only_last_is_new, speaks
from workbench.generate.prompts import DATA_RULE, data_block, transcript
from workbench.generate.recipes.answer import SYSTEM, answering, thanks_too, up_to_last_user
from workbench.generate.replies import advice, own_words
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

ATTRIBUTES = ("helpful", "correct", "coherent", "complex", "verbose")
JUDGE = (
    "You judge the last answer of a conversation. Give each from 0 to 4: helpful, correct, coherent, complex (how much "
    "knowledge it takes), verbose (how much longer than needed). Judge what is there, not how sure it sounds. {rule}"
)
TASK = "The conversation:\n{conversation}\nThe answer to judge:\n{answer}"
SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "integer", "enum": [0, 1, 2, 3, 4]} for name in ATTRIBUTES},
    "required": list(ATTRIBUTES),
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class RankParams:
    """What a person can set."""

    variants: int = field(
        default=4, metadata={"title": "Answers", "help": "how many to put in order", "minimum": 3, "maximum": 9}
    )
    instructions: str = field(
        default="Be correct, helpful and brief.",
        metadata={"title": "How to answer", "help": "what the assistant should know or keep to", "long": True},
    )
    least: float = field(
        default=0.2,
        metadata={"title": "Freedom of the first", "help": "the most careful answer", "minimum": 0.0, "maximum": 1.5},
    )
    most: float = field(
        default=1.1,
        metadata={"title": "Freedom of the last", "help": "the freest answer", "minimum": 0.0, "maximum": 1.5},
    )
    thanks: bool = thanks_too()
    judge: bool = field(
        default=False,
        metadata={"title": "Let the model score too", "help": "one more call each; advice, kept apart from your order"},
    )
    max_tokens: int = field(
        default=300,
        metadata={"title": "Longest answer", "help": "in tokens (about 4 letters)", "minimum": 8, "maximum": 4000},
    )


def rank_n(parent: Sample, params: RankParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """One answer per temperature, evenly spread; all are one group without ranks: the order is a person's to give."""
    model = required(model)
    context = up_to_last_user(parent, thanks=params.thanks)
    messages = answering(parent, context, params.instructions, rng)
    for number in range(params.variants):
        freedom = params.least + (params.most - params.least) * number / (params.variants - 1)
        reply = model.reply(Request(messages, round(freedom, 3), params.max_tokens, rng.getrandbits(31)))
        text = own_words(reply.text)
        if not text:
            raise GenerateError("the answer came out empty", raw=reply.text)
        meta: dict[str, Any] = {"finish_reasons": [reply.finish_reason], "temperature": round(freedom, 3)}
        if params.judge:
            meta["machine"] = judged(model, context, text, rng)
        said = Turn(next(free_ids(parent)), "assistant", text)
        yield Candidate((*context, said), group=f"{parent.id}:{context[-1].id}", branch_at=context[-1].id, meta=meta)


def judged(model: ChatModel, context: tuple[Turn, ...], answer: str, rng: random.Random) -> dict[str, Any]:
    """The model's five scores and their mean in favour; a judgement that cannot be read costs nobody the answer."""
    task = TASK.format(conversation=data_block(transcript(spoken(context)), rng), answer=data_block(answer, rng))
    messages = (Message("system", JUDGE.format(rule=DATA_RULE)), Message("user", task))
    try:
        scores = advice(model, Request(messages, 0.0, 200, rng.getrandbits(31), SCHEMA, "scores"))
    except GenerateError as exc:
        return {"advice": True, "by": model.name, "unread": exc.message}
    score = (scores["helpful"] + scores["correct"] + scores["coherent"]) / 3
    return {"advice": True, "by": model.name, "scores": scores, "score": round(score, 3), "words": len(answer.split())}


RANK_N = Recipe(
    name="rank_n",
    version="2",
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
    gates=(only_last_is_new, complete, speaks),
    prompts=(SYSTEM, JUDGE, TASK, DATA_RULE),
)
