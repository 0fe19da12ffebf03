"""A notebook whose outputs are hostile: run, saved and signed; then opened again, and as the web page made of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.ui.hostile import vectors
from tests.ui.witness import Witness
from widgets.bench import desk

NOTEBOOK = (
    "import workbench as wb; from widgets import *; ws = wb.open()",
    "SampleBrowser(ws)",
    "QualityBoard(ws)",
    "ReleasePanel(ws)",
    "ws.find('turns>=20').samples[0]",
    "ws.frame('turns>=20')",
    "ws.tags_frame('turns>=20')",
    "ws.find('', limit=5)",
    "ws.evaluate('turns>=20')",
    "print(ws.sources())",
    "ws.find('nofield:<img src=x onerror=top.__fired=1>')",
)
FIRES = (f"from IPython.display import HTML; HTML({vectors()[0]!r})",)


def saved_book(lab: desk.Lab, name: str, cells: tuple[str, ...]) -> Path:
    """Run cells, save the notebook with its outputs, and sign it, so that JupyterLab shows all it holds."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    folder = lab.workspace / "notebooks"
    kernel = {**os.environ, "WORKBENCH_WORKSPACE": str(lab.workspace), "WORKBENCH_AUTHOR": "tester"}
    NotebookClient(book, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}).execute(
        env=kernel
    )
    path = folder / f"{name}.ipynb"
    nbformat.write(book, path)
    _sign(lab, book)
    return path


def _sign(lab: desk.Lab, book: Any) -> None:
    from nbformat.sign import NotebookNotary

    home = lab.workspace.parent / "home" / "data" / "curation-workbench" / "lab" / "data"
    notary = NotebookNotary(data_dir=str(home))
    notary.sign(book)
    notary.store.close()


def open_notebook(seen: Witness, lab: desk.Lab, name: str) -> None:
    seen.page.goto(lab.address(f"doc/tree/notebooks/{name}.ipynb"))
    seen.page.wait_for_selector(".jp-OutputArea-output", timeout=desk.START_MS)
    seen.page.wait_for_timeout(2000)


def open_exported(seen: Witness, path: Path) -> None:
    """nbconvert's page as a person opens it from a mail; what its own template wants from the network is refused."""
    from nbconvert import HTMLExporter

    target = path.with_suffix(".html")
    target.write_text(HTMLExporter().from_filename(str(path))[0], "utf-8")
    seen.page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    seen.page.goto(target.as_uri(), wait_until="load")
    seen.page.wait_for_timeout(1000)
