"""`facts_and_rules`: facts and if-then rules from a document, for an expert to approve before anything is derived.

One call gives one set. What is approved (as it is, or as the expert rewrote it) goes to `derive_then_say`, which proves
every answer from it. A rule that is wrong would be proved wrong as well: that is why a person sees it first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.gates import VERIFIERS
from workbench.generate.gates.proofs import rules_supported, something_follows
from workbench.generate.inputs import freedom, whole
from workbench.generate.passages import Focus, focused, numbered, passage
from workbench.generate.prompts import DATA_RULE, data_block, language_name, task_request
from workbench.generate.replies import json_reply
from workbench.generate.schemas import INTEGER, array, record, string
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Request
from workbench.model import Document, Turn
from workbench.prompt import lines
from workbench.proof import WORDINGS, rule_sentence

TEMPLATE = template("facts_and_rules")
RULE = record({"if": array(string(), most=4), "then": string(), "span": INTEGER})
SCHEMA = record({"facts": array(string()), "rules": array(RULE)})


@dataclass(frozen=True, slots=True)
class FactsAndRulesParams:
    """What a person can set."""

    variants: int = whole("Sets", "of facts and rules, for each document", default=3, least=1, most=100)
    facts: int = whole("Facts in a set", "about so many", default=6, least=2, most=20)
    rules: int = whole("Rules in a set", "about so many", default=3, least=1, most=10)
    temperature: float = freedom(0.5)


def facts_and_rules(
    document: Document, params: FactsAndRulesParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One set after the other, each around a passage of its own."""
    model = required(model)
    language = (document.language or "en").split("-")[0]
    if language not in WORDINGS:
        raise GenerateError(f"there is no wording in {language!r}", hint=f"one of: {', '.join(WORDINGS)}")
    known = {span.number for span in document.spans}
    for focus in focused(document, params.variants, rng):
        value, reply = json_reply(model, _request(document, params, focus, rng))
        rules = [rule_sentence(rule["if"], rule["then"], language) for rule in value["rules"]]
        sources = [passage(document, rule["span"])["text"] if rule["span"] in known else "" for rule in value["rules"]]
        yield Candidate(
            (Turn("facts", "system", "\n".join(value["facts"])), Turn("rules", "system", "\n".join(rules))),
            language=language,
            group=document.id,
            meta={
                "given": {"language": language},
                "passages": [one for one in focus.shown if one["span"] == focus.number],
                "sources": sources,
                "finish_reasons": [reply.finish_reason],
            },
        )


def _request(document: Document, params: FactsAndRulesParams, focus: Focus, rng: random.Random) -> Request:
    system = TEMPLATE["system"].format(language=language_name(document.language), rule=DATA_RULE)
    task = TEMPLATE["task"].format(
        passages=data_block(numbered(focus.shown), rng), facts=params.facts, rules=params.rules, number=focus.number
    )
    return task_request(
        lines([system, TEMPLATE["example"].format()]),
        task,
        rng,
        temperature=params.temperature,
        max_tokens=80 * (params.facts + 2 * params.rules),
        schema=SCHEMA,
        name="facts",
    )


FACTS_AND_RULES = Recipe(
    name="facts_and_rules",
    version="1",
    purpose="ground",
    title="Facts and rules, then proved answers",
    explanation=(
        "Reads your documents and proposes facts with if-then rules. You approve, edit or reject each set; only then "
        "“Proved answers” derives questions from it whose answers are proved, and twins that cannot be concluded. A "
        "wrong rule would be proved as well, so look at the rules as an expert."
    ),
    make=facts_and_rules,
    needs_model=True,
    params=FactsAndRulesParams,
    keeps=("every rule names the passage it comes from", "nothing is derived before you approve it"),
    varies=("which passage is read", "the invented cases"),
    gates=(something_follows, rules_supported, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE),
    starts_from="document",
    example={"variants": 2},
    then=Then("derive_then_say", "facts and rules", parameters=("facts", "rules"), fixed=("language",)),
)
