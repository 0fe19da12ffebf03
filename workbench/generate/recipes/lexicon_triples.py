"""`lexicon_triples`: conversations in which three words drawn from lists have to matter.

Method: a noun, a verb and an adjective drawn at random keep a model from telling the same story again (TinyStories,
Eldan and Li 2023); here a thing, an action and a condition of a domain. No triple comes twice, every word is used about
equally often, and the words may be bounded to a list.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.conversation import Wanted, written
from workbench.generate.drawing import evenly
from workbench.generate.figures.triples import triples_figures
from workbench.generate.gates import VERIFIERS, complete, speaks
from workbench.generate.gates.vocabulary import all_three, bounds, inside_the_list
from workbench.generate.lexicon import LANGUAGES, drawn_triples, how_many, lists_of, read_words, used
from workbench.generate.material import Blank
from workbench.generate.prompts import language_name
from workbench.generate.templates import template
from workbench.llm.base import ChatModel
from workbench.prompt import lines

TEMPLATE = template("lexicon_triples")
SHOWN_WORDS = 400
"""Words of the list that a prompt shows at most; the gate knows all of them."""

_FEATURES = """\
something is misunderstood at first and cleared up
the person has already tried something that did not help
the advice has to be explained a second time, more simply
it ends without a full solution, but with a next step
the person is in a hurry
a number or a time matters"""


def _list(title: str, help: str) -> str:
    value: str = field(default="", metadata={"title": title, "help": help, "long": True})
    return value


@dataclass(frozen=True, slots=True)
class LexiconTriplesParams:
    """What a person can set."""

    language: str = field(
        default="en", metadata={"title": "Language", "help": "of the words and conversations", "choices": LANGUAGES}
    )
    things: str = _list("Things", "what it is about, one a line; empty: heating and water at home")
    actions: str = _list("Actions", "what is done, one a line; empty: heating and water at home")
    conditions: str = _list("Conditions", "in what state something is, one a line; empty: heating and water at home")
    situation: str = field(
        default="somebody at home asks an advisor for help",
        metadata={"title": "Setting", "help": "who talks to whom, and where", "long": True},
    )
    features: str = field(
        default=_FEATURES,
        metadata={"title": "What may be special", "help": "one a line; each is used equally often", "long": True},
    )
    vocabulary: str = field(
        default="",
        metadata={"title": "Words that may be used", "help": "besides the three lists; empty: any", "long": True},
    )
    outside: float = field(
        default=0.1,
        metadata={
            "title": "Other words",
            "help": "share that may lie outside the list, where there is one",
            "minimum": 0.0,
            "maximum": 1.0,
        },
    )
    turns: int = field(default=4, metadata={"title": "Turns", "help": "of both sides", "minimum": 2, "maximum": 20})
    variants: int = field(
        default=20, metadata={"title": "How many", "help": "conversations in all", "minimum": 1, "maximum": 10_000}
    )


def lexicon_triples(
    blank: Blank, params: LexiconTriplesParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One conversation about the row's triple; which words it says, and which lie outside the list, goes with it."""
    model = required(model)
    lists = lists_of(params)
    triples = drawn_triples(lists, blank.of, blank.seed)
    triple = triples[blank.number]
    features = [line.strip() for line in params.features.splitlines() if line.strip()] or ["nothing in particular"]
    feature = evenly(features, blank.number, blank.seed, "feature")
    system = TEMPLATE["system"].format(
        language=language_name(params.language), turns=params.turns, situation=params.situation
    )
    task = TEMPLATE["task"].format(thing=triple[0], action=triple[1], condition=triple[2], feature=feature)
    allowed = read_words(params.vocabulary)
    if allowed:
        shown = rng.sample(allowed, min(SHOWN_WORDS, len(allowed)))
        task = lines([task, TEMPLATE["vocabulary"].format(words=", ".join(sorted(shown)))])
    turns, reasons = written(Wanted(system, task, params.turns), model, rng)
    words = {
        "triple": list(triple),
        "possible": how_many(lists),
        "drawn": len(triples),
        "covered": round(sum(used(lists, triples)) / sum(map(len, lists)), 4),
        "feature": feature,
        **(bounds(turns, chain(allowed, *lists), params.language, params.outside) if allowed else {}),
    }
    yield Candidate(turns, language=params.language, meta={"words": words, "finish_reasons": reasons})


LEXICON_TRIPLES = Recipe(
    name="lexicon_triples",
    version="2",
    purpose="write",
    title="Three words that matter",
    explanation=(
        "Draws a thing, an action and a condition from your lists and has a conversation written in which all three "
        "matter. No triple comes twice and every word is used about equally often, so a model cannot keep telling the "
        "same story. Give a list of words to keep the language simple; what lies outside it is counted."
    ),
    make=lexicon_triples,
    needs_model=True,
    params=LexiconTriplesParams,
    keeps=("all three words are said, in any form", "your bound on other words"),
    varies=("the triple of words", "what is special about the conversation", "the wording"),
    gates=(all_three, inside_the_list, complete, speaks, *VERIFIERS),
    figures=triples_figures,
    prompts=tuple(TEMPLATE.values()),
    per_parent=lambda params: int(params.variants),
    starts_from="nothing",
    example={"variants": 4},
)
