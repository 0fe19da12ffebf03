"""Seeing all samples at once: the map, and what is picked out on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.errors import InvalidInput, StaleMap
from workbench.flows.picking import ON_CHART, ON_MAP, How, Picked, drop, pick, picked
from workbench.ids import now_ms
from workbench.jobs import Control, Job
from workbench.workspace.base import WorkspaceBase
from workbench.workspace.results import Selection

if TYPE_CHECKING:
    from workbench.charts import Answer
    from workbench.flows.map import SampleMap
    from workbench.flows.nearly import AlikeReport

MAP_JOB = "Draw the map"
ALIKE_JOB = "Look for near-duplicates"


class Overview(WorkspaceBase):
    """The part of the workspace that shows all samples at once."""

    def map(self, query: str = "", *, colour: str = "domain") -> SampleMap:
        """What a query finds in two dimensions, by meaning: near points say similar things.

        `colour` is any field whose values are counted: a tag scheme, ``suggested.domain``, language, source, origin,
        recipe ... The result has the points as arrays, as a DataFrame (`frame`) and as a plotly figure (`figure`).
        The first call of a workspace reads all texts and may take a minute for 100,000; later ones, milliseconds.
        Positions of samples that are there already do not move when others are added; the picture is laid out anew
        when there is half as much again. Raises `QueryError`, `UnknownName`.

        Example:
            ``ws.map("language:fr", colour="naturalness").figure``
        """
        from workbench.flows.colouring import coloured
        from workbench.flows.map import draw

        return draw(self._store, self._index, self._index.map(), query, coloured(self._index, colour, query))

    def questions(self, query: str = "") -> list[Answer]:
        """What is missing, what is too much, what do we disagree on, what changed this week: over what a query finds.

        Each `Answer` says it in a sentence (`told`), in numbers with the query behind each (`parts`), and as a plotly
        `figure`. Counted from the columns: no text is read. The week is that of the whole workspace.

        Example:
            ``missing, *others = ws.questions("origin:real"); missing.figure``
        """
        from workbench.flows.nearly import alike
        from workbench.flows.questions import disagreement, missing, too_much
        from workbench.flows.week import this_week

        schemes = self._store.schemes()
        return [
            *missing(self._index, schemes, query),
            *too_much(self._index, schemes, query),
            alike(self._index, query),
            *disagreement(self._store, self._index, schemes, query),
            *this_week(self._store, now_ms()),
        ]

    def measure_alike(self) -> AlikeReport:
        """Find which conversations say nearly the same as another one; then ``alike>=1`` finds them.

        All active conversations are read (a minute for 100,000 of ordinary length). What is imported or changed
        afterwards counts as not measured until this is called again.
        """
        from workbench.flows.nearly import measure_alike

        return measure_alike(self._store, self._index, Control())

    def alike_job(self) -> Job[AlikeReport]:
        """The same as a job with progress and cancel. Stopped, it keeps nothing; one that runs is given again."""
        from workbench.flows.nearly import measure_alike

        running = (job for job in self._jobs.all() if job.title == ALIKE_JOB and job.state == "running")
        job = next(running, None) or self._jobs.start(
            ALIKE_JOB, lambda control: measure_alike(self._store, self._index, control)
        )
        self._emit("job.started", id=job.id)
        return job

    def select_done(self, pick: str) -> Picked | None:
        """Make the samples behind a part of `questions` that only the journal knows (its `pick`) a selection.

        They are found by ``in:chart-selection``.
        """
        from workbench.flows.week import picked_rows

        return self._pick(picked_rows(self._store, pick, now_ms()), ON_CHART, "new", pick)

    def map_ready(self) -> bool:
        """Whether `map` would answer at once; else `map_job` makes it ready, with progress."""
        return self._index.map_ready() is not None or not self._store.count()

    def map_job(self) -> Job[None]:
        """Bring the map up to date as a job with progress and cancel. One that runs already is given again."""

        def work(control: Control) -> None:
            def tell(percent: int, message: str) -> None:
                control.progress(percent, 100, message)
                control.check()

            self._index.map(tell)

        running = (job for job in self._jobs.all() if job.title == MAP_JOB and job.state == "running")
        job = next(running, None) or self._jobs.start(MAP_JOB, work)
        self._emit("job.started", id=job.id)
        return job

    def ids_at(self, rows: Sequence[int]) -> list[str]:
        """The ids of row numbers, as `map` gives them; a number that no sample has is left out."""
        last = self._store.max_row()
        return self._store.ids_of([int(row) for row in rows if 0 < row <= last])

    def select_on_map(
        self,
        where: str = "",
        *,
        outline: Sequence[Sequence[float]] | None = None,
        region: int | None = None,
        how: How = "new",
        layout: int | None = None,
    ) -> Picked | None:
        """Pick out what a query finds inside an outline (a list of [x, y] pairs of the map), or in a region.

        All samples there are picked, also those of which no point is drawn. `how`: "new", "add", "remove" or "common".
        With the `layout` of the map they were read from, an outline or region of a picture that has been laid out anew
        since raises `StaleMap`.
        The query ``in:map-selection`` finds them from then on, everywhere. It is a step that `undo` takes
        back. Returns the selection; None when it is empty.

        Example:
            ``ws.select_on_map("language:fr", region=3); ws.frame("in:map-selection")``
        """
        from workbench.flows.map import in_region, on_map, within

        atlas = self._index.map()
        mask = self._index.mask(where)
        if atlas is None:
            raise InvalidInput("there is nothing on the map yet", hint="import conversations first")
        if layout not in (None, atlas.layout):
            raise StaleMap()
        rows = on_map(atlas, mask)
        if (outline is None) == (region is None):
            raise InvalidInput("say either an outline or a region", hint="outline=[[0, 0], [1, 0], [1, 1]] or region=3")
        if region is not None:
            rows, told = in_region(atlas, rows, region), ", ".join(atlas.words[region - 1])
        else:
            rows, told = within(atlas, rows, outline or ()), "outline"
        return self._pick(rows, ON_MAP, how, told if how == "new" else "")

    def select(self, which: Selection, *, name: str = ON_MAP, how: How = "new") -> Picked | None:
        """Make a query or ids my selection, as if picked on the map: a clustering of your own, say.

        Example:
            ``ws.select(frame.index[frame["score"] > 0.9]); ws.count("in:map-selection -tagged:domain")``
        """
        rows = np.asarray(self._store.rows_of(self._ids(which)), dtype=np.int64)
        return self._pick(rows, name, how, which if isinstance(which, str) else "")

    def selection(self, name: str = ON_MAP, *, author: str | None = None) -> Picked | None:
        """My selection, or another author's; None when there is none."""
        return picked(self._store, self._index, author or self.author, name)

    def clear_selection(self, name: str = ON_MAP) -> None:
        """Forget my selection; `undo` brings back the one on the map."""
        drop(self._store, self.author, name)

    def _pick(self, rows: Any, name: str, how: How, told: str) -> Picked | None:
        pick(self._store, self._index, self.author, rows, name=name, how=how, told=told)
        return self.selection(name)
