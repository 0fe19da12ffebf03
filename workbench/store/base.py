"""The store's door: what the rest of the workbench may ask of a database, and nothing about how.

Reads are methods of `Store`; every change goes through a `Writer` inside `Store.write`, which is one transaction, one
undoable step of one author, durable when the block ends. Samples also have a row number `n` (a small whole
number that never changes): indexes beside the store are arrays over `n`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, NamedTuple, Protocol

from workbench.model import (
    Budget,
    Call,
    CallCount,
    Document,
    Draft,
    DraftChange,
    DraftState,
    FrozenSlice,
    Json,
    Note,
    PreferencePair,
    Revision,
    Run,
    Sample,
    SliceSpec,
    Source,
    Tag,
    TagScheme,
    TagValue,
    Turn,
)
from workbench.store.answers import AnswerCount, SchemeVersion, Told
from workbench.store.calls import Spent
from workbench.store.carrying import Carried
from workbench.store.encoding import EncodedSample
from workbench.store.rows import (
    Activity,
    Change,
    DraftCount,
    Event,
    GateCount,
    HotRow,
    ImportRecord,
    ProblemRecord,
    Step,
    TagEvent,
    TagRow,
)
from workbench.store.rowset import Rows


class Met(NamedTuple):
    """What became of a sample that an import brought, and under which source it is here.

    `how` is "new"; "here" (it was known, nothing is written); "archived" (the same, and somebody archived it); or
    "undone" (an import that was undone had archived it: it becomes active again with this import).
    """

    id: str
    how: Literal["new", "here", "archived", "undone"]
    source: str


class Writer(Protocol):
    """The changes possible inside one transaction."""

    @property
    def at(self) -> int:
        """The time of this step, in milliseconds: what is added without a time gets it."""

    def add_samples(self, samples: Iterable[Sample]) -> list[tuple[str, bool]]:
        """Insert samples; for each its id and whether it is new (False: that id exists; nothing is written)."""

    def add_encoded(self, samples: Iterable[EncodedSample]) -> list[tuple[str, bool]]:
        """The same for samples that are encoded already (`store.encoding`), in another process say."""

    def save_revision(self, sample: Sample, *, base_revision: int, note: str = "") -> Sample:
        """Append a revision; raises `StaleRevision` when `base_revision` is not the newest. Returns it as saved."""

    def set_state(self, ids: Sequence[str], state: str) -> int:
        """Make samples active or archived; returns how many changed."""

    def tag(self, tags: Sequence[Tag]) -> int:
        """Set tags (one answer per sample, turn, scheme and author); returns how many answers changed."""

    def tag_rows(self, rows: Any, scheme: str, value: TagValue | None, *, note: str = "") -> int:
        """Set (or with None remove) this author's answer on a numpy array of row numbers, as one step; any size."""

    def untag(self, keys: Sequence[tuple[str, str | None, str]]) -> int:
        """Remove this author's answers of (sample id, turn id or None, scheme); returns how many were there."""

    def add_note(self, note: Note) -> Note:
        """Add a remark."""

    def judge_pair(self, pair: PreferencePair) -> PreferencePair:
        """Write down whether a rewritten answer is a preference. Returns it with id and time."""

    def save_scheme(
        self, scheme: TagScheme, *, moved: Mapping[str, str] = ..., review: Sequence[str] = ()
    ) -> TagScheme:
        """Add a scheme, or store a changed one as its next version. Returns it with that version.

        With it is kept what each old value became (`moved`) and which old values need another look (`review`). The
        answers themselves are changed by `carry_answers`.
        """

    def carry_answers(self, scheme: str, becomes: Callable[[TagValue], Carried]) -> int:
        """Give every answer to a scheme (anybody's, also on turns) what `becomes` says; returns how many changed.

        Author, time and the version it was given under stay.
        """

    def save_source(self, source: Source) -> Source:
        """Add or change a source by name. Returns it with its id."""

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Add documents; those whose id exists are skipped. Returns how many are new."""

    def add_import(self, record: ImportRecord, problems: Sequence[ProblemRecord]) -> None:
        """Write down an import and what it quarantined."""

    def add_run(self, run: Run) -> None:
        """Write down a run before its first call."""

    def save_run(self, run: Run) -> None:
        """Replace a run's state, counts, reasons and message; its budget stays (`limit_run`)."""

    def limit_run(self, run_id: str, budget: Budget) -> None:
        """Change what a run may spend, also while it is at work. Raises `NotFound`."""

    def add_drafts(self, drafts: Sequence[Draft]) -> None:
        """Add drafts. Not undoable: drafts are kept and decided on."""

    def decide(
        self,
        draft_id: str,
        state: DraftState,
        *,
        reason: str = "",
        sample: str | None = None,
        edited: Sequence[Turn] | None = None,
    ) -> Draft:
        """Accept, approve or reject a draft (undoable); raises `InvalidInput` when it was decided already.

        `edited` is the text of an approved item where a person rewrote it.
        """

    def change_draft(self, draft_id: str, change: DraftChange, state: DraftState, *, base: int) -> Draft:
        """Let an undecided draft say something else from now on (undoable); what was made stays with it.

        `base` is how many changes it had when this one was worked out. Raises `StaleRevision` when it has others by
        now, and `InvalidInput` when somebody decided on it.
        """

    def rank(self, ranks: Mapping[str, int | None]) -> None:
        """Order drafts of one request: draft id -> rank from 1, equal ranks are ties, None takes a rank away."""

    def save_slice(self, spec: SliceSpec) -> None:
        """Add or replace a saved query."""

    def remove_slice(self, name: str) -> None:
        """Forget a saved query; its frozen slices stay. Raises `NotFound`."""

    def add_frozen(self, frozen: FrozenSlice, parts: Iterable[bytes] = ()) -> None:
        """Keep a frozen slice. Never changed afterwards. `parts` are what else is pinned with it (`release.pins`)."""

    def save_setting(self, key: str, value: Any) -> None:
        """Keep a JSON setting as part of a step: undo brings back what it was. `Store.set_setting` is no step."""

    def log(self, kind: str, data: Json) -> None:
        """Append a line to the journal that belongs to no other change (an export, say)."""

    def log_live(self, data: Json, *, back: Json | None = None, forth: Json | None = None) -> None:
        """Append a line about a conversation run turn by turn: `data` names its `run` and `draft`.

        With `back` and `forth` it can be undone: undo appends the one, redo the other, as long as nobody else wrote a
        line about the conversation since, or decided on it.
        """


