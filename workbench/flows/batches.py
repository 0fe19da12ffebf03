"""The reading half of an import: records of a file become samples ready to be inserted, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace

from workbench.collect import FileReading, Parsed, ParsedTag, Problem, sample_id
from workbench.collect.licences import licence_of
from workbench.model import Imported, Sample, Source
from workbench.records import conversation_hash
from workbench.store.encoding import EncodedSample, encoded

_ITEMS = 4_000
_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """What all samples of one import share: its id, the id of its source, and its time in milliseconds."""

    import_id: str
    source: str
    at: int


@dataclass(slots=True)
class Batch:
    """Some neighbouring records of a file.

    `rows` says where each of the `samples` stands in it; `tags` come with the position of their sample in `samples`.
    """

    samples: list[EncodedSample] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    tags: list[tuple[int, ParsedTag]] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether it is time for the next one."""
        return self.size >= _BYTES or len(self.samples) + len(self.problems) >= _ITEMS


def batches(file: FileReading, facts: ImportFacts, source_of: Callable[[Source], str]) -> Generator[Batch, None, None]:
    """Everything a file holds; `source_of` gives the id of a source that the file brings with it."""
    batch = Batch()
    for item in file.read():
        if isinstance(item, Problem):
            batch.problems.append(item)
        else:
            _add(batch, item, file.name, facts, source_of)
        if batch.full:
            yield batch
            batch = Batch()
    yield batch


def _add(batch: Batch, parsed: Parsed, file: str, facts: ImportFacts, source_of: Callable[[Source], str]) -> None:
    content = conversation_hash(parsed.turns)
    source = source_of(parsed.source) if parsed.source else facts.source
    sample = encoded(_sample(parsed, content, file, facts, source), facts.at, content)
    batch.rows.append(parsed.row)
    batch.size += len(sample.record)
    batch.tags.extend((len(batch.samples), tag) for tag in parsed.tags)
    batch.samples.append(sample)
    licence = licence_of(parsed.extra)
    if licence and licence not in batch.licences:
        batch.licences.append(licence)


def _sample(parsed: Parsed, content: str, file: str, facts: ImportFacts, source: str) -> Sample:
    if parsed.whole:
        origin = parsed.whole.origin
        if isinstance(origin, Imported):
            origin = replace(origin, source=source, import_id=facts.import_id)
        return replace(parsed.whole, source=source, origin=origin)
    origin = Imported(
        source, file, parsed.row, parsed.record_id, facts.import_id, parsed.branch_of, parsed.branch_at,
        parsed.synthetic, parsed.depth,
    )  # fmt: skip
    known = sample_id(parsed.record_id, parsed.turns, content)
    return Sample(known, parsed.turns, origin, source, parsed.language, parsed.title, parsed.extra)
