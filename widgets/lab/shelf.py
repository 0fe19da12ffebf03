"""The notebooks that ship with the workbench, and their copies in a workspace."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FOLDER = "notebooks"
APPLICATION = f"{FOLDER}/workbench.ipynb"
RECORD = ".shipped.json"


def shipped(name: str) -> Path:
    """A folder that ships with the workbench: beside this file in a wheel, at the top of a source checkout."""
    return next(folder for folder in (HERE / name, HERE.parents[1] / name) if folder.is_dir())


def cells(notebook: Path) -> list[tuple[str, str]]:
    """Kind and text of a notebook's cells: what a person writes, without outputs and metadata."""
    content: dict[str, Any] = json.loads(notebook.read_text("utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in content["cells"]]


def fingerprint(notebook: Path) -> str:
    """A hash of the cells; running and saving a notebook does not change it. An unreadable file has none."""
    try:
        return hashlib.sha256(json.dumps(cells(notebook)).encode()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def is_as_shipped(workspace: Path, page: str) -> bool:
    """Whether a notebook, given by its path in the workspace, may start by itself and holds the code that ships."""
    wanted, copy = startable().get(page), workspace / page
    return wanted is not None and fingerprint(copy) == fingerprint(shipped(FOLDER) / copy.name)


def startable() -> dict[str, list[str]]:
    """Path in the workspace -> code cells, for each notebook that may run by itself when it is opened.

    The page compares the code it has in hand with these texts; a notebook that differs in one character is opened
    like any other and waits for its reader. Pages that teach (``extend_*``) never run by themselves.
    """
    pages = (page for page in _pages() if not page.name.startswith("extend_"))
    return {f"{FOLDER}/{page.name}": [text for kind, text in cells(page) if kind == "code"] for page in pages}


def put_notebooks(workspace: Path) -> list[str]:
    """Copy the shipped notebooks into a workspace; returns the names of those kept because a person changed them.

    A copy that nobody touched is replaced by a newer version, whose hash is then remembered.
    """
    folder = workspace / FOLDER
    folder.mkdir(exist_ok=True)
    record = folder / RECORD
    known = _remembered(record)
    kept = []
    for page in _pages():
        copy, new = folder / page.name, fingerprint(page)
        if copy.exists() and fingerprint(copy) not in {new, known.get(page.name)}:
            kept.append(page.name)
            continue
        if not copy.exists() or copy.read_bytes() != page.read_bytes():
            copy.write_bytes(page.read_bytes())
        known[page.name] = new
    record.write_text(json.dumps(known, indent=1), "utf-8")
    return kept


def _remembered(record: Path) -> dict[str, str]:
    """The hashes of the versions put here; without a readable record every differing copy counts as a person's own."""
    try:
        known: dict[str, str] = json.loads(record.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known


def _pages() -> Iterator[Path]:
    yield from sorted(shipped(FOLDER).glob("*.ipynb"))
