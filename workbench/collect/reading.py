"""From a path to conversations: which files there are, what format each is in, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.collect.base import COMMON_OPTIONS, Guess, Head, Importer, Options, Parsed, Preview, Problem, Record
from workbench.collect.containers import Member, members
from workbench.collect.formats.own_table import is_ours
from workbench.collect.formats.table import Table
from workbench.collect.licences import Licence, licence_beside, licence_in
from workbench.collect.packing import Packing, first_records, packings, records_of
from workbench.collect.registry import IMPORTERS
from workbench.errors import CollectError

_HEAD = 50
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file whose format is known: `read` yields its conversations and problems."""

    member: Member
    packing: Packing
    importer: Importer
    guesses: tuple[Guess, ...]
    head: tuple[Record | Problem, ...]
    options: Options

    @property
    def name(self) -> str:
        """The file's name, inside its folder or archive."""
        return self.member.name

    @property
    def notes(self) -> list[str]:
        """What was done to the file to read it; nothing for plain UTF-8 read as it stands."""
        told: list[str] = []
        if self.packing.encoding == "utf-8-sig":
            told.append(f"the byte-order mark was taken off: {self.name}")
        elif self.packing.encoding != "utf-8":
            told.append(f"read as {self.packing.encoding}: {self.name}")
        if isinstance(self.importer, Table) and is_ours(next(iter(_values(self.head)), None)):
            told.append(f"a table of ours, freed of the apostrophes of its formula guard: {self.name}")
        return told

    def read(self) -> Iterator[Parsed | Problem]:
        """Every conversation of the file, and a problem for every record that is not one."""
        return self._read(records_of(self.member, self.packing, self.options))

    def sample(self) -> Iterator[Parsed | Problem]:
        """The same for the first records only."""
        return self._read(iter(self.head))

    def licence(self) -> Licence | None:
        """What the first records say about their licence."""
        return licence_in([item.value for item in self.head if isinstance(item, Record)], self.name)

    def _read(self, records: Iterator[Record | Problem]) -> Iterator[Parsed | Problem]:
        language = self.options.get("language")
        for item in self.importer.read(records, self.options):
            if language and isinstance(item, Parsed) and item.language is None:
                yield replace(item, language=language)
            else:
                yield item


def open_files(
    path: Path, *, format: str | None = None, options: Options | None = None
) -> Iterator[FileReading | Problem]:
    """The files at `path`, each with its format guessed (or as given); in a folder, unknown files are problems.

    Args:
        path: a file, a folder or an archive.
        format: the name of an importer, when the guess is not wanted.
        options: see `workbench.collect.base.Options`.

    Raises:
        CollectError: when `path` is one file and its format is not known, or an option is not.
        UnknownName: when no importer is called `format`.
    """
    chosen = IMPORTERS.get(format) if format else None
    given = checked_options(options or {}, chosen)
    alone = path.is_file()
    for member in members(path):
        if isinstance(member, Problem):
            yield member
            continue
        try:
            yield _open(member, chosen, given)
        except CollectError as exc:
            if alone and member.name == path.name:
                raise
            yield Problem(0, None, "", exc.message, exc.hint, file=member.name)


def checked_options(options: Options, importer: Importer | None) -> Options:
    """The options, if somebody understands each of them; raises `CollectError` for a misspelt one."""
    importers = [importer] if importer else list(IMPORTERS)
    known = {*COMMON_OPTIONS, *(name for item in importers for name in item.options)}
    unknown = [name for name in options if name not in known]
    if unknown:
        raise CollectError(f"no import option {unknown[0]!r}", hint=f"known: {', '.join(sorted(known))}")
    return options


