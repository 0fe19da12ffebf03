"""A run of four shops that goes on after somebody changed them, or after a kill: what a test does with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.model import Budget
from workbench.store.connection import Database


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(a_sample(f"When is shop {n} open?", "At nine.", id=f"s{n}") for n in range(4))
        opened._store.set_setting(
            "model", {"in_flight": 1}
        )  # one after the other, so that limits fall where they should
        yield opened


def echo(request):
    return f"It opens at {request.seed}."


def edited(ws, sample="s0", text="When does the other shop open?"):
    kept = ws.get(sample)
    ws.edit(sample, turn=kept.turns[0].id, text=text, base_revision=kept.revision)


def stopped(ws, model, *, variants=4, calls=2, parents=("s0",), recipe="answer", **more):
    params = {"variants": variants, **more.pop("params", {})}
    return ws.generate(recipe, parents, params, model=model, seed=3, budget=Budget(calls=calls), **more).wait(30)


def resumed(ws, run, model, calls=None, **more):
    return ws.resume(run.id, model=model, budget=Budget(calls=calls), **more).wait(30)


def drafts(ws, run):
    return {draft.row: draft for draft in ws.drafts(run.id)}


def unwritten(ws, run, rows):
    """The process was killed before the records of the newest drafts were written."""
    last = f"SELECT ord FROM draft WHERE run = ? ORDER BY ord DESC LIMIT {rows}"
    with_database(
        ws, run, f"DELETE FROM gate_finding WHERE draft IN ({last})", f"DELETE FROM draft WHERE ord IN ({last})"
    )
    was_killed(ws, run)


def unanswered(ws, run):
    """The process was killed while its last call was under way."""
    last = "SELECT max(id) FROM call WHERE run = ?"
    with_database(ws, run, f"UPDATE call SET state = 'sent', response = '' WHERE id = ({last})")
    was_killed(ws, run)


def was_killed(ws, run):
    with ws._store.write("ana", "run", undoable=False) as writer:
        writer.save_run(replace(ws._store.run(run.id), state="running"))


def with_database(ws, run, *statements):
    database = Database(ws.path / "workbench.db")
    for statement in statements:
        database.rows(statement, (run.id,))
    database.close()
