"""Decisions on the items of a run, told by a process that is killed: what they are, and what must be true after each.

Before each decision the process says what it is about to do, and afterwards that it is done. So the items can be only
as they were before the decision under way, or as they are after it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import workbench as wb
from tests.builders import a_sample
from tests.flows.approving import model
from workbench.store import open_store

PARENTS = 8

Standing = dict[str, tuple[str, tuple[str, ...], str]]
"""Item -> its state, its text as agreed, and the reason it was turned down for."""


class Decision(NamedTuple):
    """What is done to items: "approve" (with `text`: rewritten), "reject" (`text`: the reason) or "undo"."""

    verb: str
    items: tuple[str, ...] = ()
    text: str = ""


def proposed(folder: Path, pairs: int = 10) -> str:
    """A new workspace with a run that proposed so many pairs of role cards for each conversation; the run's id."""
    store = open_store(folder)
    with store.write("bo", "import") as writer:
        writer.add_samples(a_sample(f"Can I book room {n}?", "Yes.", id=f"s{n}") for n in range(PARENTS))
    store.close()
    with wb.open(folder, author="bo") as ws:
        run = ws.generate("role_cards", [f"s{n}" for n in range(PARENTS)], {"variants": pairs}, model=model()).wait(60)
        assert len(ws.approvals(run.id).waiting) == PARENTS * pairs
        return run.id


def standing(ws: wb.Workspace, run: str) -> Standing:
    return {
        one.id: (one.state, tuple(turn.content for turn in one.agreed), one.reason)
        for one in ws.drafts(run, limit=1000)
    }


def after(now: Standing, history: list[Standing], decision: Decision) -> tuple[Standing, list[Standing]]:
    """How the items stand once this is decided, and what there is to go back to."""
    if decision.verb == "undo":
        return history[-1], history[:-1]
    state = {"approve": "approved", "reject": "rejected"}[decision.verb]
    reason = decision.text if decision.verb == "reject" else ""
    decided = {}
    for item in decision.items:
        first, *rest = now[item][1]
        text = (decision.text, *rest) if decision.verb == "approve" and decision.text else (first, *rest)
        decided[item] = (state, text, reason)
    return now | decided, [*history, now]


def decide(ws: wb.Workspace, decision: Decision) -> None:
    if decision.verb == "undo":
        assert ws.undo() is not None
    elif decision.verb == "reject":
        ws.reject(decision.items, decision.text)
    elif decision.text:
        first, *rest = ws.draft(decision.items[0]).turns
        ws.approve(decision.items, turns=[replace(first, content=decision.text), *rest])
    else:
        ws.approve(decision.items)


def check_places(ws: wb.Workspace, run: str, now: Standing) -> None:
    """The list of approvals, the counts of the run and the drafts say the same, and each row is counted once."""
    places = ws.approvals(run)
    approved = {item for item, (state, _, _) in now.items() if state == "approved"}
    rejected = {item for item, (state, _, _) in now.items() if state == "rejected"}
    assert {*places.ready, *places.used} == approved
    assert set(places.rejected) == rejected
    assert set(places.waiting) == now.keys() - approved - rejected
    made = ws.run(run)
    assert sum(made.counts.values()) == made.requested == len(now)
    assert made.counts.get("approved", 0) == len(approved)
    assert made.counts.get("rejected", 0) == len(rejected)
