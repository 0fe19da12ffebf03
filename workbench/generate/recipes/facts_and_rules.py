"""`facts_and_rules`: facts and if-then rules from a document, for an expert to approve before anything is derived.

One call gives one set. What is approved (as it is, or as the expert rewrote it) goes to `derive_then_say`, which proves
every answer from it. A rule that is wrong would be proved wrong as well: that is why a person sees it first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import GenerateError, InvalidInput
from workbench.generate.base import Candidate, Recipe, required
from workbench.generate.gates.grounding import grounded_share
from workbench.generate.gates.named import checks
from workbench.generate.passages import around, numbered, passage, planned
from workbench.generate.prompts import DATA_RULE, data_block, language_name
from workbench.generate.replies import read_json
from workbench.generate.templates import template
from workbench.generate.then import Then
from workbench.llm.base import ChatModel, Message, Request
from workbench.model import Document, Finding, Sample, Turn
from workbench.proof import WORDINGS, closure, read_facts, read_rules

TEMPLATE = template("facts_and_rules")
WRITTEN = {"en": ("if {} then {}", " and "), "fr": ("si {} alors {}", " et "), "zh": ("如果{}，那么{}", "并且")}
"""How a rule is written in each language: its form, and what stands between two conditions."""

SUPPORTED = 0.4
"""Share of a rule's words that its passage should have."""


@dataclass(frozen=True, slots=True)
class FactsAndRulesParams:
    """What a person can set."""

    variants: int = field(
        default=3,
        metadata={"title": "Sets", "help": "of facts and rules, for each document", "minimum": 1, "maximum": 100},
    )
    facts: int = field(
        default=6, metadata={"title": "Facts in a set", "help": "about so many", "minimum": 2, "maximum": 20}
    )
    rules: int = field(
        default=3, metadata={"title": "Rules in a set", "help": "about so many", "minimum": 1, "maximum": 10}
    )
    temperature: float = field(
        default=0.5,
        metadata={"title": "Freedom", "help": "0: nearly always the same; 1.5: wild", "minimum": 0.0, "maximum": 1.5},
    )


def facts_and_rules(
    document: Document, params: FactsAndRulesParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """One set after the other, each around a passage of its own."""
    model = required(model)
    language = (document.language or "en").split("-")[0]
    if language not in WRITTEN or language not in WORDINGS:
        raise GenerateError(f"there is no wording in {language!r}", hint=f"one of: {', '.join(WRITTEN)}")
    plan = planned(document, rng)
    for number in range(params.variants):
        focus = plan[number % len(plan)]
        shown = around(document, focus)
        request = _request(document, params, shown, focus, rng)
        reply = model.reply(request)
        value = read_json(reply.text, request.schema or {})
        form, also = WRITTEN[language]
        known = {span.number for span in document.spans}
        rules = [form.format(also.join(rule["if"]), rule["then"]) for rule in value["rules"]]
        sources = [passage(document, rule["span"])["text"] if rule["span"] in known else "" for rule in value["rules"]]
        yield Candidate(
            (Turn("facts", "system", "\n".join(value["facts"])), Turn("rules", "system", "\n".join(rules))),
            language=language,
            group=document.id,
            meta={
                "given": {"language": language},
                "passages": [one for one in shown if one["span"] == focus],
                "sources": sources,
                "finish_reasons": [reply.finish_reason],
            },
        )


def _request(
    document: Document, params: FactsAndRulesParams, shown: list[dict[str, Any]], focus: int, rng: random.Random
) -> Request:
    system = TEMPLATE["system"].format(language=language_name(document.language), rule=DATA_RULE)
    task = TEMPLATE["task"].format(
        passages=data_block(numbered(shown), rng), facts=params.facts, rules=params.rules, number=focus
    )
    text = {"type": "string", "minLength": 2}
    rule = {
        "type": "object",
        "properties": {
            "if": {"type": "array", "items": text, "minItems": 1, "maxItems": 4},
            "then": text,
            "span": {"type": "integer"},
        },
        "required": ["if", "then", "span"],
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "properties": {
            "facts": {"type": "array", "items": text, "minItems": 1},
            "rules": {"type": "array", "items": rule, "minItems": 1},
        },
        "required": ["facts", "rules"],
        "additionalProperties": False,
    }
    messages = (Message("system", f"{system}\n{TEMPLATE['example'].format()}"), Message("user", task))
    return Request(
        messages, params.temperature, 80 * (params.facts + 2 * params.rules), rng.getrandbits(31), schema, "facts"
    )


@checks("follows")
def something_follows(parent: Sample, candidate: Candidate) -> Finding | None:
    """Facts and rules that can be read, and from which something follows: else there would be nothing to ask about."""
    texts = {turn.id: turn.content for turn in candidate.turns}
    try:
        found = closure(read_facts(texts["facts"]), read_rules(texts["rules"]))
    except InvalidInput as exc:
        return Finding("follows", 0.0, "problem", exc.message, turn="rules")
    if found:
        return None
    return Finding("follows", 0.0, "problem", "nothing follows from these facts and rules", turn="rules")


@checks("grounded")
def rules_supported(parent: Sample, candidate: Candidate) -> Finding | None:
    """A rule whose words its passage hardly has. Words are compared, not meaning: a person looks."""
    rules = next((turn.content for turn in candidate.turns if turn.id == "rules"), "").splitlines()
    for rule, source in zip(rules, candidate.meta.get("sources", ()), strict=False):
        share = grounded_share(rule, source) if source else 0.0
        if share < SUPPORTED:
            return Finding("grounded", share, "warning", f"its passage hardly says this: {rule}", turn="rules")
    return None


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
    gates=(something_follows, rules_supported),
    prompts=(*TEMPLATE.values(), DATA_RULE),
    starts_from="document",
    example={"variants": 2},
    then=Then("derive_then_say", "facts and rules", parameters=("facts", "rules"), fixed=("language",)),
)
