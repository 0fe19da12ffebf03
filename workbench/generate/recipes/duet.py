"""`duet`: two roles with private goals talk, turn by turn, from where the parent begins.

Each side knows its own card and what was said, never the other's card. Method: role play of two models with a person
who repairs (Cohere); the repair happens on the draft, turn by turn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, required, spoken
from workbench.generate.gates import complete
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.replies import own_words
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Sample, Turn

SYSTEM = (
    "You play one person in a conversation. You are: {role}\nYour private goal, which you never state: {goal}\n"
    "Speak in {language}, one short turn at a time, only for yourself, without your name in front."
)
EXAMPLE = "A conversation of the kind that is wanted, for its topic and tone only. {rule}\n{block}"
OPENING = "Begin the conversation."


@dataclass(frozen=True, slots=True)
class DuetParams:
    """The two role cards and how long they talk."""

    user_role: str = field(
        default="A customer who contacts a service.",
        metadata={"title": "Who asks", "help": "the user's role card: who it is, what it knows", "long": True},
    )
    user_goal: str = field(
        default="Find out what you need and leave with a clear next step.",
        metadata={"title": "What the asker wants (private)", "help": "the other side never sees it", "long": True},
    )
    assistant_role: str = field(
        default="A patient, competent advisor of that service.",
        metadata={"title": "Who answers", "help": "the assistant's role card", "long": True},
    )
    assistant_goal: str = field(
        default="Understand the need first, then help correctly; say so when you do not know.",
        metadata={"title": "What the answerer wants (private)", "help": "the other side never sees it", "long": True},
    )
    turns: int = field(
        default=6, metadata={"title": "Turns", "help": "of both sides together", "minimum": 2, "maximum": 40}
    )
    keep: int = field(
        default=1,
        metadata={"title": "Begin with", "help": "turns of the sample kept as opening", "minimum": 0, "maximum": 38},
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
    model = required(model)
    kept = spoken(parent.turns)[: params.keep]
    if params.keep >= params.turns:
        raise GenerateError("the opening is as long as the whole conversation", hint="more turns, or a shorter opening")
    for _ in range(params.variants):
        turns = list(kept)
        reasons: list[str] = []
        while len(turns) < params.turns:
            speaker = "assistant" if turns and turns[-1].role == "user" else "user"
            request = _request(speaker, turns, parent, params, rng)
            reply = model.reply(request)
            text = own_words(reply.text)
            if not text:
                raise GenerateError(f"turn {len(turns) + 1} came out empty", raw=reply.text)
            reasons.append(reply.finish_reason)
            turns.append(Turn(f"d{len(turns) + 1}", speaker, text))
        yield Candidate(
            tuple(turns),
            group=parent.id,
            branch_at=kept[-1].id if kept else None,
            meta={"finish_reasons": reasons},
        )


def _request(speaker: str, turns: list[Turn], parent: Sample, params: DuetParams, rng: random.Random) -> Request:
    role, goal = (
        (params.user_role, params.user_goal) if speaker == "user" else (params.assistant_role, params.assistant_goal)
    )
    system = SYSTEM.format(role=role, goal=goal, language=language_name(parent.language))
    if params.example:
        system += "\n" + EXAMPLE.format(rule=DATA_RULE, block=data_block(transcript(spoken(parent.turns)), rng))
    # Seen from the speaker's side: its own turns are the model's, the other's are what it answers.
    heard = [Message("assistant" if turn.role == speaker else "user", turn.content) for turn in turns]
    if not heard or heard[0].role == "assistant":
        heard.insert(0, Message("user", OPENING))
    return Request((Message("system", system), *heard), params.temperature, params.max_tokens, rng.getrandbits(31))


DUET = Recipe(
    name="duet",
    version="1",
    title="Two roles talk",
    explanation=(
        "Two roles with private goals hold a new conversation, beginning as the sample begins. Use it for whole new "
        "conversations on a topic you know. Read along: repair the turn that goes wrong before you accept."
    ),
    make=duet,
    needs_model=True,
    params=DuetParams,
    keeps=("the opening turns",),
    varies=("everything after the opening",),
    gates=(complete,),
    prompts=(SYSTEM, EXAMPLE, OPENING, DATA_RULE),
)
