"""The limit of a run is kept where calls are written down, so that it holds for all who spend from it."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import BudgetExceeded
from workbench.model import Budget, Call, Run
from workbench.store import open_store
from workbench.store.calls import Spent
from workbench.store.connection import Database
from workbench.store.migrations import MIGRATIONS, migrate
from workbench.store.sqlite import SqliteStore

RUN = Run("run1", "answer", "1", "ana", {}, 0, "", (), 100)
CALL = Call(0, "run1", 0, "hash", "http://x", "m", "sent", 1, None, 30, 10, 0.04)


def limited(store: SqliteStore, budget: Budget) -> None:
    with store.write("ana", "run", undoable=False) as writer:
        writer.add_run(replace(RUN, budget=budget))


def done(call: Call, **what: object) -> Call:
    return replace(call, **{"state": "done", "prompt_tokens": 5, "completion_tokens": 5, "usd": 0.01, **what})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("budget", "limit"),
    [(Budget(calls=2), "calls: 2"), (Budget(tokens=100), "tokens: 100"), (Budget(usd=0.1), "US dollars: 0.1")],
)
def test_a_call_that_could_pass_the_limit_is_not_written_down(store: SqliteStore, budget: Budget, limit: str) -> None:
    limited(store, budget)
    for _ in range(2):
        store.reserve_call(CALL)
    with pytest.raises(BudgetExceeded, match=f"could pass the limit of {limit}"):
        store.reserve_call(CALL)
    assert len(store.calls("run1")) == 2
    assert store.spent("run1") == Spent(2, 80, 0.08, budget)


def test_what_a_call_did_not_need_is_there_for_the_next(store: SqliteStore) -> None:
    limited(store, Budget(tokens=60))
    for _ in range(3):
        store.finish_call(done(replace(CALL, id=store.reserve_call(CALL))))
    assert store.spent("run1").tokens == 30
    store.finish_call(done(replace(CALL, id=store.reserve_call(replace(CALL, prompt_tokens=20))), state="in_doubt"))


def test_a_price_nobody_knows_is_no_price_under_a_limit_in_dollars(store: SqliteStore) -> None:
    limited(store, Budget(usd=100.0))
    with pytest.raises(BudgetExceeded):
        store.reserve_call(replace(CALL, usd=None))
    store.reserve_call(replace(CALL, run="another", usd=None))


def test_a_limit_can_be_raised_while_the_run_is_at_work_and_saving_the_run_leaves_it(store: SqliteStore) -> None:
    limited(store, Budget(calls=0))
    with pytest.raises(BudgetExceeded):
        store.reserve_call(CALL)
    with store.write("ben", "limit", undoable=False) as writer:
        writer.limit_run("run1", Budget(calls=1))
    with store.write("ana", "run", undoable=False) as writer:
        writer.save_run(replace(RUN, state="running", budget=Budget(calls=0)))
    assert store.reserve_call(CALL)
    assert (store.run("run1").state, store.run("run1").budget) == ("running", Budget(calls=1))


def test_two_stores_of_one_workspace_share_the_limit(tmp_path: Path) -> None:
    """As two processes do: each has its own connections and knows nothing of the other."""
    stores = [open_store(tmp_path / "w") for _ in range(2)]
    limited(stores[0], Budget(calls=50, tokens=1600))

    def spend(store: SqliteStore) -> None:
        for _ in range(15):
            with suppress(BudgetExceeded):
                store.reserve_call(CALL)

    threads = [threading.Thread(target=spend, args=(store,)) for store in stores * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert stores[0].spent("run1") == stores[1].spent("run1")
    assert (len(stores[0].calls("run1")), stores[0].spent("run1").tokens) == (40, 1600)
    for store in stores:
        store.close()


def test_what_was_spent_before_the_limit_was_kept_here_counts(tmp_path: Path) -> None:
    """A workspace of before this step of the schema: its calls and limits are added up once."""
    number = next(place for place, one in enumerate(MIGRATIONS) if "may spend" in one.name)
    database = Database(tmp_path / "w.db")
    migrate(database, lambda: 1, MIGRATIONS[:number])
    call = "INSERT INTO call VALUES (?, 'run1', 0, 'h', 'e', 'm', 'done', 1, 2, 30, 10, ?, '', '')"
    database.rows(call, (1, 0.5))
    database.rows(call, (2, None))
    record = b'{"id":"run1","parents":[],"budget":{"usd":2.5,"calls":7}}'
    database.rows("INSERT INTO run VALUES ('run1', ?), ('run2', ?)", (record, b'{"id":"run2"}'))
    migrate(database, lambda: 1)
    found = database.rows("SELECT * FROM meter ORDER BY run")
    assert found == [("run1", 2, 80, 0.5, 7, None, 2.5), ("run2", 0, 0, 0.0, None, None, None)]
    database.close()
