"""What an importer is, and what comes out of one: conversations, problems, guesses and previews.

An importer turns the records of a file into `Parsed` conversations. How the file is packed (JSON Lines, a JSON
document, CSV, XLSX, Parquet; plain, gz or zip) is not its business: it receives `Record` values. To add one, write
a function from a record to conversations and register it:

    @register("helpdesk", title="Helpdesk tickets", sniff=looks_like_tickets)
    def read_ticket(record: Record, options: Options) -> Iterator[Parsed]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from workbench.errors import CollectError
from workbench.ids import derived_id
from workbench.model import Json, Sample, Source, TagValue, Turn
from workbench.records import conversation_hash
from workbench.text import snippet

Options = Mapping[str, Any]
"""What a person chose for one import: `mapping`, `roles`, `encoding`, `delimiter`, `sheet`, `strict` and the like."""

_LONGEST = 200  # characters of a description: it quotes a few dozen of the record's

COMMON_OPTIONS = ("encoding", "delimiter", "sheet", "strict", "language", "columns")


class BadRecord(CollectError):
    """A record cannot become a conversation. It is caught and quarantined; the rest of the file goes on.

    Args:
        field: where in the record, in the file's own words (``messages[2].role``).
        found: the value that stands there; a text is shown in quotation marks.
        hint: what should stand there.
        words: in our own words what is wrong, where that is no value: shown as it is, and translated on the screen.
    """

    def __init__(self, field: str, found: Any = None, hint: str = "", *, words: str = "") -> None:
        told = snippet(words, _LONGEST) if words else shown(found)
        super().__init__(f"{field or 'record'}: found {told}", hint=hint)
        self.field = field
        self.found = told


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file. `row` counts records from 1; `key` names it in a keyed document."""

    row: int
    value: Any
    line: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedTag:
    """A tag that came with a conversation; it stays the answer of the author named in the file."""

    scheme: str
    value: TagValue
    author: str
    turn: str | None = None
    note: str = ""
    confidence: float | None = None
    machine: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """One conversation read from a file.

    `branch_of` is the sample id (see `sample_id`) of its main path. `whole` is set when the file holds the sample
    itself with its id and origin, `source` when it names where each sample came from.
    """

    row: int
    line: int | None
    turns: tuple[Turn, ...]
    record_id: str | None = None
    language: str | None = None
    title: str = ""
    extra: Json = field(default_factory=dict)
    tags: tuple[ParsedTag, ...] = ()
    branch_of: str | None = None
    branch_at: str | None = None
    synthetic: bool = False
    depth: int = 0
    whole: Sample | None = None
    source: Source | None = None

    @property
    def id(self) -> str:
        """The id of the sample this becomes: the same record gives the same id in any workspace."""
        return self.whole.id if self.whole else sample_id(self.record_id, self.turns)


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that could not be read: where it stands, which field, what was found and how to mend it.

    `found` begins with a quotation mark when it is a text of the file, and never when it is said in our own words.
    """

    row: int
    line: int | None
    field: str
    found: str
    hint: str
    raw: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file as importers see it when they say whether it is theirs."""

    name: str
    records: tuple[Any, ...]
    packing: str = "jsonl"
    options: Options = field(default_factory=dict)

    def share(self, test: Callable[[Any], bool]) -> float:
        """The share of the first records that pass `test`, from 0 to 1."""
        return sum(1 for value in self.records if test(value)) / len(self.records) if self.records else 0.0


@dataclass(frozen=True, slots=True)
class Guess:
    """An importer's claim on a file: `score` from 0 (not mine) to 1 (surely mine), with the reason in words."""

    format: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, without doing it: the guesses, three conversations and the first problems."""

    format: str
    guesses: tuple[Guess, ...]
    samples: tuple[Parsed, ...]
    problems: tuple[Problem, ...]
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    total_estimate: int | None = None
    license: str = "unknown"


class Importer(Protocol):
    """A named way to read one format of records."""

    @property
    def name(self) -> str:
        """What people choose, ``openai-chat`` say."""

    @property
    def title(self) -> str:
        """The name shown on the screen."""

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options it understands besides the common ones."""

    def sniff(self, head: Head) -> Guess | None:
        """How surely the file is in this format; None when it is not."""

    def read(self, records: Iterable[Record | Problem], options: Options) -> Iterator[Parsed | Problem]:
        """The conversations of the records; problems pass through, and bad records become problems."""


def sample_id(record_id: str | None, turns: tuple[Turn, ...], content: str | None = None) -> str:
    """The id of an imported sample: it follows from the record's own id and what is said (`content`, its hash)."""
    return derived_id("s", record_id or "", content or conversation_hash(turns))


def shown(value: Any) -> str:
    """A found value as a report shows it: shortened, on one line."""
    if isinstance(value, str):
        return snippet(repr(value[:200]), 120) if value else "an empty text"
    if isinstance(value, dict):
        keys = ", ".join(map(repr, list(value)[:8]))
        return snippet(f"an object with {keys}", 120) if keys else "an empty object"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    return "no value" if value is None else snippet(repr(value), 120)
