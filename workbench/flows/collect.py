"""Importing: a file's conversations into the store, as one step that is there whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.collect import FileReading, ParsedTag, Problem, open_files
from workbench.collect.licences import licence_beside
from workbench.collect.limits import LIMITS
from workbench.errors import Cancelled, CollectError
from workbench.flows.batches import Batch, ImportFacts, batches
from workbench.flows.batches_child import batches_from_child, can_read
from workbench.ids import new_id, now_ms
from workbench.model import Source, Tag
from workbench.store.base import ImportRecord, ProblemRecord, Store, Writer

Progress = Callable[[int, int | None, str], None]

_ROWS_TOLD = 1_000
_LICENCES_TOLD = 5
_NOTES_TOLD = 10


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `read` is always `imported + duplicates + problems`.

    `duplicate_rows` names the first thousand duplicates as (file, row); `note` says in words what deserves a look.
    """

    import_id: str
    read: int
    imported: int
    duplicates: int
    problems: int
    source: Source
    format: str
    note: str = ""
    tags: int = 0
    duplicate_rows: tuple[tuple[str, int], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


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
        store: where they go, in one transaction: killed or cancelled, the import leaves nothing behind.
        path: a file, a folder or an archive.
        author: who imports; the step is theirs to undo.
        source: where the conversations came from; by default a source named after the file, with the licence the
            file or a notice beside it names.
        format: the name of an importer; guessed when None.
        options: see `workbench.collect.base.Options`.
        progress: told the number of records read, about every thousand.
        cancelled: asked as often whether to stop.

    Raises:
        CollectError: when nothing there can be read.
        Cancelled: when `cancelled` says so.
    """
    files = open_files(path, format=format, options=options)
    sources = {known.name: known.id for known in store.sources()}
    with ThreadPoolExecutor(1, "workbench-hash") as aside, store.write(author, f"import {path.name}") as writer:
        hashed = aside.submit(file_hash, path)  # hashing leaves the interpreter free: it costs no time beside the rest
        importing = _Importing(writer, sources, path, author, progress, cancelled)
        importing.begin(source)
        for file in files:
            importing.take(file)
        digest = hashed.result()
        return importing.end(digest, options or {}, _earlier(store, digest))


class _Importing:
    """One import under way: what was counted so far."""

    def __init__(
        self,
        writer: Writer,
        sources: dict[str, str],
        path: Path,
        author: str,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._writer = writer
        self._path = path
        self._author = author
        self._progress = progress
        self._cancelled = cancelled
        self._id = new_id("imp")
        self._source = Source(path.name)
        self._licences: dict[str, str] = {}
        self._guessed = False
        self._problems: list[ProblemRecord] = []
        self._imported = self._duplicates = self._tags = 0
        self._duplicate_rows: list[tuple[str, int]] = []
        self._files: dict[str, str] = {}
        self._sources = sources
        self._notes: list[str] = []

    def begin(self, source: Source | str | None) -> None:
        """Save the source first: samples carry its id."""
        self._guessed = not isinstance(source, Source)
        if not isinstance(source, Source):
            source = Source(source or _stem(self._path), locator=self._path.name, collected_at=now_ms())
        self._source = self._writer.save_source(source)

    def take(self, file: FileReading | Problem) -> None:
        """Import one file."""
        if isinstance(file, Problem):
            self._quarantine(file, file.file)
            return
        self._files[file.name] = file.importer.name
        if file.note and len(self._notes) < _NOTES_TOLD:
            self._notes.append(file.note)
        facts = ImportFacts(self._id, self._source.id, self._writer.at)
        read = batches_from_child(file, facts) if can_read(file) else batches(file, facts, self._source_of)
        with closing(read):
            for batch in read:
                self._add(batch, file.name)

    def _add(self, batch: Batch, file: str) -> None:
        if self._cancelled():
            raise Cancelled("the import was stopped", hint="nothing of it was kept")
        for problem in batch.problems:
            self._quarantine(problem, file)
        told = self._writer.add_encoded(batch.samples)
        new = sum(is_new for _, is_new in told)
        self._imported += new
        self._duplicates += len(told) - new
        known = [row for row, (_, is_new) in zip(batch.rows, told, strict=True) if not is_new]
        self._duplicate_rows.extend((file, row) for row in known[: _ROWS_TOLD - len(self._duplicate_rows)])
        for licence in batch.licences[: _LICENCES_TOLD - len(self._licences)]:
            self._licences.setdefault(licence, f"the field 'license' of the records in {file}")
        tags = [_tag(told[place][0], tag) for place, tag in batch.tags if told[place][1]]
        if tags:
            self._tags += self._writer.tag(tags)
        self._progress(self._read, None, f"{file}: {self._imported} new")

    def _source_of(self, source: Source) -> str:
        """The id of a source the file brings with it; one already known by that name stays as it is here."""
        if source.name not in self._sources:
            self._sources[source.name] = self._writer.save_source(source).id
        return self._sources[source.name]

    @property
    def _read(self) -> int:
        return self._imported + self._duplicates + len(self._problems)

    def _quarantine(self, problem: Problem, file: str) -> None:
        if len(self._problems) >= LIMITS.problems:
            first = self._problems[0]
            raise CollectError(
                f"more than {LIMITS.problems} bad records; nothing was imported. The first: row {first.row},"
                f" {first.field or 'record'}: found {first.found}",
                hint=first.hint or "is this the right format?",
            )
        raw = problem.raw if len(self._problems) < _ROWS_TOLD else ""
        place = (problem.file or file, problem.row, problem.line, problem.field)
        self._problems.append(ProblemRecord(self._id, *place, problem.found, problem.hint, raw))

    def end(self, digest: str, options: Mapping[str, Any], earlier: ImportRecord | None) -> ImportReport:
        """Save the licence that was found and the import's own record."""
        self._save_licence()
        format = ", ".join(sorted(set(self._files.values()))) or "none"
        record = ImportRecord(
            self._id, self._source.id, self._path.name, digest, format, self._author, now_ms(), self._read,
            self._imported, self._duplicates, len(self._problems), dict(options),
        )  # fmt: skip
        self._writer.add_import(record, self._problems)
        return ImportReport(
            self._id, self._read, self._imported, self._duplicates, len(self._problems), self._source, format,
            self._note(earlier), self._tags,
            tuple(self._duplicate_rows), self._files,
        )  # fmt: skip

    def _note(self, earlier: ImportRecord | None) -> str:
        parts = list(self._notes)
        if earlier:
            parts.append(f"the same bytes were imported before by {earlier.author} (import {earlier.id})")
        if self._duplicates and not self._imported:
            parts.append("nothing new: every conversation is already here")
        elif self._duplicates:
            parts.append(f"{self._duplicates} were already here and were left as they are")
        if self._problems:
            parts.append(f"{len(self._problems)} could not be read: see the problems of this import")
        return "; ".join(parts)

    def _save_licence(self) -> None:
        beside = licence_beside(self._path)
        if beside and not self._licences:
            self._licences[beside.name] = beside.evidence
        if self._licences and self._guessed and self._source.license == "unknown":
            evidence = "; ".join(dict.fromkeys(self._licences.values()))
            known = replace(self._source, license="; ".join(sorted(self._licences)), license_evidence=evidence)
            self._source = self._writer.save_source(known)


def _tag(sample: str, tag: ParsedTag) -> Tag:
    return Tag(sample, tag.scheme, tag.value, tag.author, tag.at, tag.turn, tag.note, tag.confidence, tag.machine)


def _stem(path: Path) -> str:
    name = path.name
    for suffix in (".gz", *path.suffixes[-2:]):
        name = name.removesuffix(suffix)
    return name or path.name


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
        with file.open("rb") as stream:
            while data := stream.read(1 << 20):
                digest.update(data)
    return f"b2:{digest.hexdigest()}"
