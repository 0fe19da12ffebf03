"""Twelve short conversations in a store, runs over them, and a model that says which request it answers."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.builders import a_sample
from workbench.errors import Cancelled
from workbench.flows.generate import start_run
from workbench.flows.runs import read_run
from workbench.jobs import Jobs
from workbench.model import Budget, Run
from workbench.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"Question {n}, please?", f"Answer {n}.", id=f"s{n}") for n in range(12))
    yield opened
    opened.close()


def start(store, recipe="answer", *, parents=None, model=None, **more):
    more = {"query": "", "params": {}, "budget": Budget(), "seed": 0, **more}
    parents = parents or [f"s{n}" for n in range(12)]
    return start_run(store, Jobs(), author="ana", recipe=recipe, parents=parents, model=model, **more)


def finished(job, store) -> Run:
    with suppress(Cancelled):
        job.wait(60)
    return read_run(store, job.subject)


def echo(request):
    return f"Reply {request.seed}"