def _open(member: Member, chosen: Importer | None, options: Options) -> FileReading:
    candidates = []
    for packing in packings(member, options):
        head = tuple(first_records(member, packing, options, _HEAD))
        guesses = guess(Head(member.name, _values(head), packing.kind, options))
        if packing.kind == "json-inside":  # the records of a whole document say more than a list found in it
            guesses = tuple(replace(claim, score=claim.score / 2) for claim in guesses)
        candidates.append((packing, head, guesses))
    packing, head, guesses = max(candidates, key=lambda found: _claim(found[2], chosen))
    if chosen is None and not guesses:
        raise _not_known(member, candidates[0][1])
    importer = chosen or IMPORTERS.get(guesses[0].format)
    return FileReading(member, packing, importer, guesses, head, options)


def _values(head: tuple[Record | Problem, ...]) -> tuple[Any, ...]:
    return tuple(item.value for item in head if isinstance(item, Record))


def _claim(guesses: tuple[Guess, ...], chosen: Importer | None) -> float:
    return max((item.score for item in guesses if chosen is None or item.format == chosen.name), default=0.0)


def guess(head: Head) -> tuple[Guess, ...]:
    """The importers that claim a file, the surest first."""
    claims = [claim for importer in IMPORTERS if (claim := importer.sniff(head))]
    return tuple(sorted(claims, key=lambda claim: (-claim.score, claim.format)))


def _not_known(member: Member, head: tuple[Record | Problem, ...]) -> CollectError:
    values = _values(head)
    if not values and head and isinstance(head[0], Problem):
        problem = head[0]
        return CollectError(f"{member.name} cannot be read, line {problem.line}: {problem.found}", hint=problem.hint)
    keys = sorted(values[0]) if values and isinstance(values[0], dict) else []
    seen = f"its first record has {', '.join(map(repr, keys[:12]))}" if keys else "it holds no records of objects"
    return CollectError(
        f"{member.name} is in no known format: {seen}",
        hint=f"choose a format yourself: {', '.join(IMPORTERS.names())}",
    )


def preview(path: Path, *, format: str | None = None, options: Options | None = None) -> Preview:
    """What importing `path` would give: guesses, three conversations and the first problems. Nothing is written.

    Raises:
        CollectError: when nothing there can be read.
    """
    readings = []
    problems: list[Problem] = []
    for item in open_files(path, format=format, options=options):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        readings.append(item)
        if len(readings) == 2:
            break
    if not readings:
        raise CollectError(f"{path.name} holds no file in a known format", hint=problems[0].found if problems else "")
    return _preview(path, readings[0], problems)


def _preview(path: Path, reading: FileReading, problems: list[Problem]) -> Preview:
    items = list(reading.sample())
    samples = [item for item in items if isinstance(item, Parsed)]
    problems += [replace(item, file=reading.name) for item in items if isinstance(item, Problem)]
    values = _values(reading.head)
    licence = reading.licence() or licence_beside(path)
    return Preview(
        reading.importer.name,
        reading.guesses,
        tuple(samples[:_SHOWN]),
        tuple(problems),
        _columns(values),
        _mapping(reading, values),
        total_estimate=_estimate(reading),
        license=licence.name if licence else "unknown",
    )


def _columns(values: tuple[Any, ...]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for value in values:
        names.update(dict.fromkeys(value if isinstance(value, dict) else ()))
    return tuple(names)


def _mapping(reading: FileReading, values: tuple[Any, ...]) -> Mapping[str, str]:
    if isinstance(reading.importer, Table) and values:
        return reading.importer.mapping(values[0], reading.options).columns
    return {}


def _estimate(reading: FileReading) -> int | None:
    """How many records the file may hold: exact when the head is all of it, else by the lines' mean length."""
    if len(reading.head) < _HEAD:
        return len(reading.head)
    last = reading.head[-1].line
    if reading.member.size is None or last is None or reading.packing.kind not in ("jsonl", "table", "json-list"):
        return None
    with reading.member.opened() as stream:
        used = sum(len(stream.readline()) for _ in range(last))
    return max(_HEAD, round(reading.member.size / max(1, used) * _HEAD))
