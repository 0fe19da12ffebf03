"""Finding and reading samples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import NotFound
from workbench.flows.edit import TurnDiff, turn_diffs
from workbench.model import Generated, Revision, Sample
from workbench.store.rows import Event
from workbench.workspace.base import WorkspaceBase
from workbench.workspace.results import Lineage, Page, Selection

if TYPE_CHECKING:
    import pandas as pd

    from workbench.flows.alike import Twin
    from workbench.flows.joint import Seeds
    from workbench.flows.pyramid import Pyramid


class Browsing(WorkspaceBase):
    """The part of the workspace that reads."""

    def find(
        self,
        query: str = "",
        *,
        sort: str = "best",
        limit: int = 50,
        after: str | None = None,
        offset: int | None = None,
        wait: bool = True,
    ) -> Page:
        """One page of what a query finds. Raises `QueryError` with the place in the text.

        Words and meanings wait until all text is indexed. With ``wait=False``, for a screen, only for a little of it:
        then `Page.complete` says whether there may be more, and `Page.progress` how much is searchable.
        """
        result = self._index.search(query, sort=sort, limit=limit, after=after, offset=offset, wait=wait)
        found = dict(self._store.texts(result.rows))
        samples = [found[row] for row in result.rows]
        return Page(tuple(samples), result.total, result.next, tuple(result.hits), result.complete, result.progress)

    def ids(self, query: str = "", *, sort: str = "best") -> list[str]:
        """The ids of everything a query finds."""
        return self._store.ids_of([int(row) for row in self._index.rows(query, sort=sort)])

    def joint_select(self, query: str = "", *, like: str = "", mix: float = 0.5, limit: int = 100) -> Seeds:
        """The best `limit` of what a query finds, with the reasons for each: the seeds of a run.

        With `like`, the id of a sample, what is near it in meaning comes first; `mix` (0 to 1) weighs that against the
        relevance to the query. What the query excludes is never in. Give the result to `generate` as its selection:
        the run keeps what was asked for.
        """
        from workbench.flows.joint import joint_select

        return joint_select(self._store, self._index, query, like, mix, limit)

    def pyramid(self, where: Selection = "") -> Pyramid:
        """How high each sample of a selection stands in the data pyramid, by the gates it passed.

        The top needs a source for every answer, a person's word that it is right, naturalness of 4 or more and
        compliance in order. `Pyramid.above` names what was placed higher than that.
        """
        from workbench.flows.pyramid import pyramid

        return pyramid(self._store, self._ids(where))

    def place_of(self, sample_id: str, query: str = "", *, sort: str = "best") -> int | None:
        """At which place (from 0) a sample stands in what a query finds; None when it is not found."""
        return self._index.place(self._store.rows_of([sample_id])[0], query, sort=sort)

    def count(self, query: str = "") -> int:
        """How many samples a query finds."""
        return len(self._index.rows(query))

    def facets(self, query: str = "", fields: Sequence[str] | None = None) -> list[Any]:
        """For each field its values with their exact counts under the query."""
        return self._index.facets(query, fields)

    def fields(self) -> list[Any]:
        """The fields a query may name, with examples: for completion and help."""
        return self._index.fields()

    def index_progress(self) -> Any:
        """How much of the text is searchable already."""
        return self._index.progress()

    def get(self, sample_id: str) -> Sample:
        """The newest revision of a sample; raises `NotFound`."""
        return self._store.get(sample_id)

    def samples(self, which: Selection) -> list[Sample]:
        """The newest revisions of some samples, in the order of the ids or of the query."""
        return self._store.samples(self._ids(which))

    def frame(self, which: Selection = "") -> pd.DataFrame:
        """A query (or ids) as a pandas DataFrame: one row per sample, a column per field and tag scheme."""
        from workbench.frames import samples_frame

        ids = self._ids(which)
        names = {source.id: source.name for source in self._store.sources()}
        return samples_frame(self._store.samples(ids), self._store.tags(ids), names)

    def turns_frame(self, which: Selection = "") -> pd.DataFrame:
        """The turns of a query (or ids) as a pandas DataFrame: one row per turn."""
        from workbench.frames import turns_frame

        return turns_frame(self._store.samples(self._ids(which)))

    def tags_frame(self, which: Selection = "") -> pd.DataFrame:
        """Everybody's current tags on a query (or ids) as a pandas DataFrame: one row per answer."""
        from workbench.frames import tags_frame

        return tags_frame(self._store.tags(self._ids(which)))

    def history(self, sample_id: str) -> list[Revision]:
        """All revisions of a sample, oldest first."""
        return self._store.revisions(sample_id)

    def tag_history(self, sample_id: str) -> list[Event]:
        """Every tagging event of a sample, oldest first."""
        return self._store.tag_history(sample_id)

    def diff(self, sample_id: str, old: int, new: int | None = None) -> list[TurnDiff]:
        """Word diffs, turn by turn, between two revisions (None: the newest)."""
        versions = {revision.sample.revision: revision.sample for revision in self._store.revisions(sample_id)}
        new = max(versions) if new is None else new
        for wanted in (old, new):
            if wanted not in versions:
                raise NotFound(f"sample {sample_id} has no revision {wanted}", hint=f"it has 1 to {max(versions)}")
        return turn_diffs(versions[old], versions[new])

    def compare(self, old_id: str, new_id: str) -> list[TurnDiff]:
        """Word diffs, turn by turn, between two samples (a parent and its variant, say)."""
        return turn_diffs(self._store.get(old_id), self._store.get(new_id))

    def lineage(self, sample_id: str) -> Lineage:
        """What a sample was made from and what was made from it."""
        origin = self._store.get(sample_id).origin
        parents = origin.parents if isinstance(origin, Generated) else ()
        children = tuple(self._store.children(sample_id))
        return Lineage(sample_id, parents, children, origin.branch_of, origin.depth)

    def neighbours(self, sample_id: str, limit: int = 10) -> list[tuple[Sample, float]]:
        """The samples nearest in meaning, with their similarity from -1 to 1."""
        row = self._store.rows_of([sample_id])[0]
        near = self._index.similar_to(row, limit)
        samples = self._store.samples(self._store.ids_of([int(n) for n, _ in near]))
        return [(sample, float(score)) for sample, (_, score) in zip(samples, near, strict=True)]

    def near_duplicates(self, sample_id: str, limit: int = 10) -> list[Twin]:
        """The samples that say (nearly) the same in the same words, with the share of words in common."""
        from workbench.flows.alike import near_duplicates

        return near_duplicates(self._store, self._index, sample_id, limit)

    def turn_languages(self, sample_id: str) -> dict[str, str]:
        """The language each turn seems to be in (ISO 639-1), for the turns where that is sure enough to say."""
        from workbench.language import detect_language

        guesses = {turn.id: detect_language(turn.content)[0] for turn in self._store.get(sample_id).turns}
        return {turn: language for turn, language in guesses.items() if language}

    def data_version(self) -> int:
        """A number that changes whenever anybody changes the workspace, in any process."""
        return self._store.data_version()

    def journal_end(self) -> int:
        """The newest position of the journal; each change of a sample, a tag or a scheme has one of its own."""
        return self._store.change_seq()
