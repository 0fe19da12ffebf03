"""The shipped notebooks' copies in a workspace: fresh ones are renewed, a person's own are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from widgets.lab import shelf

APP = shelf.APPLICATION


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped notebooks that a test may change."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setattr(shelf, "shipped", lambda name: folder)
    write(folder / "workbench.ipynb", "first")
    write(folder / "extend_recipe.ipynb", "teach")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    folder.mkdir()
    return folder


def write(path: Path, code: str, **cell: object) -> None:
    cells = [{"cell_type": "code", "source": code, **cell}]
    path.write_text(json.dumps({"cells": cells}), "utf-8")


def code_in(path: Path) -> str:
    return json.loads(path.read_text("utf-8"))["cells"][0]["source"]


def test_copies_are_laid_out(shipped, workspace):
    assert shelf.put_notebooks(workspace) == []
    assert code_in(workspace / APP) == "first"


def test_an_untouched_copy_is_renewed(shipped, workspace):
    shelf.put_notebooks(workspace)
    write(shipped / "workbench.ipynb", "second")
    shelf.put_notebooks(workspace)
    assert code_in(workspace / APP) == "second"


def test_a_copy_that_was_only_run_is_renewed(shipped, workspace):
    shelf.put_notebooks(workspace)
    write(workspace / APP, "first", outputs=[{"output_type": "stream"}], execution_count=3)
    write(shipped / "workbench.ipynb", "second")
    shelf.put_notebooks(workspace)
    assert code_in(workspace / APP) == "second"


def test_a_changed_copy_is_kept_and_told(shipped, workspace):
    shelf.put_notebooks(workspace)
    write(workspace / APP, "mine")
    write(shipped / "workbench.ipynb", "second")
    assert shelf.put_notebooks(workspace) == ["workbench.ipynb"]
    assert code_in(workspace / APP) == "mine"


def test_a_persons_own_file_of_that_name_is_kept(shipped, workspace):
    (workspace / "notebooks").mkdir()
    write(workspace / APP, "mine")
    assert shelf.put_notebooks(workspace) == ["workbench.ipynb"]


def test_a_file_that_is_no_notebook_is_kept(shipped, workspace):
    (workspace / "notebooks").mkdir()
    (workspace / APP).write_text("not a notebook", "utf-8")
    assert shelf.put_notebooks(workspace) == ["workbench.ipynb"]


def test_a_broken_record_keeps_what_is_there(shipped, workspace):
    shelf.put_notebooks(workspace)
    (workspace / "notebooks" / shelf.RECORD).write_text("{", "utf-8")
    write(shipped / "workbench.ipynb", "second")
    assert shelf.put_notebooks(workspace) == ["workbench.ipynb"]


def test_pages_that_teach_never_start_by_themselves(shipped):
    assert shelf.startable() == {APP: ["first"]}


def test_the_real_application_may_start():
    assert shelf.startable()[APP]
