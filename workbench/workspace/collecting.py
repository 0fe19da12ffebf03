"""Importing files, documents and their sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import InvalidInput
from workbench.flows.sources import check_source, save_source
from workbench.jobs import Control, Job
from workbench.model import Document, Source
from workbench.store.rows import ImportRecord, ProblemRecord
from workbench.workspace.base import WorkspaceBase

if TYPE_CHECKING:
    from workbench.collect import Preview
    from workbench.flows.importing import ImportReport


class Collecting(WorkspaceBase):
    """The part of the workspace through which data comes in."""

    def preview(self, path: str | Path, *, format: str | None = None, options: Any = None) -> Preview:
        """What a file seems to be, with three rendered samples; nothing is imported."""
        from workbench.collect import preview

        return preview(_given(path), format=format, options=options)

    def collect(
        self,
        path: str | Path,
        *,
        source: Source | None = None,
        format: str | None = None,
        options: Any = None,
    ) -> ImportReport:
        """Import a file or folder and wait for it. The report counts what came in, what was known, what was bad."""
        return self.collect_job(path, source=source, format=format, options=options).wait()

    def collect_job(
        self,
        path: str | Path,
        *,
        source: Source | None = None,
        format: str | None = None,
        options: Any = None,
    ) -> Job[ImportReport]:
        """Import a file or folder as a job with progress and cancel. Cancelled or killed, it leaves nothing behind."""
        from workbench.flows.collect import collect

        check_source(source)
        file = _given(path)

        def work(control: Control) -> ImportReport:
            report = collect(
                self._store,
                file,
                author=self.author,
                source=source,
                format=format,
                options=options,
                progress=control.progress,
                cancelled=lambda: control.cancelled,
            )
            self._emit("sample.changed", ids=[])
            return report

        job = self._jobs.start(f"Import {file.name}", work)
        self._emit("job.started", id=job.id)
        return job

    def importers(self) -> list[Any]:
        """The formats that can be read."""
        from workbench.collect import IMPORTERS

        return list(IMPORTERS)

    def imports(self) -> list[ImportRecord]:
        """All imports, newest first."""
        return self._store.imports()

    def problems(self, import_id: str) -> list[ProblemRecord]:
        """What an import quarantined."""
        return self._store.problems(import_id)

    def sources(self) -> list[Source]:
        """Where the samples came from."""
        return self._store.sources()

    def save_source(self, source: Source) -> Source:
        """Add a source or correct what is known of it (licence, evidence, policy)."""
        return save_source(self._store, self.author, source)

    def documents(self) -> list[Document]:
        """The source texts for grounded work."""
        return self._store.documents()

    def add_document(self, path: str | Path, *, source: Source | None = None) -> Document:
        """Add a text file as a document with numbered spans."""
        from workbench.flows.documents import add_document

        check_source(source)
        return add_document(self._store, _given(path), author=self.author, source=source)


def _given(path: str | Path) -> Path:
    """The path as given; an empty one would mean the folder one happens to be in."""
    if not str(path).strip():
        raise InvalidInput("no path was given", hint="name a file, a folder or an archive")
    return Path(path)
