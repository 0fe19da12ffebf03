"""Importing: a file's conversations into the store, as one step that is there whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from workbench.collect import open_files
from workbench.flows.import_sources import ImportSources
from workbench.flows.importing import Importing, ImportReport, Progress, check_not_cancelled
from workbench.ids import new_id
from workbench.model import Source
from workbench.store.base import Store
from workbench.store.rows import ImportRecord


def collect(
    store: Store,
    path: Path,
    *,
    author: str,
    source: Source | str | None = None,
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
    progress: Progress = lambda done, total, message: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Import every conversation at `path`; bad records are quarantined and told, known ones counted.

    Args:
        store: where they go, all at once: killed or cancelled, the import leaves nothing behind. An import that adds
            nothing is written down, but is no step to undo.
        path: a file, a folder or an archive.
        author: who imports; the step is theirs to undo.
        source: where the conversations came from; by default a source named after the file, with the licence the
            file or a notice beside it names. What is known of a source stays unless a `Source` given here says else.
        format: the name of an importer; guessed when None.
        options: see `workbench.collect.base.Options`.
        progress: told the number of records read, every few thousand.
        cancelled: asked as often whether to stop.

    Raises:
        CollectError: when nothing there can be read.
        Cancelled: when `cancelled` says so.
    """
    files = open_files(path, format=format, options=options)
    import_id = new_id("imp")

    def waiting() -> None:
        check_not_cancelled(cancelled)
        progress(0, None, "waiting for another import to end")

    with (
        ThreadPoolExecutor(1, "workbench-hash") as aside,
        store.importing(author, import_id, waiting=waiting) as staging,
    ):
        hashed = aside.submit(file_hash, path)  # hashing leaves the interpreter free: it costs no time beside the rest
        sources = ImportSources(store.sources(), source, path)
        importing = Importing(staging, sources, path, import_id, progress, cancelled)
        for file in files:
            importing.take(file)
        digest = hashed.result()
        return importing.end(author, digest, options or {}, _earlier(store, digest))


def _earlier(store: Store, digest: str) -> ImportRecord | None:
    return next((record for record in store.imports() if record.file_hash == digest and record.state == "done"), None)


def file_hash(path: Path) -> str:
    """BLAKE2b-128 of a file's bytes, or of the names and bytes of a folder's files in order."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if not file.is_file():
            continue
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        try:
            with file.open("rb") as stream:
                while data := stream.read(1 << 20):
                    digest.update(data)
        except OSError as exc:  # the import tells that it cannot be read
            digest.update(type(exc).__name__.encode())
    return f"b2:{digest.hexdigest()}"
