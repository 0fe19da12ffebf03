"""Source texts against which answers are grounded: a text file becomes a document with numbered spans."""

from __future__ import annotations

import re
from pathlib import Path

from workbench.collect.documents import read_document
from workbench.errors import NotFound
from workbench.flows.import_sources import source_for
from workbench.ids import derived_id
from workbench.model import Document, Draft, Source
from workbench.store.base import Store


def add_document(
    store: Store, path: Path, *, author: str, source: Source | None = None, language: str | None = None
) -> Document:
    """Add a Markdown or text file as a document; the same text is added once.

    What is known of its source stays, unless the `source` given says else.

    Raises:
        CollectError: when the file is not readable text.
    """
    read = read_document(path)
    with store.write(author, f"document {path.name}", undoable=False) as writer:
        kept = writer.save_source(source_for(store.sources(), source or path.stem, path, "document"))
        document = Document(
            derived_id("doc", path.name, read.text), read.title, read.text, read.spans, kept.id, language or _tag(path)
        )
        writer.add_documents([document])
    return document


def document_of(store: Store, draft: Draft) -> Document | None:
    """The document that a draft was made from; None where it was made from none, or that is gone."""
    try:
        return store.document(draft.meta["document"]) if draft.meta.get("document") else None
    except NotFound:
        return None


def _tag(path: Path) -> str | None:
    """The language a name like ``guide.fr.md`` tells."""
    found = re.search(r"\.([a-z]{2}(?:-[A-Za-z]{2,8})?)\.[a-z]+$", path.name)
    return found[1] if found else None
