"""`golden_grammar`: conversations from nothing but a small grammar of flows, acts, ways to say them and slots.

Method: templates drawn from a few golden utterances, resampled to an even distribution of intents and slots, as used
for voice assistants in new languages. No customer's text is read, and no model takes part: which act a turn is and
which values stand where is known exactly and goes with the turn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.drawing import evenly
from workbench.generate.gates.named import checks
from workbench.generate.grammar import LANGUAGES, built_in, drawn_values, read_grammar, say
from workbench.generate.grammar.hearing import heard
from workbench.generate.grammar.inducing import induced
from workbench.generate.inputs import choice, long_text, switch, whole
from workbench.generate.material import Blank
from workbench.generate.then import Then
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample, Turn

PROPOSED = "grammar"
"""The parameter that an approved proposal becomes."""


@dataclass(frozen=True, slots=True)
class GoldenGrammarParams:
    """What a person can set."""

    language: str = choice("Language", "of the conversations", default="en", of=LANGUAGES)
    grammar: str = long_text("Grammar", "your own flows, utterances and slots; empty: appointments at a health centre")
    variants: int = whole("How many", "conversations in all", default=20, least=1, most=10_000)
    rules_first: bool = switch(
        "Rules first", "what your quoted utterances have in common is proposed; you approve it", default=False
    )


def golden_grammar(
    blank: Blank, params: GoldenGrammarParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One conversation: its flow, its values and each way of saying are drawn evenly over all rows.

    With `rules_first` instead the grammar with the rules that its golden utterances show, for approval.
    """
    if params.rules_first:
        yield _proposed(params)
        return
    grammar = read_grammar(params.grammar) if params.grammar.strip() else built_in(params.language)
    flow = evenly(list(grammar.flows), blank.number, blank.seed, "flow")
    values = drawn_values(grammar, blank.number, blank.seed)
    turns: list[Turn] = []
    ways: list[str] = []
    for place, name in enumerate(grammar.flows[flow], start=1):
        act = grammar.acts[name]
        way = evenly(act.ways, blank.number, blank.seed, f"act {name} {place}")
        ways.append(way)
        said = say(way, grammar, values, rng)
        turns.append(Turn(f"t{place}", act.role, said.text, extra={"act": name, "slots": list(said.slots)}))
    yield Candidate(tuple(turns), language=params.language, meta={"flow": flow, "ways": ways})


def _proposed(params: GoldenGrammarParams) -> Candidate:
    found = induced(params.grammar)
    if not found.rules:
        raise GenerateError(
            "no two utterances of an act are alike but for one place",
            hint="write several ways to say an act, each between quotation marks, or leave out “Rules first”",
        )
    meta = {"rules": found.rules, "shapes": list(found.shapes)}
    return Candidate((Turn(PROPOSED, "system", found.text),), language=params.language, meta=meta)


@checks("slots")
def slots_exact(parent: Sample, candidate: Candidate) -> Finding | None:
    """A value that does not stand where its turn says, or a mark of the grammar that was left in the text."""
    if candidate.turns and candidate.turns[0].id == PROPOSED:
        return None  # a grammar, with its marks
    for turn in candidate.turns:
        for slot in turn.extra.get("slots", ()):
            if turn.content[slot["start"] : slot["end"]] != slot["text"]:
                return Finding("slots", 0.0, "problem", f"{slot['text']} does not stand where it should", turn=turn.id)
        if any(mark in turn.content for mark in "{}[]|"):
            return Finding("slots", 0.0, "problem", "a mark of the grammar is left in the text", turn=turn.id)
    return None


@checks("said_so")
def said_as_written(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn that does not say the utterance it was made from, or has another value where one was named before."""
    if slots_exact(parent, candidate):
        return None  # told there
    values: dict[str, str] = {}
    for way, turn in zip(candidate.meta.get("ways", ()), candidate.turns, strict=False):
        found = heard(way, turn.content, turn.extra.get("slots", ()))
        if found is None:
            return Finding("said_so", 0.0, "problem", "it does not say the utterance of its act", turn=turn.id)
        for gap, value in found.items():
            if values.setdefault(gap, value) != value:
                message = f"{values[gap]} became {value}"
                return Finding("said_so", 0.0, "problem", message, turn=turn.id)
    return None


GOLDEN_GRAMMAR = Recipe(
    name="golden_grammar",
    version="1",
    purpose="write",
    title="Conversations from a grammar",
    explanation=(
        "Makes conversations from a small grammar: which acts follow each other, how each can be said, and which "
        "values fill the gaps. Acts and values are known exactly and go with every turn; flows, values and wordings "
        "are used equally often. In utterances between quotation marks the values of your slots are recognised, and "
        "what several of them have in common can be proposed as rules, which you approve first. It needs no model and "
        "reads nobody's data."
    ),
    make=golden_grammar,
    params=GoldenGrammarParams,
    keeps=("your utterances, word for word", "one value of a slot through a conversation"),
    varies=("the flow of the conversation", "the values of the slots", "the way each act is said"),
    gates=(slots_exact, said_as_written),
    per_parent=lambda params: 1 if params.rules_first else int(params.variants),
    starts_from="nothing",
    example={"variants": 12},
    then=Then(
        "golden_grammar",
        "rules",
        parameters=(PROPOSED,),
        when=lambda params: bool(params.rules_first),
        begins=lambda params: {"language": params.language, "variants": params.variants},
        fixed=("language", "rules_first"),
    ),
)
