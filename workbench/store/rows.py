"""What the store answers with that is no noun of its own: rows for indexes, log lines, steps, imports."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.model import Json, TagValue


@dataclass(frozen=True, slots=True)
class HotRow:
    """The columns of a sample that are filtered, sorted and counted (no text).

    `branch` is "side" for an imported path beside the main one (a rejected or other reply), "main" for all others:
    a branch that a person wrote or accepted was chosen.
    """

    n: int
    id: str
    source: str
    language: str
    origin: str
    recipe: str
    model: str
    run: str
    depth: int
    turns: int
    chars: int
    revision: int
    state: str
    synthetic: bool
    content: str
    created_at: int
    updated_at: int
    import_id: str = ""
    branch: str = "main"


@dataclass(frozen=True, slots=True)
class TagRow:
    """A current tag as the indexes read it. `turn` is "" for a tag on the whole sample."""

    n: int
    turn: str
    scheme: str
    author: str
    machine: bool
    value: TagValue


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log: sample `n` changed in body ("sample") or in its tags and notes ("tags")."""

    seq: int
    n: int
    what: str


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable intention of one author, newest last; `undone` steps can be redone.

    `undoable` says that it can still be taken back or done again; `why` tells what kept it from that when it was tried.
    `size` is how much of the journal it is, and so how long taking it back may last.
    """

    id: int
    author: str
    at: int
    label: str
    samples: int
    undone: bool
    undoable: bool
    why: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the append-only journal: who did what to what, when."""

    seq: int
    at: int
    author: str
    kind: str
    data: Json


@dataclass(frozen=True, slots=True)
class TagEvent:
    """One answer given (or, with None, taken back), as the journal has it. `by` is who did it, `author` whose it is."""

    seq: int
    at: int
    by: str
    sample: str
    turn: str | None
    scheme: str
    author: str
    value: TagValue | None
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """How much one author did of one kind on one day (`day`: its first millisecond, UTC)."""

    day: int
    author: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import: the file's hash and the counts; `read` always equals `imported + duplicates + quarantined`."""

    id: str
    source: str
    file: str
    file_hash: str
    format: str
    author: str
    at: int
    read: int
    imported: int
    duplicates: int
    quarantined: int
    options: Json = field(default_factory=dict)
    state: str = "done"


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """A quarantined record: where it stands, which field, what was found there, and how to mend it."""

    import_id: str
    file: str
    row: int
    line: int | None
    field: str
    found: str
    hint: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class DraftCount:
    """How many rows of a run are in one state for one reason ("" for none), and how many of them cost nothing anew."""

    state: str
    why: str
    rows: int
    reused: int


@dataclass(frozen=True, slots=True)
class GateCount:
    """How many drafts (the last of each row) in one state have one verdict of a gate: passed, unsure or failed."""

    gate: str
    verdict: str
    state: str
    drafts: int