class Staging(Protocol):
    """An import under way: nothing of it is seen by anybody before `publish`, and nothing is left when it is killed.

    Others can write meanwhile: the write lock is held only while samples are written, and given up when asked for.
    """

    @property
    def at(self) -> int:
        """The time of the import, in milliseconds."""

    def add(self, samples: Sequence[EncodedSample]) -> list[Met]:
        """Take samples in; what became of each. Many at a time cost less; who has to wait meanwhile is let in."""

    def publish(self, label: str, *, undoable: bool = True) -> AbstractContextManager[Writer]:
        """The last transaction: shows what was taken in, together with what is written in it, as one step."""


class Store(Protocol):
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

    def runs(self) -> list[Run]:
        """All runs, newest first."""

    def run(self, run_id: str) -> Run:
        """One run; raises `NotFound`."""

    def drafts(
        self,
        *,
        run: str | None = None,
        state: DraftState | None = None,
        group: str | None = None,
        limit: int = 200,
        newest: bool = False,
    ) -> list[Draft]:
        """Drafts, oldest first; with `newest` only the last one of each row of its run."""

    def draft_counts(self, run: str) -> list[DraftCount]:
        """What became of the rows of a run, by the last draft of each; in the order of the rows."""

    def gate_counts(self, run: str) -> list[GateCount]:
        """How many drafts each gate failed or was unsure about, by the state of the draft; "" for all of them."""

    def at_gate(
        self, run: str, gate: str, verdict: str, states: Sequence[DraftState] = (), *, limit: int = 50, offset: int = 0
    ) -> list[Draft]:
        """The drafts with that verdict of a gate ("" for the worst of all), in the order of their rows."""

    def newest_judged(self) -> int:
        """The place of the newest opinion among all drafts, 0 without any: it grows with each that a model gives."""

    def decided(self, ids: Collection[str]) -> dict[str, DraftState]:
        """Of these drafts those that a person accepted or rejected, by id; ids of no draft are left out."""

    def ranked_runs(self) -> list[str]:
        """Ids of the runs in which a draft has a rank, newest first."""

    def time_of_calls(self, run: str) -> int:
        """Milliseconds in which at least one answered call of a run was under way."""

    def call_counts(self, run: str) -> list[CallCount]:
        """What the calls of a run took, by their state."""

    def open_drafts(self, run: str | None = None) -> Iterator[Draft]:
        """Drafts that nobody has decided on (of a run), oldest first, without loading all at once."""

    def drafts_by_id(self, ids: Sequence[str]) -> list[Draft]:
        """Drafts by their ids, in their order; raises `NotFound`."""

    def draft(self, draft_id: str) -> Draft:
        """One draft; raises `NotFound`."""

    def spent(self, run: str) -> Spent:
        """What a run has spent and may spend."""

    def reserve_call(self, call: Call) -> int:
        """Write a call down before it is sent, durably and outside any step; returns its id.

        Its tokens and price are what it can take at most. Raises `BudgetExceeded`, and writes nothing, when that could
        pass the limit of its run, whoever else spends from it.
        """

    def finish_call(self, call: Call) -> None:
        """Complete a call (state, tokens, price, response or error)."""

    def calls(self, run: str | None = None) -> list[Call]:
        """Calls in order; those still "sent" belong to nobody alive when the run is not running."""

    def answered(self, request_hash: str) -> Call | None:
        """The newest finished call of that request hash, if any."""

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
