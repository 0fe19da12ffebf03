"""The store's door: what the rest of the workbench may ask of a database, and nothing about how.

Reads are methods of `Store`; every change goes through a `Writer` inside `Store.write`, which is one transaction, one
undoable step of one author, durable when the block ends. Samples also have a row number `n` (a small whole
number that never changes): indexes beside the store are arrays over `n`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from workbench.model import (
    Document,
    FrozenSlice,
    Note,
    PreferencePair,
    Revision,
    Sample,
    SliceSpec,
    Source,
    Tag,
    TagScheme,
    TagValue,
)
from workbench.store.answers import AnswerCount, SchemeVersion, Told
from workbench.store.rows import (
    Activity,
    Change,
    Event,
    HotRow,
    ImportRecord,
    ProblemRecord,
    Step,
    TagEvent,
    TagRow,
)
from workbench.store.rowset import Rows
from workbench.store.run_reads import RunReads
from workbench.store.writer import Staging, Writer


class Store(RunReads, Protocol):
    """Reads, and the door to changes. Safe to use from any thread; several processes may hold one workspace."""

    def close(self) -> None:
        """Close every connection of this store."""

    def write(self, author: str, label: str, *, undoable: bool = True) -> AbstractContextManager[Writer]:
        """One transaction, one step, one author. An exception inside leaves nothing behind."""

    def importing(self, author: str, import_id: str, *, waiting: Callable[[], None]) -> AbstractContextManager[Staging]:
        """Bring in samples of any number beside other people's work; without `publish`, nothing is kept.

        One import runs at a time in a workspace: `waiting` is called while another one does, and may raise to give up.
        """

    def data_version(self) -> int:
        """A number that changes whenever anybody's commit (also another process's) becomes visible."""

    def change_seq(self) -> int:
        """The newest position of the change log."""

    def changes(self, after: int, limit: int = 100_000) -> list[Change]:
        """The change log after a position."""

    def count(self) -> int:
        """How many samples there are, archived ones included."""

    def max_row(self) -> int:
        """The largest row number; 0 when empty."""

    def hot_rows(self, rows: Sequence[int] | None = None) -> Iterator[HotRow]:
        """Hot columns of all samples, or of these row numbers, in order of row number."""

    def tag_rows(self, rows: Sequence[int] | None = None) -> Iterator[TagRow]:
        """Current tags of all samples, or of these row numbers, in order of row number."""

    def rows_of(self, ids: Sequence[str]) -> list[int]:
        """Row numbers of ids, in their order; raises `NotFound` for an id that does not exist."""

    def ids_of(self, rows: Sequence[int]) -> list[str]:
        """Ids of row numbers, in their order."""

    def get(self, sample_id: str) -> Sample:
        """The newest revision of a sample; raises `NotFound`."""

    def samples(self, ids: Sequence[str]) -> list[Sample]:
        """The newest revisions, in the order of the ids; raises `NotFound`."""

    def texts(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, Sample]]:
        """(row number, sample) of all or these rows, in order of row number, without loading all at once."""

    def pinned(self, members: Sequence[tuple[str, int]]) -> Iterator[Sample]:
        """Samples at given revisions, in order, streaming."""

    def raw_pinned(self, members: Sequence[tuple[str, int]]) -> Iterator[bytes]:
        """The stored JSON (`records.to_record`) of samples at given revisions, in order, streaming, unparsed."""

    def revisions(self, sample_id: str) -> list[Revision]:
        """All revisions, oldest first."""

    def children(self, sample_id: str) -> list[str]:
        """Ids of samples whose origin names this one as parent or as the sample they branch from."""

    def by_content(self, content: str) -> list[str]:
        """Ids of samples whose newest revision has this conversation hash."""

    def tags(self, ids: Sequence[str]) -> list[Tag]:
        """Current tags of these samples and their turns, by all authors."""

    def tag_history(self, sample_id: str) -> list[Event]:
        """Every tagging event of one sample, oldest first."""

    def tag_events(self, ids: Sequence[str]) -> Iterator[TagEvent]:
        """Answers given to and taken from single samples, each sample's in order; bulk answers are not among them."""

    def reviews(self) -> list[Event]:
        """The lines of the journal about reviews, oldest first."""

    def live_lines(self, run: str, draft: str | None = None) -> list[Event]:
        """The lines of the journal about a run's conversations (or one of them) run turn by turn, oldest first."""

    def notes(self, sample_id: str) -> list[Note]:
        """Remarks on a sample, oldest first."""

    def answers_by(self, author: str, scheme: str, rows: Any) -> list[tuple[TagValue, Rows]]:
        """What an author answered on these whole samples (row numbers): each value with its row numbers."""

    def answered_by_others(self, author: str, scheme: str, rows: Any) -> int:
        """On how many of these whole samples another person has answered."""

    def answer_counts(self, scheme: str) -> list[AnswerCount]:
        """Every answer to a scheme with its author and how often it was given."""

    def samples_answered(self, scheme: str, values: Collection[TagValue]) -> int:
        """How many samples have one of these values as anybody's answer to a scheme, also on turns."""

    def review_rows(self, scheme: str, author: str | None = None) -> Rows:
        """Samples with an answer to a scheme (of that author) that waits for another look since the scheme changed."""

    def scheme_versions(self, name: str) -> list[SchemeVersion]:
        """All versions of a scheme, oldest first."""

    def bulk_records(self, limit: int = 50) -> list[Told]:
        """The journal's lines about bulk answers, newest first, and whether their step is undone."""

    def pairs(self, ids: Sequence[str]) -> list[PreferencePair]:
        """What people said about rewritten answers of these samples, oldest first; those not kept included."""

    def pair(self, pair_id: str) -> PreferencePair:
        """One of them; raises `NotFound`."""

    def schemes(self) -> list[TagScheme]:
        """The newest version of every scheme."""

    def sources(self) -> list[Source]:
        """All sources."""

    def documents(self) -> list[Document]:
        """All documents."""

    def document(self, document_id: str) -> Document:
        """One document; raises `NotFound`."""

    def imports(self) -> list[ImportRecord]:
        """All imports, newest first."""

    def problems(self, import_id: str) -> list[ProblemRecord]:
        """What an import quarantined, in order of row."""

    def slices(self) -> list[SliceSpec]:
        """Saved queries, by name."""

    def frozen(self, name: str | None = None) -> list[FrozenSlice]:
        """Frozen slices (of that name), oldest first."""

    def frozen_parts(self, frozen_id: str) -> Iterator[bytes]:
        """What was pinned with a frozen slice, in order, streaming."""

    def steps(self, author: str | None = None, limit: int = 50) -> list[Step]:
        """Steps, newest first."""

    def step_samples(self, step: int, limit: int = 5) -> list[str]:
        """Ids of the first samples that a step touched; raises `NotFound`."""

    def undo(self, author: str) -> Step | None:
        """Take back that author's newest step that is not undone; None when there is none.

        Raises `InvalidInput` when somebody built on it meanwhile, saying who: the step stays as it is and is passed
        over from then on, so that the next `undo` takes the step before it.
        """

    def redo(self, author: str) -> Step | None:
        """Do again what that author undid last; None when there is nothing, or something was done since.

        Raises `InvalidInput` when somebody changed it meanwhile: the step stays undone and is passed over.
        """

    def events(self, after: int = 0, limit: int = 1000) -> list[Event]:
        """The journal after a position."""

    def activity(self, since: int) -> list[Activity]:
        """What was done from a moment on, by UTC day, author and kind (as `store.activity` names them)."""

    def active_rows(self, kind: str, since: int, length: int, author: str = "") -> Any:
        """The rows of samples to which that was done in a stretch of milliseconds (by an author), ascending."""

    def setting(self, key: str) -> Any:
        """A JSON setting of the workspace, or None."""

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting of the workspace."""

    def replace_setting(self, key: str, old: Any, new: Any) -> bool:
        """Keep `new` where the setting still is `old`; False, and nothing is changed, where it is not."""
