"""Importing: a file's conversations into the store, as one step that is there whole or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.collect import FileReading, ParsedTag, Problem, open_files
from workbench.collect.limits import LIMITS
from workbench.errors import Cancelled, CollectError
from workbench.flows.batches import Batch, ImportFacts, batches
from workbench.flows.batches_child import batches_from_child, can_read
from workbench.flows.import_sources import ImportSources
from workbench.ids import new_id, now_ms
from workbench.model import Source, Tag
from workbench.store.base import Store
from workbench.store.rows import ImportRecord, ProblemRecord
from workbench.store.writer import Staging

Progress = Callable[[int, int | None, str], None]

_ROWS_TOLD = 1_000
_NOTES_TOLD = 10
_TAKEN = ("new", "undone")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: `read` is always `imported + duplicates + problems`.

    Samples that were archived when an earlier import was undone count as imported: they are active again. `archived`
    counts the duplicates that somebody archived. When nothing is new and the source was not known before, `source` is
    the one under which the duplicates are.

    `duplicate_rows` names the first thousand duplicates as (file, row); `notes` say in words what deserves a look.
    """

    import_id: str
    read: int
    imported: int
    duplicates: int
    problems: int
    source: Source
    format: str
    notes: tuple[str, ...] = ()
    tags: int = 0
    duplicate_rows: tuple[tuple[str, int], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    archived: int = 0

    @property
    def note(self) -> str:
        """All notes as one line."""
        return "; ".join(self.notes)


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
        _check(cancelled)
        progress(0, None, "waiting for another import to end")

    with (
        ThreadPoolExecutor(1, "workbench-hash") as aside,
        store.importing(author, import_id, waiting=waiting) as staging,
    ):
        hashed = aside.submit(file_hash, path)  # hashing leaves the interpreter free: it costs no time beside the rest
        sources = ImportSources(store.sources(), source, path)
        importing = _Importing(staging, sources, path, import_id, progress, cancelled)
        for file in files:
            importing.take(file)
        digest = hashed.result()
        return importing.end(author, digest, options or {}, _earlier(store, digest))


def _check(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("the import was stopped", hint="nothing of it was kept")


class _Importing:
    """One import under way: what was counted so far."""

    def __init__(
        self,
        staging: Staging,
        sources: ImportSources,
        path: Path,
        import_id: str,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._staging = staging
        self._sources = sources
        self._path = path
        self._id = import_id
        self._progress = progress
        self._cancelled = cancelled
        self._problems: list[ProblemRecord] = []
        self._counts: Counter[str] = Counter()
        self._here: Counter[str] = Counter()
        self._tags: list[Tag] = []
        self._duplicate_rows: list[tuple[str, int]] = []
        self._files: dict[str, str] = {}
        self._notes: list[str] = []

    def take(self, file: FileReading | Problem) -> None:
        """Import one file; of several files, one that breaks off is told and the others are imported."""
        if isinstance(file, Problem):
            self._quarantine(file, file.file)
            return
        self._files[file.name] = file.importer.name
        self._notes += file.notes[: max(0, _NOTES_TOLD - len(self._notes))]
        try:
            self._read_file(file)
        except _TooManyProblems:
            raise
        except CollectError as exc:
            if self._path.is_file() and file.name == self._path.name:
                raise
            self._quarantine(Problem(0, None, "", exc.message, exc.hint), file.name)

    def _read_file(self, file: FileReading) -> None:
        facts = ImportFacts(self._id, self._sources.default.id, self._staging.at)
        read = batches_from_child(file, facts) if can_read(file) else batches(file, facts, self._sources.id_of)
        with closing(read):
            for batch in read:
                self._add(batch, file.name)

    def _add(self, batch: Batch, file: str) -> None:
        _check(self._cancelled)
        for problem in batch.problems:
            self._quarantine(problem, file)
        met = self._staging.add(batch.samples)
        self._counts.update(one.how for one in met)
        self._sources.use(one.source for one in met if one.how in _TAKEN)
        known = [(row, one) for row, one in zip(batch.rows, met, strict=True) if one.how not in _TAKEN]
        self._here.update(one.source for _, one in known)
        self._duplicate_rows.extend((file, row) for row, _ in known[: _ROWS_TOLD - len(self._duplicate_rows)])
        self._sources.found_licences(batch.licences, file)
        self._tags.extend(_tag(met[place].id, tag) for place, tag in batch.tags if met[place].how in _TAKEN)
        self._progress(self._read, None, f"{file}: {self._imported} new")

    @property
    def _imported(self) -> int:
        return self._counts["new"] + self._counts["undone"]

    @property
    def _duplicates(self) -> int:
        return self._counts["here"] + self._counts["archived"]

    @property
    def _read(self) -> int:
        return self._imported + self._duplicates + len(self._problems)

    def _quarantine(self, problem: Problem, file: str) -> None:
        if len(self._problems) >= LIMITS.problems:
            first = self._problems[0]
            raise _TooManyProblems(
                f"more than {LIMITS.problems} bad records; nothing was imported. The first: row {first.row},"
                f" {first.field or 'record'}: found {first.found}",
                hint=first.hint or "is this the right format?",
            )
        raw = problem.raw if len(self._problems) < _ROWS_TOLD else ""
        place = (problem.file or file, problem.row, problem.line, problem.field)
        self._problems.append(ProblemRecord(self._id, *place, problem.found, problem.hint, raw))

    def end(self, author: str, digest: str, options: Mapping[str, Any], earlier: ImportRecord | None) -> ImportReport:
        """Show what was imported, with its sources, tags and record; a step of the author's unless nothing is new."""
        format = ", ".join(sorted(set(self._files.values()))) or "none"
        self._sources.found_beside(self._path)
        with self._staging.publish(f"import {self._path.name}", undoable=self._imported > 0) as writer:
            source = self._sources.save(writer, next(iter(dict(self._here.most_common(1))), None))
            tags = writer.tag(self._tags) if self._tags else 0
            record = ImportRecord(
                self._id, source.id, self._path.name, digest, format, author, now_ms(), self._read,
                self._imported, self._duplicates, len(self._problems), dict(options),
            )  # fmt: skip
            writer.add_import(record, self._problems)
        return ImportReport(
            self._id, self._read, self._imported, self._duplicates, len(self._problems), source, format,
            tuple(self._told(earlier)), tags, tuple(self._duplicate_rows), self._files, self._counts["archived"],
        )  # fmt: skip

    def _told(self, earlier: ImportRecord | None) -> list[str]:
        parts = [*self._notes, *self._sources.notes]
        if earlier:
            parts.append(f"the same bytes were imported before by {earlier.author} (import {earlier.id})")
        if self._counts["undone"]:
            parts.append(f"back again from an import that was undone: {self._counts['undone']}")
        if self._duplicates:
            under = ", ".join(repr(self._sources.name_of(one)) for one, _ in self._here.most_common(_NOTES_TOLD))
            some = f"already here under the source {under}, and left as they are: {self._duplicates}"
            every = f"nothing new: every conversation is already here under the source {under}, and left as it is"
            parts.append(some if self._imported else every)
        if self._counts["archived"]:
            parts.append(f"here but archived: {self._counts['archived']}")
        if self._problems:
            parts.append(f"could not be read, see the problems of this import: {len(self._problems)}")
        return parts


class _TooManyProblems(CollectError):
    """The import as a whole is given up."""


def _tag(sample: str, tag: ParsedTag) -> Tag:
    return Tag(sample, tag.scheme, tag.value, tag.author, tag.at, tag.turn, tag.note, tag.confidence, tag.machine)


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
