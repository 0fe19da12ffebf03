"""`duet`: two roles with private goals talk, turn by turn, from where the parent begins.

Each side knows its own card and what was said, never the other's card. The one who asks can be given mistakes to make.
Cards can come from a model that read a sample (`role_cards`), so they are data in the prompt, as what was said is.
Method: role play of two models with a person who repairs (Cohere); the repair happens turn by turn (`flows.live`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import ByTurns, Recipe, Said, required, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.gates import (
    IN_ROLE,
    VERIFIERS,
    complete,
    copied,
    opening_kept,
    repeats,
    says_again,
    says_source,
    speaks,
)
from workbench.generate.inputs import entries, freedom, long_text, switch, whole
from workbench.generate.mistakes import planned_mistakes
from workbench.generate.prompts import DATA_RULE
from workbench.generate.replies import turn_words
from workbench.generate.sides import TEMPLATE, cards_of, turn_request
from workbench.llm.base import ChatModel
from workbench.model import Sample, Turn

UNSEEN = "the other side never sees it"


@dataclass(frozen=True, slots=True)
class DuetParams:
    """The two role cards, the plan of mistakes, and how long they talk."""

    user_role: str = long_text(
        "Who asks", "the user's role card: who it is, what it knows", default="A customer who contacts a service."
    )
    user_goal: str = long_text(
        "What the asker wants (private)", UNSEEN, default="Find out what you need and leave with a clear next step."
    )
    user_knows: str = long_text("What only the asker knows", UNSEEN)
    mistakes: str = long_text(
        "Mistakes the asker makes", "one on each line; they are made in this order, and the other side is not told"
    )
    assistant_role: str = long_text(
        "Who answers", "the assistant's role card", default="A patient, competent advisor of that service."
    )
    assistant_goal: str = long_text(
        "What the answerer wants (private)",
        UNSEEN,
        default="Understand the need first, then help correctly; say so when you do not know.",
    )
    assistant_knows: str = long_text("What only the answerer knows", UNSEEN)
    turns: int = whole("Turns", "of both sides together", default=6, least=2, most=40)
    keep: int = whole("Begin with", "turns of the sample kept as opening", default=1, least=0, most=38)
    live: bool = switch(
        "Turn by turn", "stops after the first new turn; you run, pause and repair the rest", default=False
    )
    example: bool = switch("Show the sample as an example", "for topic and tone", default=False)
    variants: int = whole("Conversations", "for each sample", default=1, least=1, most=10)
    temperature: float = freedom(0.9)
    max_tokens: int = whole("Longest turn", "in tokens (about 4 letters)", default=120, least=8, most=2000)


def duet(parent: Sample, params: DuetParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Let the two sides speak in turn until there are as many turns as wanted."""
    kept = _opening(parent, params)
    if len(kept) >= params.turns:
        raise GenerateError("the opening is as long as the whole conversation", hint="more turns, or a shorter opening")
    taken = {turn.id for turn in parent.turns}
    for _ in range(params.variants):
        turns = list(kept)
        reasons: list[str] = []
        mistakes: dict[str, str] = {}
        names = (f"d{number}" for number in count(len(kept) + 1) if f"d{number}" not in taken)
        while len(turns) < (len(kept) + 1 if params.live else params.turns):
            said = next_turn(parent, turns, params, model, rng)
            turns.append(Turn(next(names), said.role, said.text))
            reasons.append(said.finish_reason)
            if "mistake" in said.meta:
                mistakes[turns[-1].id] = said.meta["mistake"]
        meta: dict[str, Any] = {"finish_reasons": reasons, "own_length": True, "cards": cards_of(params)}
        if params.mistakes.strip():
            meta |= {"learns": True, "mistakes": mistakes}
        if params.live:
            meta["unfinished"] = True
        yield Candidate(tuple(turns), group=parent.id, branch_at=kept[-1].id if kept else None, meta=meta)


def next_turn(
    parent: Sample, turns: Sequence[Turn], params: DuetParams, model: ChatModel | None, rng: random.Random
) -> Said:
    """The turn that comes after `turns`, spoken by whoever did not speak last."""
    speaker = "assistant" if turns and turns[-1].role == "user" else "user"
    plan = planned_mistakes(entries(params.mistakes), _opening(parent, params), params.turns)
    mistake = plan.get(len(turns), "")
    reply = required(model).reply(turn_request(speaker, turns, parent, params, rng, mistake))
    meta: dict[str, Any] = {"cards": cards_of(params), **({"learns": True} if params.mistakes.strip() else {})}
    makes = {"mistake": mistake} if mistake else {}
    return Said(speaker, turn_words(reply, turns), reply.finish_reason, meta | makes)


def _opening(parent: Sample, params: DuetParams) -> list[Turn]:
    return spoken(parent.turns)[: params.keep]


DUET = Recipe(
    name="duet",
    version="3",
    purpose="write",
    title="Two roles talk",
    explanation=(
        "Two roles with private goals and knowledge hold a new conversation, beginning as the sample begins; the asker "
        "can be given mistakes to make. Use it for whole new conversations on a topic you know. Run it turn by turn: "
        "it pauses where something looks wrong, and what you repair becomes the history that the rest follows from."
    ),
    make=duet,
    needs_model=True,
    params=DuetParams,
    keeps=("the opening turns", "what is private on a card"),
    varies=("everything after the opening",),
    gates=(opening_kept, complete, repeats, says_again, says_source, copied(), *IN_ROLE, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE),
    example={
        "user_role": "A pupil of twelve who learns fractions.",
        "assistant_role": "A patient teacher of mathematics.",
        "mistakes": "1/2 + 1/3 is 2/5",
    },
    by_turns=ByTurns(next_turn, lambda params: int(params.turns)),
)
