"""The doctor tells what is wrong and what to do, and touches nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import workbench
from workbench import doctor
from workbench.store.facts import facts_of


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "w.workspace"
    workbench.open(folder, author="ana").close()
    return folder


def found(workspace: Path) -> dict[str, doctor.Diagnosis]:
    return {item.what: item for item in doctor.examine(workspace)}


def test_a_new_workspace_is_in_order(workspace):
    bad = [item for item in doctor.examine(workspace) if item.state == "fail"]
    assert bad == []


def test_the_database_keeps_its_promises(workspace):
    facts = facts_of(workspace / "workbench.db")
    assert (facts.journal_mode, facts.synchronous, facts.damage) == ("wal", "FULL", "")


def test_everything_wrong_says_what_to_do(tmp_path):
    assert all(item.mend for item in doctor.examine(tmp_path) if item.state != "ok")


def test_an_old_version_fails(monkeypatch, workspace):
    monkeypatch.setattr(doctor, "version", lambda package: "3.0")
    assert found(workspace)["jupyterlab"].state == "fail"


def test_an_open_folder_is_warned_of(workspace):
    workspace.chmod(0o755)
    assert "chmod 700" in found(workspace)["folder mode"].mend


def test_a_damaged_database_fails(workspace):
    (workspace / "workbench.db").write_bytes(b"not a database at all" * 1000)
    assert found(workspace)["database"].state == "fail"


def test_a_missing_workspace_is_only_a_warning(tmp_path):
    assert found(tmp_path / "none")["workspace"].state == "warn"
    assert not (tmp_path / "none").exists()


def test_a_clock_behind_the_files_is_noticed(workspace):
    later = time.time() + 3600
    os.utime(workspace / "workbench.db", (later, later))
    assert "60 minutes behind" in found(workspace)["clock"].found


def test_a_full_disk_fails(monkeypatch, workspace):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 10 << 20}))
    assert found(workspace)["free space"].state == "fail"


def test_a_network_file_system_is_warned_of(monkeypatch, workspace):
    monkeypatch.setattr(doctor, "file_system_of", lambda place: "nfs4")
    assert found(workspace)["file system"].state == "warn"


@pytest.mark.parametrize(("text", "numbers"), [("4.6.0rc1", (4, 6, 0)), ("3.54.1.0", (3, 54, 1, 0)), ("x", (0,))])
def test_versions_are_compared_by_their_numbers(text, numbers):
    assert doctor.numbers(text) == numbers


def test_a_workspace_of_a_newer_workbench_fails(workspace):
    import apsw

    connection = apsw.Connection(str(workspace / "workbench.db"))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    told = found(workspace)
    assert (told["schema"].state, told["models"].state) == ("fail", "warn")
    assert "upgrade" in told["schema"].mend


def test_a_workspace_of_this_workbench_has_a_known_schema(workspace):
    assert found(workspace)["schema"].state == "ok"
