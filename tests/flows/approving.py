"""A workspace with material for two steps, a model that writes for both, and what must be true of every run."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import count

import workbench as wb
from workbench.llm.scripted import ScriptedModel

CARDS = ("user_role", "user_goal", "user_knows", "assistant_role", "assistant_goal", "assistant_knows")


class Writer:
    """Writes cards, questions and facts when asked for their shape, and plain lines else."""

    def __init__(self):
        self.numbers = count(1)

    def __call__(self, request):
        number = next(self.numbers)
        if request.schema_name == "cards":
            cards = {name: f"You are {name.replace('_', ' ')} of case {number}." for name in CARDS}
            return json.dumps(
                {**cards, **({"mistakes": ["One is two."]} if "mistakes" in request.schema["properties"] else {})}
            )
        if request.schema_name == "question":
            return json.dumps(
                {"question": f"What happens at step {number}?", "span": 2}
                if "span" in request.schema["properties"]
                else {"subtopic": "chosen", "message": f"How do I do number {number}?"}
            )
        if request.schema_name == "facts":
            rules = [{"if": ["{person} has a fever"], "then": "{person} is seen today", "span": 2}]
            return json.dumps({"facts": ["Mrs Bell has a fever", "Mr Cole is old"], "rules": rules})
        return f"Well, that is line number {number}."


def model(price=None):
    return ScriptedModel(Writer(), price=price)


@contextmanager
def desk(folder, sample_data):
    """A new workspace with conversations about money and a document about a blood test."""
    with wb.open(folder / "w.workspace", author="ana") as opened:
        opened.collect(sample_data / "conversations" / "finance.en.jsonl")
        opened.add_document(sample_data / "documents" / "blood-test-guide.en.md")
        yield opened


def cards(ws, samples=3, **params):
    return ws.generate("role_cards", "turns>=4", params, limit=samples, model=model()).wait()


def questions(ws, many=4):
    return ws.generate("document_qa", "", {"questions_only": True, "variants": many}, model=model()).wait()


def by_row(ws, run):
    return sorted(ws.drafts(run.id), key=lambda draft: draft.row)


def total(run):
    assert sum(run.counts.values()) == run.requested
    return run.counts
