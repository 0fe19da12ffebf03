from __future__ import annotations

import multiprocessing
from pathlib import Path

import apsw
import pytest

from workbench.errors import StoreError, StoreTooNew
from workbench.store import open_store
from workbench.store.connection import Database
from workbench.store.migrations import MIGRATIONS, Migration, migrate

FRESH = multiprocessing.get_context("spawn")


def schema(path: Path) -> list[tuple[object, ...]]:
    connection = apsw.Connection(str(path))
    try:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
    finally:
        connection.close()


def oldest(folder: Path) -> Path:
    """A database as the first schema made it, with a sample in it."""
    folder.mkdir()
    database = Database(folder / "workbench.db")
    migrate(database, lambda: 1, MIGRATIONS[:1])
    database.rows("INSERT INTO term VALUES (1, ''), (2, 'src')")
    database.rows("INSERT INTO sample VALUES (1,'s1',x'00',2,1,1,1,1,1,1,0,1,2,1,0,0,5,5)")
    record = (
        b'{"id":"s1","turns":[{"id":"t1","role":"user","content":"hi"}],"source":"src",'
        b'"origin":{"kind":"written","author":"ana","depth":0},"revision":1,"created_at":5,"updated_at":5}'
    )
    database.rows("INSERT INTO body VALUES (1, 2, '', ?)", (record,))
    database.close()
    return database.path


def test_the_oldest_schema_becomes_the_newest(tmp_path: Path) -> None:
    path = oldest(tmp_path / "old")
    store = open_store(tmp_path / "old")
    assert store.get("s1").text == "hi"
    with store.write("ana", "tag") as writer:
        assert writer.tag_rows([1], "d", "x") == 1
    store.close()
    open_store(tmp_path / "new").close()
    assert schema(path) == schema(tmp_path / "new" / "workbench.db")


def test_opening_again_applies_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    database = Database(tmp_path / "workbench.db")
    assert migrate(database, lambda: 1) == 0
    assert database.rows("SELECT number, name FROM migration") == [
        (number, migration.name) for number, migration in enumerate(MIGRATIONS, 1)
    ]
    database.close()


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.db")
    broken = Migration("broken", "CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)")
    with pytest.raises(StoreError, match="nowhere"):
        migrate(database, lambda: 1, (*MIGRATIONS, broken))
    assert database.one("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == (0,)
    assert database.one("PRAGMA user_version") == (len(MIGRATIONS),)
    database.close()


def test_a_newer_schema_is_refused_and_not_touched(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    connection.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreTooNew, match="newer"):
        open_store(tmp_path)
    assert store.path.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "workbench.db"))
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workbench.db").write_bytes(b"certainly not a database" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(tmp_path)


def _open(folder: Path, gate: object) -> None:
    gate.wait()  # type: ignore[attr-defined]
    open_store(folder).close()


def test_processes_may_open_a_new_workspace_at_the_same_moment(tmp_path: Path) -> None:
    gate = FRESH.Barrier(3)
    processes = [FRESH.Process(target=_open, args=(tmp_path / "w", gate)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    store = open_store(tmp_path / "w")
    assert store.count() == 0
    store.close()
