"""The changes that can be made in a store: what a `Writer` does within a step, and how an import comes in beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, NamedTuple, Protocol

from workbench.model import (
    Budget,
    Document,
    Draft,
    DraftChange,
    DraftState,
    FrozenSlice,
    Json,
    Note,
    PreferencePair,
    Run,
    Sample,
    SliceSpec,
    Source,
    Tag,
    TagScheme,
    TagValue,
    Turn,
)
from workbench.store.carrying import Carried
from workbench.store.encoding import EncodedSample
from workbench.store.rows import (
    ImportRecord,
    ProblemRecord,
)


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
