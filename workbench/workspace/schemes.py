"""Questions that change, and answers for many samples at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.flows import bulk, schemes
from workbench.label import SampleCheck, SchemeChange, change_of, drawn
from workbench.model import Sample, TagScheme
from workbench.store.answers import AnswerCount, SchemeVersion
from workbench.workspace.labelling import RESERVED, Labelling
from workbench.workspace.results import Selection


class Changing(Labelling):
    """The part of the workspace for changes that touch many answers: seen before, done as one step."""

    reserved_names = RESERVED
    """Words of the query language, which no tag scheme can be called."""

    def scheme_impact(self, change: TagScheme | SchemeChange) -> schemes.SchemeImpact:
        """What a change of a scheme would do to answers, slices and builds; writes nothing.

        Changes are made by `workbench.label`: ``merge_choices(ws.scheme("domain"), "finance/tax", "finance/loans")``.
        """
        return schemes.scheme_impact(self._store, self.author, change_of(change), reserved=RESERVED)

    def change_scheme(self, change: TagScheme | SchemeChange) -> schemes.SchemeChanged:
        """Save a changed scheme and carry everybody's answers along, as one step.

        Answers to a choice that was split wait for another look: ``stale:domain`` finds them. Raises `StaleScheme`
        when somebody saved the scheme since `change` was begun, `InvalidInput` for one that cannot be used.
        """
        wanted = change_of(change)
        with self._changing([]):
            return schemes.change_scheme(self._store, self.author, wanted, reserved=RESERVED)

    def scheme_versions(self, name: str) -> list[SchemeVersion]:
        """Every version of a scheme, oldest first: who made it, and what became of which old answers."""
        self.scheme(name)
        return self._store.scheme_versions(name)

    def answer_counts(self, scheme: str) -> list[AnswerCount]:
        """Every answer to a scheme by every author, and how often it was given."""
        self.scheme(scheme)
        return self._store.answer_counts(scheme)

    def bulk_plan(self, which: Selection, scheme: str, value: object, *, replace: bool = False) -> bulk.BulkPlan:
        """What `bulk_tag` would do, counted; writes nothing."""
        rows = self._rows(self._selection(which))
        return bulk.plan_bulk(self._store, self.author, rows, scheme, value, replace=replace)

    def bulk_sample(self, which: Selection, size: int = 20, *, seed: int = 0) -> list[Sample]:
        """Random samples of a selection, to look at before answering for all. The same seed gives the same ones."""
        rows = np.sort(self._rows(self._selection(which))).tolist()
        return self._store.samples(self._store.ids_of(drawn(rows, size, seed)))

    def bulk_tag(
        self,
        which: Selection,
        scheme: str,
        value: object,
        *,
        replace: bool = False,
        note: str = "",
        check: SampleCheck | None = None,
        without: Sequence[str] = (),
    ) -> bulk.BulkTag:
        """Answer for everything a query finds (or for ids), as one step that is kept on record.

        Samples I have answered keep that answer unless `replace`; a scheme of several choices gets this one added.
        `check` is what a look at `bulk_sample` said, `without` the ids that did not fit. Undo takes all of it back.
        """
        chosen = self._selection(which)
        with self._changing([]):
            return bulk.bulk_tag(
                self._store, self.author, self._rows(chosen), scheme, value,
                query=chosen if isinstance(chosen, str) else None,
                replace=replace, note=note, check=check, without=self._store.rows_of(list(without)),
            )  # fmt: skip

    def bulk_tags(self, limit: int = 50) -> list[bulk.BulkTag]:
        """Everybody's bulk answers, newest first: query, value, counts, sample check, author, whether undone."""
        return bulk.bulk_tags(self._store, limit)

    def bulk_again(self, bulk_id: str) -> bulk.BulkTag:
        """Run a bulk answer on what its query finds now and I have not answered yet. Raises `NotFound`."""
        record = bulk.bulk_named(self._store, bulk_id)
        return self.bulk_tag(bulk.query_again(record), record.scheme, record.value)
