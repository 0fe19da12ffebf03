from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample, turns_of
from workbench.errors import InvalidInput, NotFound
from workbench.model import Budget, Call, Draft, Finding, Run
from workbench.store.sqlite import SqliteStore

RUN = Run("run1", "duet", "1", "ana", {"tone": "kind"}, 7, "domain:law", ("s1",), 3, budget=Budget(usd=1.5))
FINDING = Finding("length", 0.5, "warning", "short", turn="t1", start=0, end=2)
DRAFT = Draft(
    "d1", "run1", 1, turns_of("a", "b"), ("s1",), "duet", "1", language="en", params={"tone": "kind"}, group="g",
    calls=(3, 4), gates=(FINDING,), branch_at="t1", meta={"x": [1]}, created_at=5,
)  # fmt: skip
CALL = Call(0, "run1", 1, "hash", "http://127.0.0.1", "m", "sent", 10)


def with_drafts(store: SqliteStore) -> None:
    with store.write("ana", "run") as writer:
        writer.add_run(RUN)
        writer.add_drafts([DRAFT, replace(DRAFT, id="d2"), replace(DRAFT, id="d3", run="run2")])


def test_runs_come_back_newest_first_and_can_be_brought_up_to_date(store: SqliteStore) -> None:
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(RUN)
        writer.add_run(replace(RUN, id="run2", query="", author="", parents=(), params={}))
        writer.save_run(replace(RUN, state="done", counts={"accepted": 3}))
    assert [run.id for run in store.runs()] == ["run2", "run1"]
    assert store.run("run1") == replace(RUN, state="done", counts={"accepted": 3})
    assert store.run("run2").parents == ()


def test_a_run_is_written_down_once(store: SqliteStore) -> None:
    with_drafts(store)
    with pytest.raises(InvalidInput, match="exists already"), store.write("ana", "run") as writer:
        writer.add_run(RUN)
    with pytest.raises(NotFound):
        store.run("none")


def test_drafts_come_back_as_they_were_given(store: SqliteStore) -> None:
    with_drafts(store)
    assert store.draft("d1") == DRAFT
    assert [d.id for d in store.drafts()] == ["d1", "d2", "d3"]
    assert [d.id for d in store.drafts(run="run1", state="draft", limit=1)] == ["d1"]


def test_a_decision_is_kept_with_who_when_and_why(store: SqliteStore) -> None:
    with_drafts(store)
    with store.write("ben", "reject") as writer:
        decided = writer.decide("d1", "rejected", reason="off topic")
    assert store.draft("d1") == decided
    assert (decided.state, decided.decided_by, decided.reason) == ("rejected", "ben", "off topic")
    assert [d.id for d in store.drafts(state="rejected")] == ["d1"]


def test_a_draft_is_decided_once(store: SqliteStore) -> None:
    with_drafts(store)
    with store.write("ben", "reject") as writer:
        writer.decide("d1", "rejected")
    with store.write("ana", "accept") as writer, pytest.raises(InvalidInput, match="rejected already by ben"):
        writer.decide("d1", "accepted", sample="half")
    assert store.draft("d1").state == "rejected"


def test_gating_is_no_decision(store: SqliteStore) -> None:
    with_drafts(store)
    with store.write("ana", "gate", undoable=False) as writer:
        writer.decide("d1", "gated")
        accepted = writer.decide("d1", "accepted", sample="s9")
    assert accepted.sample == "s9"


def test_undoing_an_acceptance_gives_the_draft_back_and_archives_its_sample(store: SqliteStore) -> None:
    with_drafts(store)
    with store.write("ana", "accept") as writer:
        writer.add_samples([a_sample("made", id="made")])
        writer.decide("d1", "accepted", sample="made")
    store.undo("ana")
    assert store.draft("d1") == DRAFT
    assert store.get("made").state == "archived"


def test_a_call_is_reserved_before_it_is_finished(store: SqliteStore) -> None:
    number = store.reserve_call(CALL)
    assert store.calls("run1") == [replace(CALL, id=number)]
    assert store.answered("hash") is None
    done = replace(
        CALL, id=number, state="done", ended_at=12, prompt_tokens=5, completion_tokens=6, usd=0.1, response="hi"
    )
    store.finish_call(done)
    assert store.answered("hash") == done
    assert store.calls() == [done]


def test_the_newest_answer_of_a_request_is_given(store: SqliteStore) -> None:
    for response in ("first", "second"):
        number = store.reserve_call(CALL)
        store.finish_call(replace(CALL, id=number, state="done", response=response))
    store.finish_call(replace(CALL, id=store.reserve_call(CALL), state="failed", error="500"))
    assert store.answered("hash").response == "second"  # type: ignore[union-attr]


def test_a_call_nobody_reserved_cannot_be_finished(store: SqliteStore) -> None:
    with pytest.raises(NotFound):
        store.finish_call(replace(CALL, id=99))


def test_other_notebooks_notice_a_call(store: SqliteStore) -> None:
    before = store.data_version()
    store.reserve_call(CALL)
    assert store.data_version() != before
