"""Opinions beside drafts: read once, and again only when a model has said more."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from widgets._judge import Opinions
from workbench.flows.opinions import Judgement, Opinion, Rate
from workbench.model import Run

SAID = Opinion({"natural": 5, "right": 2, "promise": 5}, "a number changes")


def test_opinions_are_read_again_only_when_there_are_more() -> None:
    run = Run("r1", "judge", "1", "ana", {}, 1, "", (), 1)
    ten = Rate(10, 10)
    found = Judgement(run, {"d1": SAID}, ten, Rate(0, 10), Rate(0, 0), None)
    reads: list[int] = []
    newest = 0

    def judgements() -> list[Any]:
        reads.append(newest)
        return [found]

    opinions = Opinions(SimpleNamespace(newest_opinion=lambda: newest, judgements=judgements))  # and nothing else
    assert opinions.look().of("d1") is None
    newest = 7
    assert [opinions.look().mark("d1") for _ in range(3)] == ["flagged"] * 3
    newest = 8
    opinions.look()
    assert reads == [7, 8]
