"""`duet`: two roles with private goals talk, turn by turn, from where the parent begins.

Each side knows its own card and what was said, never the other's card. The one who asks can be given mistakes to make.
Method: role play of two models with a person who repairs (Cohere); the repair happens turn by turn (`flows.live`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import ByTurns, Candidate, Recipe, Said, required, spoken
from workbench.generate.gates import (
    complete,
    copied,
    mistake_made,
    natural,
    repeats,
    role_leak,
    says_again,
    says_source,
)
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import own_words
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

SYSTEM = "You play one person in a conversation. You are: {role}\nYour private goal, which you never state: {goal}"
KNOWS = "What only you know: {knows}"
LEARNS = "You are the one who learns: ask and try, but never explain the matter to the other side."
MISTAKE = "In this turn you make this mistake and believe that it is right: {mistake}\nDo not announce or correct it."
MANNER = "Speak in {language}, one short turn at a time, only for yourself, without your name in front."
EXAMPLE = "A conversation of the kind that is wanted, for its topic and tone only. {rule}\n{block}"
OPENING = "Begin the conversation."


@dataclass(frozen=True, slots=True)
class DuetParams:
    """The two role cards, the plan of mistakes, and how long they talk."""

    user_role: str = field(
        default="A customer who contacts a service.",
        metadata={"title": "Who asks", "help": "the user's role card: who it is, what it knows", "long": True},
    )
    user_goal: str = field(
        default="Find out what you need and leave with a clear next step.",
        metadata={"title": "What the asker wants (private)", "help": "the other side never sees it", "long": True},
    )
    user_knows: str = field(
        default="",
        metadata={"title": "What only the asker knows", "help": "the other side never sees it", "long": True},
    )
    mistakes: str = field(
        default="",
        metadata={
            "title": "Mistakes the asker makes",
            "help": "one on each line; they are made in this order, and the other side is not told",
            "long": True,
        },
    )
    assistant_role: str = field(
        default="A patient, competent advisor of that service.",
        metadata={"title": "Who answers", "help": "the assistant's role card", "long": True},
    )
    assistant_goal: str = field(
        default="Understand the need first, then help correctly; say so when you do not know.",
        metadata={"title": "What the answerer wants (private)", "help": "the other side never sees it", "long": True},
    )
    assistant_knows: str = field(
        default="",
        metadata={"title": "What only the answerer knows", "help": "the other side never sees it", "long": True},
    )
    turns: int = field(
        default=6, metadata={"title": "Turns", "help": "of both sides together", "minimum": 2, "maximum": 40}
    )
    keep: int = field(
        default=1,
        metadata={"title": "Begin with", "help": "turns of the sample kept as opening", "minimum": 0, "maximum": 38},
    )
    live: bool = field(
        default=False,
        metadata={
            "title": "Turn by turn",
            "help": "stops after the first new turn; you run, pause and repair the rest",
        },
    )
    example: bool = field(
        default=False, metadata={"title": "Show the sample as an example", "help": "for topic and tone"}
    )
    variants: int = field(
        default=1, metadata={"title": "Conversations", "help": "for each sample", "minimum": 1, "maximum": 10}
    )
    temperature: float = field(
        default=0.9,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )
    max_tokens: int = field(
        default=120,
        metadata={"title": "Longest turn", "help": "in tokens (about 4 letters)", "minimum": 8, "maximum": 2000},
    )


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
        meta: dict[str, Any] = {"finish_reasons": reasons, "own_length": True}
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
    mistake = _plan(parent, params).get(len(turns), "")
    reply = required(model).reply(_request(speaker, turns, parent, params, rng, mistake))
    text = own_words(reply.text)
    if not text:
        raise GenerateError(f"turn {len(turns) + 1} came out empty", raw=reply.text)
    learns = {"learns": True} if params.mistakes.strip() else {}
    return Said(speaker, text, reply.finish_reason, learns | ({"mistake": mistake} if mistake else {}))


def _opening(parent: Sample, params: DuetParams) -> list[Turn]:
    return spoken(parent.turns)[: params.keep]


def _plan(parent: Sample, params: DuetParams) -> dict[int, str]:
    """Which turn (counted from 0) makes which mistake: spread evenly over the asker's new turns."""
    mistakes = [line.strip() for line in params.mistakes.splitlines() if line.strip()]
    kept = _opening(parent, params)
    first = len(kept) + 1 if kept and kept[-1].role == "user" else len(kept)
    places = list(range(first, params.turns, 2))
    if len(mistakes) > len(places):
        hint = "more turns, or fewer mistakes"
        raise GenerateError(f"{len(mistakes)} mistakes do not fit into {len(places)} turns of the asker", hint=hint)
    return {places[number * len(places) // len(mistakes)]: mistake for number, mistake in enumerate(mistakes)}


def _request(
    speaker: str, turns: Sequence[Turn], parent: Sample, params: DuetParams, rng: random.Random, mistake: str
) -> Request:
    asks = speaker == "user"
    role, goal, knows = (
        (params.user_role, params.user_goal, params.user_knows)
        if asks
        else (params.assistant_role, params.assistant_goal, params.assistant_knows)
    )
    blocks = [SYSTEM.format(role=role, goal=goal)]
    if knows.strip():
        blocks.append(KNOWS.format(knows=knows.strip()))
    if asks and params.mistakes.strip():
        blocks.append(LEARNS)
    if mistake:
        blocks.append(MISTAKE.format(mistake=mistake))
    blocks.append(MANNER.format(language=language_name(parent.language)))
    if params.example:
        blocks.append(EXAMPLE.format(rule=DATA_RULE, block=data_block(transcript(spoken(parent.turns)), rng)))
    # Seen from the speaker's side: its own turns are the model's, the other's are what it answers.
    heard = [Message("assistant" if turn.role == speaker else "user", turn.content) for turn in turns]
    if not heard or heard[0].role == "assistant":
        heard.insert(0, Message("user", OPENING))
    system = Message("system", "\n".join(blocks))
    return Request((system, *heard), params.temperature, params.max_tokens, rng.getrandbits(31))


DUET = Recipe(
    name="duet",
    version="2",
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
    keeps=("the opening turns",),
    varies=("everything after the opening",),
    gates=(complete, repeats, says_again, says_source, copied(), role_leak, mistake_made, natural),
    prompts=(SYSTEM, KNOWS, LEARNS, MISTAKE, MANNER, EXAMPLE, OPENING, DATA_RULE),
    example={
        "user_role": "A pupil of twelve who learns fractions.",
        "assistant_role": "A patient teacher of mathematics.",
        "mistakes": "1/2 + 1/3 is 2/5",
    },
    by_turns=ByTurns(next_turn, lambda params: int(params.turns)),
)
