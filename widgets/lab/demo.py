"""A new workspace filled with the sample data that ships with the workbench."""

from __future__ import annotations

import time
from collections.abc import Callable

from widgets.lab.shelf import shipped
from workbench import Source, Workspace
from workbench.text import amount

SETTING = "sample_data"
Say = Callable[[str], None]


def wants_samples(ws: Workspace, *, new: bool) -> bool:
    """Whether the sample data belong in it: it is new, or an earlier start was cut short while bringing them in."""
    return new or ws.setting(SETTING) == "started"


def bring_samples(ws: Workspace, say: Say) -> None:
    """Import the conversations and documents. Interrupted, it goes on at the next start: known records are skipped."""
    ws.set_setting(SETTING, "started")
    folder = shipped(SETTING)
    source = ws.save_source(
        Source(
            name="sample data",
            license="CC0-1.0",
            license_evidence="sample_data/README.md",
            collector="the curation workbench",
            legal_basis="invented",
            policy="may_leave",
        )
    )
    began = time.monotonic()
    files = sorted((folder / "conversations").glob("*.jsonl"))
    imported = sum(ws.collect(file, source=source).imported for file in files)
    documents = sorted((folder / "documents").glob("*.md"))
    for document in documents:
        ws.add_document(document, source=source)
    ws.set_setting(SETTING, "done")
    seconds = time.monotonic() - began
    say(f"{imported} sample conversations and {amount(len(documents), 'document')} imported in {seconds:.1f} s")
