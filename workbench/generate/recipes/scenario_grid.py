"""`scenario_grid`: conversations drawn from a card of randomised fields, which are then known as gold tags.

Method: a simulated world whose parameters are drawn at random, so that the labels of what comes out are known exactly
(as in simulators for vision and driving). The noise of the channel is done to the finished text without a model. As a
proof the fields can be read back from the text, and what does not agree is shown to a person.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.advising import advised
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.cards import Fields
from workbench.generate.conversation import Wanted, written
from workbench.generate.figures.card import card_figures
from workbench.generate.gates import VERIFIERS, complete, speaks
from workbench.generate.gates.cards import card_recovered, facts_said
from workbench.generate.inputs import long_text, switch, whole
from workbench.generate.material import Blank
from workbench.generate.prompts import DATA_RULE, data_block, language_name, transcript
from workbench.generate.recipes.channels import AS_WRITTEN, MIXED, checked_channel, through
from workbench.generate.recipes.scenario_card import (
    GRID,
    LANGUAGES,
    Card,
    card_for,
    card_text,
    check_grid,
    to_read_back,
)
from workbench.generate.schemas import one_of, record
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.generate.values import fixed_values
from workbench.llm.base import ChatModel
from workbench.model import Turn
from workbench.prompt import lines

TEMPLATE = template("scenario_grid")
OWN = "own"
"""The parameter that is one card, and the turn of an item that becomes it."""


@dataclass(frozen=True, slots=True)
class ScenarioGridParams:
    """What a person can set."""

    card: str = long_text(
        "Card",
        "a field per line, values between |, x2: twice as often; facts, channel, language are special",
        default=GRID,
    )
    turns: int = whole("Turns", "of both sides", default=6, least=2, most=20)
    read_back: bool = switch("Read the card back", "one more call each; what does not agree is shown to you")
    variants: int = whole("How many", "conversations in all", default=20, least=1, most=10_000)
    cards_first: bool = switch("Cards first", "you approve them; only then conversations are paid for", default=False)
    own: str = long_text("One card", "every field of the card with one value; empty: cards are drawn")

    def __post_init__(self) -> None:
        """Raise `InvalidInput` for a card that cannot be read or has a slip in it, before anything is paid for."""
        check_grid(self.card, self.own)


def scenario_grid(
    blank: Blank, params: ScenarioGridParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Draw the row's card, have it written, read it back, and send it through its channel; or propose the card."""
    card = card_for(params.card, params.own, blank)
    if params.cards_first:
        yield Candidate((Turn(OWN, "system", card_text(card)),), meta={"card": card, "facts": []})
        return
    model = required(model)
    language = card.get("language", "en")
    channel = checked_channel(card.get("channel", AS_WRITTEN))
    turns, reasons = written(_wanted(card, language, channel, params.turns), model, rng)
    meta: dict[str, Any] = {"card": card, "facts": fixed_values(card.get("facts", "")), "finish_reasons": reasons}
    asked = to_read_back(params.card, card)
    if params.read_back and asked:
        meta["read_back"] = _read_back(turns, asked, model, rng)
    heard = through(channel, turns, language, rng)
    first = replace(heard[0], extra={**heard[0].extra, "card": card})
    yield Candidate((first, *heard[1:]), language=language, meta=meta)


def _wanted(card: Card, language: str, channel: str, turns: int) -> Wanted:
    system = TEMPLATE["system"].format(language=language_name(language), turns=turns)
    shown = {name: value for name, value in card.items() if name not in {"channel", "language"}}
    task = TEMPLATE["task"].format(card=card_text(shown))
    if channel == MIXED:
        task = lines([task, TEMPLATE["mixed"].format(other=language_name(LANGUAGES[language]))])
    return Wanted(system, task, turns)


def _read_back(turns: tuple[Turn, ...], asked: Fields, model: ChatModel, rng: random.Random) -> dict[str, str]:
    """What a reader who does not know the card finds in the text; empty when the reply cannot be read."""
    schema = record({name: one_of(value for value, _ in values) for name, values in asked.items()})
    questions = "\n".join(f"{name}: {' | '.join(value for value, _ in values)}" for name, values in asked.items())
    task = TEMPLATE["reading"].format(conversation=data_block(transcript(turns), rng), questions=questions)
    try:
        return dict(
            advised(model, TEMPLATE["reader"], task, rng, max_tokens=60 * len(asked), schema=schema, name="card")
        )
    except GenerateError:
        return {}


def _begins(params: ScenarioGridParams) -> dict[str, Any]:
    return {**asdict(params), "cards_first": False, "variants": 1, OWN: ""}


SCENARIO_GRID = Recipe(
    name="scenario_grid",
    version="1",
    purpose="write",
    title="Scenarios from a card",
    explanation=(
        "Draws a card for each conversation (goal, facts, persona, mood, channel, language, or your own fields, each "
        "as often as you say) and has it written. The card goes with the sample as its gold labels. Slips, speech "
        "recognition, interruptions and cut-off messages are done to the finished text, so they are known exactly. Or "
        "have the cards first, and pay for conversations to those you approve."
    ),
    make=scenario_grid,
    needs_model=True,
    params=ScenarioGridParams,
    keeps=(
        "each field's values as often as you say",
        "the card goes with the sample",
        "numbers and codes of the facts",
    ),
    varies=("every field of the card", "the channel's noise", "the wording"),
    gates=(card_recovered, facts_said, complete, speaks, *VERIFIERS),
    figures=card_figures,
    prompts=(*TEMPLATE.values(), DATA_RULE),
    per_parent=lambda params: int(params.variants),
    starts_from="nothing",
    example={"variants": 4},
    then=Then(
        "scenario_grid",
        "scenario cards",
        parameters=(OWN,),
        when=lambda params: bool(params.cards_first),
        begins=_begins,
        fixed=("card", "variants", "cards_first"),
    ),
)
