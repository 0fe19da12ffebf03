"""What gates found is counted in the database, and the counts are those of the drafts themselves."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.builders import turns_of
from workbench.model import Draft, DraftChange, Finding, Run
from workbench.store import open_store
from workbench.store.sqlite import SqliteStore

RUN = Run("run1", "noise", "1", "ana", {}, 7, "", (), 400)
GATES = ("language", "copy", "length")
SEVERITIES = ("info", "warning", "problem")
VERDICTS = {"info": "passed", "warning": "unsure", "problem": "failed"}
RANKS = ("passed", "unsure", "failed")


def a_draft(chance: random.Random, row: int, attempt: int = 0) -> Draft:
    found = tuple(
        Finding(gate, 0.5, severity, f"{gate} {severity}")
        for gate in GATES
        for severity in SEVERITIES
        if chance.random() < 0.12
    )
    lost = chance.random() < 0.1
    state = "failed" if lost else "gated" if any(one.severity == "problem" for one in found) else "draft"
    return Draft(
        f"d{row}.{attempt}", "run1", row, () if lost else turns_of("a", "b"), (), "noise", "1", state=state,
        gates=() if lost else found, reason="the endpoint answered 500" if lost else "", created_at=5,
    )  # fmt: skip


def filled(store: SqliteStore, rows: int, seed: int = 3) -> list[Draft]:
    """Drafts of every state, some rows tried again; returns the last draft of each row."""
    chance = random.Random(seed)
    drafts = [a_draft(chance, row) for row in range(rows)]
    again = [a_draft(chance, draft.row, 1) for draft in drafts if not draft.turns and chance.random() < 0.5]
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(replace(RUN, requested=rows))
        writer.add_drafts(drafts)
        writer.add_drafts(again)
    last = {draft.row: draft for draft in [*drafts, *again]}
    with store.write("ben", "decide") as writer:
        for draft in last.values():
            if draft.turns and chance.random() < 0.6:
                last[draft.row] = writer.decide(draft.id, chance.choice(("accepted", "rejected")))
    return list(last.values())


def verdict_of(draft: Draft, gate: str) -> str:
    said = [VERDICTS[one.severity] for one in draft.gates if not gate or one.check == gate]
    return max(said, key=RANKS.index, default="passed")


def test_the_counts_are_those_of_the_drafts(store: SqliteStore) -> None:
    drafts = [draft for draft in filled(store, 400) if draft.turns]
    wanted = Counter((gate, verdict_of(draft, gate), draft.state) for draft in drafts for gate in ("", *GATES))
    found = {(one.gate, one.verdict, one.state): one.drafts for one in store.gate_counts("run1")}
    assert found == {key: n for key, n in wanted.items() if not key[0] or key[1] != "passed"}


@pytest.mark.parametrize("gate", ["", *GATES])
@pytest.mark.parametrize("verdict", RANKS)
def test_a_count_opens_the_drafts_it_counts(store: SqliteStore, gate: str, verdict: str) -> None:
    drafts = [draft for draft in filled(store, 200) if draft.turns and verdict_of(draft, gate) == verdict]
    assert [draft.id for draft in store.at_gate("run1", gate, verdict, limit=500)] == [draft.id for draft in drafts]
    accepted = [draft.id for draft in drafts if draft.state == "accepted"]
    assert [draft.id for draft in store.at_gate("run1", gate, verdict, ("accepted",), limit=500)] == accepted
    assert [draft.id for draft in store.at_gate("run1", gate, verdict, limit=3, offset=2)] == [
        draft.id for draft in drafts[2:5]
    ]


def test_undoing_a_decision_is_counted(store: SqliteStore) -> None:
    filled(store, 50)
    assert "accepted" in {one.state for one in store.gate_counts("run1")}
    store.undo("ben")
    assert {one.state for one in store.gate_counts("run1")} <= {"draft", "gated"}


def changed(store: SqliteStore, draft: Draft, *gates: Finding) -> None:
    with store.write("eva", "change") as writer:
        writer.change_draft(draft.id, DraftChange("", 0, {}, draft.turns, gates), "draft", base=0)


def test_requests_are_read_whole_and_without_what_is_decided(store: SqliteStore) -> None:
    made = [
        Draft(f"{run}{n}", run, n, (), (), "answer", "1", group=f"g{n % 2}" if n < 4 else "")
        for run in ("run1", "run2")
        for n in range(6)
    ]
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(RUN)
        writer.add_run(replace(RUN, id="run2"))
        writer.add_drafts([replace(draft, state="gated") if draft.row == 2 else draft for draft in made])
    with store.write("ana", "reject") as writer:
        writer.decide("run11", "rejected", reason="off topic")
    wanted = ["run10", "run13", "run11", "run24", "nobody"]
    assert store.undecided(wanted) == {"run10", "run13", "run24"}
    assert (store.undecided(wanted, "run2"), store.undecided([]), store.requests_of([])) == ({"run24"}, set(), [])
    assert [draft.id for draft in store.requests_of(wanted)] == ["run10", "run12", "run13", "run24"]


def test_opinions_decisions_and_ranks_are_found_without_reading_drafts(store: SqliteStore) -> None:
    assert (store.newest_judged(), store.decided([]), store.ranked_runs()) == (0, {}, [])
    drafts = filled(store, 20)
    said = Draft("o1", "run2", 0, (), (), "judge", "1", state="judged")
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(replace(RUN, id="run2"))
        writer.add_drafts([said])
    first = store.newest_judged()
    with store.write("ana", "more", undoable=False) as writer:
        writer.add_drafts([replace(said, id="o2", row=1)])
    assert 0 < first < store.newest_judged()
    people = {draft.id: draft.state for draft in drafts if draft.state in {"accepted", "rejected"}}
    assert store.decided([*(draft.id for draft in drafts), "o1", "nobody"]) == people != {}
    assert store.ranked_runs() == []
    with store.write("ana", "order") as writer:
        writer.rank({next(iter(people)): 1})
    assert store.ranked_runs() == ["run1"]


def test_a_draft_that_was_changed_counts_by_what_gates_find_since(store: SqliteStore) -> None:
    drafts = filled(store, 80)
    before = store.gate_counts("run1")
    stopped = next(draft for draft in drafts if draft.state == "gated" and verdict_of(draft, "copy") == "failed")
    changed(store, stopped, Finding("length", 0.5, "warning", "short"))
    assert stopped.id in [one.id for one in store.at_gate("run1", "", "unsure", limit=99)]
    assert stopped.id in [one.id for one in store.at_gate("run1", "copy", "passed", limit=99)]
    assert sum(one.drafts for one in store.gate_counts("run1") if not one.gate) == sum(
        one.drafts for one in before if not one.gate
    )
    store.undo("eva")
    assert store.gate_counts("run1") == before


def test_what_older_workspaces_found_is_counted_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    changed(store, next(draft for draft in filled(store, 120) if draft.state == "gated"))
    counts, path = store.gate_counts("run1"), store.path
    store.close()
    with closing(sqlite3.connect(path)) as database:
        number = database.execute(
            "SELECT number FROM migration WHERE name = 'what the gates of a run found'"
        ).fetchone()
        database.executescript(
            "ALTER TABLE call DROP COLUMN estimated; ALTER TABLE call DROP COLUMN prompt; DROP TABLE prompt_text;"
            f"DROP TABLE gate_finding; DELETE FROM migration WHERE number >= {number[0]};"
            f"PRAGMA user_version = {number[0] - 1}"
        )
    again = open_store(tmp_path)
    assert again.gate_counts("run1") == counts
    again.close()


def test_calls_under_way_at_once_are_counted_once(store: SqliteStore) -> None:
    from workbench.model import Call

    def called(sent: int, ended: int | None, state: str = "done") -> None:
        call = Call(0, "run1", 0, "hash", "http://127.0.0.1", "m", "sent", sent)
        number = store.reserve_call(call)
        if ended is not None:
            store.finish_call(replace(call, id=number, state=state, ended_at=ended))  # type: ignore[arg-type]

    assert store.time_of_calls("run1") == 0
    for sent, ended in ((0, 100), (10, 40), (50, 120), (500, 600)):
        called(sent, ended)
    called(700, None)
    called(800, 9_000_000, "in_doubt")
    assert store.time_of_calls("run1") == 120 + 100


def test_ten_thousand_drafts_are_counted_without_reading_them(store: SqliteStore) -> None:
    filled(store, 10_000)
    read: set[tuple[str, str]] = set()

    def look(action: int, *about: Any) -> int:
        if action == apsw.SQLITE_READ:
            read.add(about[:2])
        return apsw.SQLITE_OK

    store._database.connection().authorizer = look
    assert sum(one.drafts for one in store.gate_counts("run1") if not one.gate) > 9_000
    assert ("draft", "state") in read
    assert ("draft", "record") not in read
    assert len(store.drafts(run="run1", limit=20_000)) > 10_000
    assert ("draft", "record") in read, "this is where their texts are"
