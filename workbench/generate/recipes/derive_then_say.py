"""`derive_then_say`: problems whose answers are proved, from an expert's facts and rules; no model takes part.

The engine of `workbench.proof` finds what follows and from which facts alone. Each conclusion becomes a question with a
stepwise answer; its twin lacks one necessary fact, and its right answer is that nothing can be concluded. A gate reads
the finished text back and proves it again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Blank, Candidate, Recipe
from workbench.generate.gates.named import checks
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample, Turn
from workbench.proof import (
    WORDINGS,
    Rule,
    broken_proofs,
    carries_proof,
    closure,
    follows,
    minimal_premises,
    proof,
    read_facts,
    read_rules,
)

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

    facts: str = field(
        default=_FACTS,
        metadata={"title": "Facts", "help": "one sentence per line; they are taken as true", "long": True},
    )
    rules: str = field(
        default=_RULES,
        metadata={
            "title": "Rules",
            "help": "one per line: if A and B then C; {person} stands for anything, the same in the whole rule",
            "long": True,
        },
    )
    language: str = field(
        default="en", metadata={"title": "Language", "help": "of your facts and rules", "choices": tuple(WORDINGS)}
    )
    variants: int = field(
        default=10, metadata={"title": "How many", "help": "problems in all", "minimum": 1, "maximum": 10_000}
    )
    twins: bool = field(
        default=True,
        metadata={"title": "Twins that lack a fact", "help": "every second problem cannot be concluded, and says so"},
    )
    others: int = field(
        default=2, metadata={"title": "Other facts", "help": "true but not needed here", "minimum": 0, "maximum": 20}
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    facts: tuple[str, ...]
    rules: tuple[Rule, ...]
    conclusion: str
    missing: str | None


def derive_then_say(
    blank: Blank, params: DeriveParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One problem with its answer."""
    facts, rules = read_facts(params.facts), read_rules(params.rules)
    conclusions = sorted(closure(facts, rules))
    if not conclusions:
        raise GenerateError("nothing follows from these facts and rules", hint="check the wording: it has to match")
    place = blank.number // 2 if params.twins else blank.number
    order = random.Random(blank.seed).sample(conclusions, len(conclusions))
    problem = _problem(
        facts, rules, order[place % len(order)], params, rng, twin=params.twins and blank.number % 2 == 1
    )
    yield _candidate(problem, params.language, blank, rng.randrange(1_000))


def _problem(
    facts: tuple[str, ...],
    rules: tuple[Rule, ...],
    conclusion: str,
    params: DeriveParams,
    rng: random.Random,
    *,
    twin: bool,
) -> _Problem:
    """The needed facts (but one, for a twin) among others, in any order, with the rules that are used and one more."""
    needed = minimal_premises(facts, rules, conclusion)
    missing = rng.choice(needed) if twin else None
    kept = [fact for fact in needed if fact != missing]
    spare = [fact for fact in facts if fact not in needed]
    for fact in rng.sample(spare, min(params.others, len(spare))):
        if not (twin and follows([*kept, fact], rules, conclusion)):
            kept.append(fact)
    used = list(dict.fromkeys(step.rule for step in proof(needed, rules, conclusion)))
    idle = [rule for rule in rules if rule not in used]
    shown = [*used, *rng.sample(idle, min(1, len(idle)))]
    return _Problem(tuple(rng.sample(kept, len(kept))), tuple(rng.sample(shown, len(shown))), conclusion, missing)


def _candidate(problem: _Problem, language: str, blank: Blank, way: int) -> Candidate:
    if language not in WORDINGS:
        raise InvalidInput(f"there is no wording in {language!r}", hint=f"one of: {', '.join(WORDINGS)}")
    words = WORDINGS[language]
    steps = proof(problem.facts, problem.rules, problem.conclusion)
    question = words.question(problem.facts, problem.rules, problem.conclusion, way)
    if problem.missing is None:
        answer = words.proved(steps, problem.conclusion, way)
    else:
        answer = words.open(problem.conclusion, problem.missing, way)
    carried = {
        "follows": problem.missing is None,
        "conclusion": problem.conclusion,
        "steps": [[*step.premises, step.rule.text, step.conclusion] for step in steps],
        **({"missing": problem.missing} if problem.missing else {}),
    }
    turns = (Turn("t1", "user", question), Turn("t2", "assistant", answer, extra={"proof": carried}))
    title = f"{problem.conclusion[:1].upper()}{problem.conclusion[1:]}"
    return Candidate(turns, language=language, group=problem.conclusion, meta={"title": title, "proof": carried})


@checks("proved")
def proved(parent: Sample, candidate: Candidate) -> Finding | None:
    """Read the text back and prove it again: every claim by one rule from what was said before it, and the verdict."""
    broken = next(broken_proofs(candidate.turns, candidate.language or "en"), None)
    if broken is not None:
        return Finding("proved", 0.0, "problem", broken[1], turn=broken[0].id)
    if not any(map(carries_proof, candidate.turns)):
        return Finding("proved", 0.0, "problem", message="it carries no proof")
    return None


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
