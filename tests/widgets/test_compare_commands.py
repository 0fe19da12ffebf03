"""Candidates side by side say nothing of who wrote them, before a person asks."""

from __future__ import annotations

import json
from types import SimpleNamespace

from widgets._compare import compared, revealed
from workbench.flows.candidates import Candidates
from workbench.flows.orders import Orders
from workbench.model import Draft, Finding, Turn


def test_a_finding_that_names_models_is_told_with_the_writer_only():
    gates = (
        Finding("model", 0.5, "warning", "cheap answered, but secret was asked for"),
        Finding("alike", 0.5, "warning", "says nearly what another one says"),
    )
    turns = (Turn("t1", "assistant", "Yes."),)
    draft = Draft("d_1", "run_1", 0, turns, (), "rank_n", "3", model="secret", gates=gates)
    ws = SimpleNamespace(candidates=lambda id: Candidates("run_1", "g", (), (draft,)), orders=lambda: Orders(0, (), {}))
    told = json.dumps(compared(ws, "d_1"))
    assert "secret" not in told
    assert "says nearly what another one says" in told
    (maker,) = revealed(ws, "d_1")["candidates"]
    assert (maker["model"], maker["told"]) == ("secret", ["cheap answered, but secret was asked for"])
