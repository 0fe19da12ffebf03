"""Conversations run turn by turn by a model that never says the same twice: a store, and what a test does with it."""

from __future__ import annotations

from itertools import count

import pytest

from tests.builders import a_sample
from workbench.flows.generate import start_run
from workbench.flows.playing import play
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store

NUMBERS = count(1)
OPENING = "Can you help me with fractions, please?"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples([a_sample(OPENING, "Of course. Which one is it?", id="s1")])
    yield opened
    opened.close()


def talk(request):
    """Words that were never said before; no number is so long that it looks like anybody's."""
    number = next(NUMBERS)
    return f"Line {number}, and {number % 89} of them."


def begun(store, model=None, *, budget=None, **params):
    """A draft of the opening and one new turn."""
    params = {"turns": 6, "live": True, **params}
    run = start_run(store, Jobs(), author="ana", recipe="duet", parents=["s1"], query="", params=params,
                    budget=budget or Budget(), seed=1, model=model or ScriptedModel(talk)).wait(20)  # fmt: skip
    (draft,) = store.drafts(run=run.id)
    return draft


def run_on(store, draft, model=None, turns=None):
    return play(store, Jobs(), draft.id, author="ana", turns=turns, model=model or ScriptedModel(talk)).wait(20)


def said(live):
    return [item.turn.content for item in live.turns]
