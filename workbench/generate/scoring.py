"""A model's scores of one answer: five attributes from 0 to 4. Advice, never in place of a person's own order.

The attributes are those of HelpSteer (Wang et al. 2023). The mean of the three that speak for an answer is its score;
how complex and how verbose it is says nothing of its worth.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.advising import advised
from workbench.generate.base import spoken
from workbench.generate.prompts import data_block, transcript
from workbench.generate.schemas import one_of, record
from workbench.generate.templates import template
from workbench.llm.base import ChatModel
from workbench.model import Turn

ATTRIBUTES = ("helpful", "correct", "coherent", "complex", "verbose")
TEMPLATE = template("scoring")
JUDGE = TEMPLATE["judge"]
TASK = TEMPLATE["task"]
SCHEMA = record({name: one_of(range(5)) for name in ATTRIBUTES})


def scored(model: ChatModel, context: Sequence[Turn], answer: str, rng: random.Random) -> dict[str, Any]:
    """The model's five scores and their mean in favour; a judgement that cannot be read costs nobody the answer."""
    task = TASK.format(conversation=data_block(transcript(spoken(context)), rng), answer=data_block(answer, rng))
    try:
        scores = advised(model, JUDGE, task, rng, max_tokens=200, schema=SCHEMA, name="scores")
    except GenerateError as exc:
        return {"advice": True, "by": model.name, "unread": exc.message}
    score = (scores["helpful"] + scores["correct"] + scores["coherent"]) / 3
    return {"advice": True, "by": model.name, "scores": scores, "score": round(score, 3), "words": len(answer.split())}
