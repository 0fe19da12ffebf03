"""Every shipped notebook runs, is committed clean, and stays readable for the person it is for."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import nbformat
import pytest
from nbformat.validator import iter_validate

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FOR_EXPERTS = [path for path in NOTEBOOKS if not path.name.startswith("extend_")]
FOR_EXTENDERS = [path for path in NOTEBOOKS if path not in FOR_EXPERTS]


def by_name(path: Path) -> str:
    return path.stem


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample data, as `workbench lab --sample-data` leaves it."""
    import workbench
    from widgets.lab.demo import bring_samples

    folder = tmp_path_factory.mktemp("notebooks") / "demo.workspace"
    with workbench.open(folder, author="tester") as ws:
        bring_samples(ws, lambda text: None)
    return folder


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_runs(path, workspace, tmp_path, monkeypatch):
    from nbclient import NotebookClient

    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(workspace))
    monkeypatch.setenv("WORKBENCH_AUTHOR", "tester")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    book = nbformat.read(path, 4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": os.fspath(tmp_path)}}).execute()
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [output for cell in cells for output in cell.outputs if output.output_type == "error"] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_is_committed_without_outputs(path):
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert {cell.execution_count for cell in cells} == {None}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_it_is_a_valid_notebook(path):
    book = json.loads(path.read_text("utf-8"))
    assert list(iter_validate(book)) == []
    assert book["nbformat"] == 4
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])


@pytest.mark.parametrize("path", FOR_EXPERTS, ids=by_name)
def test_an_expert_meets_no_definition(path):
    defined = [node for code in code_of(path) for node in ast.walk(ast.parse(code))]
    assert not [node for node in defined if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_no_cell_is_long(path):
    assert max(len(code.splitlines()) for code in code_of(path)) <= 15


@pytest.mark.parametrize("path", FOR_EXTENDERS, ids=by_name)
def test_an_extension_is_written_and_tested_in_few_lines(path):
    lines = [line for code in code_of(path) for line in code.splitlines() if line.strip()]
    assert len(lines) < 40
    assert any(line.startswith("assert ") for line in lines)


def test_the_notebooks_are_all_there():
    expected = {"workbench", "10_collect", "20_generate", "30_label", "40_evaluate", "50_release"}
    assert {path.stem for path in NOTEBOOKS} == expected | {"extend_importer", "extend_recipe"}
