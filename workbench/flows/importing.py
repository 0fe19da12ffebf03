"""One import under way: what is read, added and quarantined, and what it reports at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.collect import FileReading, ParsedTag, Problem
from workbench.collect.limits import LIMITS
from workbench.errors import Cancelled, CollectError
from workbench.flows.batches import Batch, ImportFacts, batches
from workbench.flows.batches_child import batches_from_child, can_read
from workbench.flows.import_sources import ImportSources
from workbench.ids import now_ms
from workbench.model import Source, Tag
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


def check_not_cancelled(cancelled: Callable[[], bool]) -> None:
    """Raise `Cancelled` when that says so."""
    if cancelled():
        raise Cancelled("the import was stopped", hint="nothing of it was kept")


class Importing:
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
        check_not_cancelled(self._cancelled)
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
