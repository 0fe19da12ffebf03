"""Tags, notes, and what is put aside."""

from __future__ import annotations

import numpy as np

from workbench.errors import InvalidInput
from workbench.flows import edit, label
from workbench.label import Agreement
from workbench.model import Note, Tag, TagScheme
from workbench.search.fields import BUILT_IN
from workbench.workspace.base import WorkspaceBase, listed
from workbench.workspace.results import Selection

RESERVED = frozenset({*BUILT_IN, "suggested", "tag"})
"""Names of the query language, which no tag scheme can have."""

BULK_FROM = 200
"""From this many samples on, a list of ids is tagged as a set of rows."""


class Labelling(WorkspaceBase):
    """The part of the workspace in which people decide."""

    def schemes(self) -> list[TagScheme]:
        """The newest version of every tag scheme."""
        return self._store.schemes()

    def scheme(self, name: str) -> TagScheme:
        """One tag scheme; raises `UnknownName`."""
        return label.scheme_named(self._store, name)

    def save_scheme(self, scheme: TagScheme) -> TagScheme:
        """Add a scheme, or save a changed one as its next version; the last one saved stands.

        `change_scheme` is for more than one person: it tells when somebody saved the scheme meanwhile, and carries the
        answers along.
        Raises `InvalidInput` for one that cannot be answered or searched, and for another kind while it has answers.
        """
        return label.save_scheme(self._store, self.author, scheme, reserved=RESERVED)

    def tags(self, which: Selection) -> list[Tag]:
        """All authors' current tags of some samples and their turns."""
        return self._store.tags(self._ids(which))

    def tag(self, which: Selection, scheme: str, value: object, *, turn: str | None = None, note: str = "") -> int:
        """Set my answer on samples (ids or a query), as one step; returns how many answers changed."""
        which = self._selection(which)
        ids = self._bulk(which, turn)
        if ids is None:
            rows = self._rows(which)
            changed = label.tag_rows(self._store, self.author, rows, scheme, value, note=note)
            self._emit("sample.changed", ids=[])
            return changed
        with self._changing(ids):
            return label.tag_samples(self._store, self.author, ids, scheme, value, turn=turn, note=note)

    def untag(self, which: Selection, scheme: str, *, turn: str | None = None) -> int:
        """Remove my answer from samples, as one step; returns how many there were."""
        label.scheme_named(self._store, scheme)
        which = self._selection(which)
        ids = self._bulk(which, turn)
        if ids is None:
            removed = label.tag_rows(self._store, self.author, self._rows(which), scheme, None)
            self._emit("sample.changed", ids=[])
            return removed
        with self._changing(ids):
            return label.untag_samples(self._store, self.author, ids, scheme, turn=turn)

    def flag(self, which: Selection, on: bool = True) -> int:
        """Flag samples as worth another look (or take my flag off); returns how many changed. `flag:yes` finds them.

        A flag is my answer to the scheme ``flag``, which comes into being with the first one.
        """
        ids = self._ids(which)
        with self._changing(ids):
            return label.flag_samples(self._store, self.author, ids, on)

    def note(self, sample_id: str, text: str, *, turn: str | None = None) -> Note:
        """Add a remark to a sample or one of its turns."""
        if not text.strip():
            raise InvalidInput("the note is empty", hint="write something first")
        with self._changing([sample_id]):
            return label.add_note(self._store, self.author, sample_id, text, turn=turn)

    def notes(self, sample_id: str) -> list[Note]:
        """The remarks on a sample, oldest first."""
        return self._store.notes(sample_id)

    def agreement(self, scheme: str, which: Selection = "") -> Agreement:
        """How far people agree on a scheme over a selection."""
        return label.agreement_on(self._store, scheme, self._ids(which))

    def archive(self, which: Selection) -> int:
        """Put samples aside: they stay, but no query finds them without ``state:archived``."""
        ids = self._ids(which)
        with self._changing(ids):
            return edit.archive(self._store, self.author, ids)

    def restore(self, which: Selection) -> int:
        """Bring archived samples back."""
        ids = self._ids(which)
        with self._changing(ids):
            return edit.archive(self._store, self.author, ids, state="active")

    def _selection(self, which: Selection) -> str | list[str]:
        """A query as it is, anything else as a list of ids."""
        return str(which) if self._is_query(which) else listed(which, "samples")

    def _bulk(self, which: str | list[str], turn: str | None) -> list[str] | None:
        """The ids to tag one by one, or None when the selection is large and tagged as a set of rows."""
        if isinstance(which, str):
            rows = self._index.rows(which)
            return self._store.ids_of([int(row) for row in rows]) if turn or len(rows) < BULK_FROM else None
        return which if turn or len(which) < BULK_FROM else None

    def _rows(self, which: str | list[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        rows = self._index.rows(which) if isinstance(which, str) else self._store.rows_of(which)
        return np.asarray(rows, dtype=np.int64)
