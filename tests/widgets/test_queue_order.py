"""The order of the queue: as drafts were made, or by opinions of a model that its canaries say may be relied on."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.widgets.asking import finished
from widgets import _queue
from widgets._judge import Opinions
from workbench.flows.opinions import Judgement, Opinion, Rate
from workbench.model import Draft, Run
from workbench.workspace import Workspace

MARKS = {"d1": (5, 5, 5), "d2": (5, 2, 5), "d4": (1, 5, 5), "d5": (4, 2, 5)}
"""natural, right, promise; nobody was asked about d3."""


def told(caught: int = 10, alarms: int = 0, marks: dict[str, tuple[int, ...]] = MARKS, run: str = "j1") -> Judgement:
    scales = ("natural", "right", "promise")
    said = {one: Opinion(dict(zip(scales, three, strict=True)), "") for one, three in marks.items()}
    of = Run(run, "judge", "2", "ana", {}, 1, "", (), 1)
    return Judgement(of, said, Rate(caught, 10), Rate(alarms, 10), Rate(0, 0), None)


def opinions(*judgements: Judgement) -> Opinions:
    return Opinions(SimpleNamespace(newest_opinion=lambda: 1, judgements=lambda: list(judgements))).look()


def draft(number: int, group: str = "") -> Draft:
    return Draft(f"d{number}", "r1", number, (), (), "noise", "1", group=group, created_at=1 + number)


def order(found: list[Draft], by: Opinions | None) -> list[str]:
    return [one.id for one in _queue.in_order(found, by)]


def test_flagged_drafts_come_first_by_their_lowest_mark_then_unknown_ones_then_fine_ones() -> None:
    found = [draft(n) for n in (1, 2, 3, 4, 5)]
    assert order(found, None) == ["d1", "d2", "d3", "d4", "d5"]
    assert order(found, opinions(told())) == ["d4", "d5", "d2", "d3", "d1"]


def test_a_mark_that_no_canary_measures_puts_nothing_first_and_is_shown_apart() -> None:
    """The mark for the promise: what a canary was made for is made up, so nothing says how far it can be relied on."""
    judged = opinions(told(marks={"d1": (5, 5, 5), "d3": (5, 5, 1), "d4": (2, 2, 5), "d5": (2, 3, 1)}))
    assert order([draft(n) for n in (1, 2, 3, 4, 5)], judged) == ["d4", "d5", "d2", "d1", "d3"]
    assert [judged.mark(f"d{n}") for n in (1, 2, 3, 5)] == ["fine", "", "off", "flagged"]
    assert judged.of("d3")["off_promise"] is True  # type: ignore[index]
    assert judged.of("d3")["trust"]["flagged"] == 2  # type: ignore[index]


def test_candidates_of_one_request_stay_together_where_the_first_of_them_stands() -> None:
    found = [draft(1, "g"), draft(2), draft(3), draft(4, "g"), draft(5)]
    assert order(found, opinions(told())) == ["d1", "d4", "d5", "d2", "d3"]


@pytest.mark.parametrize(("caught", "alarms"), [(6, 0), (10, 4), (0, 10)])
def test_a_model_that_may_not_be_relied_on_gives_no_order_and_says_what_it_is_worth(caught: int, alarms: int) -> None:
    doubtful = opinions(told(caught, alarms))
    about = doubtful.about(["d3", "d2"])
    assert about["can"] is False
    assert about["trust"]["caught"] == [caught, 10]
    assert {doubtful.worth(one) for one in ("d1", "d2", "d3", "d4")} == {doubtful.worth("d3")}
    assert opinions().about(["d1"]) == {"can": False, "trust": None}


def test_opinions_of_a_sound_model_give_the_order_beside_those_of_a_doubtful_one() -> None:
    mixed = opinions(told(0, 10, {"d1": (1, 1, 1)}, "j2"), told(marks={"d2": (2, 5, 5)}))
    assert mixed.about(["d1", "d2"])["can"] is True
    assert mixed.about(["d1", "d2"])["trust"]["run"] == "j1"
    assert order([draft(1), draft(2)], mixed) == ["d2", "d1"]


FAR = range(1_001, 1_901, 9)
"""Drafts flagged far behind the first 200; each is one of three candidates of a request."""


@pytest.fixture
def long(ws: Workspace) -> Workspace:
    """2,100 undecided drafts of 700 requests with three candidates each."""
    with ws._store.write("ana", "run", undoable=False) as writer:
        writer.add_run(Run("r1", "noise", "1", "ana", {}, 1, "", (), 2_100))
        writer.add_drafts([draft(n, f"g{n // 3}") for n in range(2_100)])
    return ws


def flagged(numbers: Iterable[int], **more: Any) -> Opinions:
    return opinions(told(marks={f"d{n}": (5, 1, 5) for n in numbers}, **more))


def test_flagged_drafts_far_down_a_long_queue_lead_it_with_their_whole_requests(
    long: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _queue.queue(long, None, flagged(FAR))
    assert (found["order"], found["look"]["can"], found["look"]["trust"]["run"]) == ("run", True, "j1")
    monkeypatch.setattr(type(long), "draft", lambda *_: pytest.fail("drafts are not read one by one"))
    found = _queue.queue(long, None, flagged(FAR), order="look")
    whole = [f"d{n // 3 * 3 + k}" for n in FAR for k in range(3)]
    assert [line["id"] for line in found["drafts"]] == whole[:201], "the last request is not torn"


def test_what_is_decided_or_of_another_run_moves_nothing_in_a_long_queue(long: Workspace) -> None:
    assert _queue.queue(long, "other", flagged(FAR))["look"] == {"can": False, "trust": None}
    long.reject([f"d{n}" for n in FAR], "off topic")
    assert _queue.queue(long, None, flagged(FAR))["look"] == {"can": False, "trust": None}
    last = flagged([*FAR, 2_000])
    assert [line["id"] for line in _queue.queue(long, None, last, order="look")["drafts"]][:4] == [
        "d1998", "d1999", "d2000", "d0",
    ]  # fmt: skip


def test_a_doubtful_model_asked_about_the_end_of_a_long_queue_says_what_it_is_worth(long: Workspace) -> None:
    found = _queue.queue(long, None, flagged([1_500], caught=1), order="look")
    assert (found["order"], found["look"]["can"], found["look"]["trust"]["caught"]) == ("run", False, [1, 10])


def test_a_person_chooses_the_order_and_gets_the_runs_where_it_cannot_be(
    ws: Workspace, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(ws, call("generate.run", recipe="noise", where=""))
    made = [line["id"] for line in call("draft.queue")["drafts"]]
    assert call("draft.queue")["order"] == "run"
    found = call("draft.queue", order="look")
    assert (found["order"], found["look"]) == ("run", {"can": False, "trust": None})
    last = made[-1]
    monkeypatch.setattr(type(ws), "judgements", lambda self: [told(marks={last: (5, 1, 5)})])
    monkeypatch.setattr(type(ws), "newest_opinion", lambda self: 1)
    found = call("draft.queue", order="look")
    assert [line["id"] for line in found["drafts"]] == [last, *made[:-1]]
    assert (found["order"], found["look"]["can"]) == ("look", True)
    assert [line["id"] for line in call("draft.queue")["drafts"]] == made, "the default stays"
    monkeypatch.setattr(_queue, "MOST_QUEUED", 1)
    assert [line["id"] for line in call("draft.queue", order="look")["drafts"]] == [last], "also behind those shown"
