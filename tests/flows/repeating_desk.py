"""A run of four answers that begin alike, an edit of one of them, and the look-alikes it fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.flows.decide import accept
from workbench.flows.fits import look
from workbench.flows.generate import start_run
from workbench.flows.offers import rules_from
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store

HOURS = ("at nine", "at noon", "on Monday, as the house is closed today", "by phone only")


ANSWERS = [f"Certainly! You can come {hour}." for hour in HOURS]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"When can I come, day {n}?", "Let me see.", id=f"s{n}") for n in range(4))
    yield opened
    opened.close()


def run_of(store, answers, parents=("s0",)):
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=parents, query="", seed=3, budget=Budget(),
        params={"variants": len(answers)}, model=ScriptedModel(list(answers)),
    )  # fmt: skip
    job.wait(60)
    return job.run


def edited(store, run, text, number=0):
    """The draft of that number, accepted in other words for its last turn."""
    draft = store.drafts(run=run)[number]
    turns = (*draft.turns[:-1], replace(draft.turns[-1], content=text))
    return accept(store, "ana", [draft.id], turns=turns)[0]


def said(store, run):
    return [draft.turns[-1].content for draft in store.drafts(run=run)]


@pytest.fixture
def run(store):
    return run_of(store, ANSWERS)


@pytest.fixture
def fits(store, run):
    sample = edited(store, run, "You can come at nine.")
    (correction,) = rules_from(store, sample.id)
    return look(store, correction.rule, run=run)


@pytest.fixture
def duet(store):
    model = ScriptedModel(lambda request: f"Certainly! Line {request.seed % 1000} it is, as I said.")
    job = start_run(
        store, Jobs(), author="ana", recipe="duet", parents=("s0", "s1"), query="", params={"turns": 4},
        seed=3, budget=Budget(), model=model,
    )  # fmt: skip
    job.wait(60)
    return job.run
