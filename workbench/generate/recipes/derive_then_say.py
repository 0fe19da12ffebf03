"""`derive_then_say`: problems whose answers are proved, from an expert's facts and rules; no model takes part.

The engine of `workbench.proof` finds what follows and from which facts alone. Each conclusion becomes a question with a
stepwise answer; its twin lacks one necessary fact, and its right answer is that nothing can be concluded. A gate reads
the finished text back and proves it again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.gates.proofs import proved
from workbench.generate.inputs import choice, long_text, switch, whole
from workbench.generate.material import Blank
from workbench.llm.base import ChatModel
from workbench.model import Turn
from workbench.proof import WORDINGS, closure, posed, read_facts, read_rules

_FACTS = """\
Mrs Bell has a fever
Mrs Bell takes warfarin
Mr Cole has a fever
Mr Cole is seventy years old
the practice is open on Monday"""
_RULES = """\
if {person} has a fever then {person} should be seen today
if {person} takes warfarin and {person} should be seen today then {person} needs a blood test
if {person} needs a blood test and the practice is open on Monday then {person} can come on Monday"""


@dataclass(frozen=True, slots=True)
class DeriveParams:
    """What a person can set."""

    facts: str = long_text("Facts", "one sentence per line; they are taken as true", default=_FACTS)
    rules: str = long_text(
        "Rules",
        "one per line: if A and B then C; {person} stands for anything, the same in the whole rule",
        default=_RULES,
    )
    language: str = choice("Language", "of your facts and rules", default="en", of=WORDINGS)
    variants: int = whole("How many", "problems in all", default=10, least=1, most=10_000)
    twins: bool = switch("Twins that lack a fact", "every second problem cannot be concluded, and says so")
    others: int = whole("Other facts", "true but not needed here", default=2, least=0, most=20)


def derive_then_say(
    blank: Blank, params: DeriveParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One problem with its answer; with `twins`, two rows after one another share a conclusion."""
    facts, rules = read_facts(params.facts), read_rules(params.rules)
    conclusions = sorted(closure(facts, rules))
    if not conclusions:
        raise GenerateError("nothing follows from these facts and rules", hint="check the wording: it has to match")
    if params.language not in WORDINGS:
        raise InvalidInput(f"there is no wording in {params.language!r}", hint=f"one of: {', '.join(WORDINGS)}")
    place = blank.number // 2 if params.twins else blank.number
    order = random.Random(blank.seed).sample(conclusions, len(conclusions))
    twin = params.twins and blank.number % 2 == 1
    problem = posed(facts, rules, order[place % len(order)], params.others, rng, twin=twin)
    question, answer = problem.said(WORDINGS[params.language], rng.randrange(1_000))
    proof = problem.record()
    turns = (Turn("t1", "user", question), Turn("t2", "assistant", answer, extra={"proof": proof}))
    title = f"{problem.conclusion[:1].upper()}{problem.conclusion[1:]}"
    meta = {"title": title, "proof": proof}
    yield Candidate(turns, language=params.language, group=problem.conclusion, meta=meta)


DERIVE_THEN_SAY = Recipe(
    name="derive_then_say",
    version="2",
    purpose="ground",
    title="Proved answers",
    explanation=(
        "Takes your facts and if-then rules, works out what follows, and writes questions with step-by-step answers "
        "that are proved. Every second one lacks a fact it needs, and its right answer is that it cannot be concluded. "
        "Use it to teach careful reasoning in your field. It needs no model; the proof travels with the sample."
    ),
    make=derive_then_say,
    params=DeriveParams,
    keeps=("your facts and rules, word for word", "every answer is proved again before you see it"),
    varies=("which conclusion", "which other facts stand beside", "their order", "the wording of question and verdict"),
    gates=(proved,),
    per_parent=lambda params: int(params.variants),
    starts_from="nothing",
    example={"variants": 6},
)
