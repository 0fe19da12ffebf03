"""Recipes, and starting runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import InvalidInput
from workbench.jobs import Control, Job
from workbench.model import Budget
from workbench.workspace.base import WorkspaceBase, listed
from workbench.workspace.results import Selection

if TYPE_CHECKING:
    from workbench.flows.forecast import Forecast
    from workbench.flows.gaps import Gaps
    from workbench.flows.generate import Estimate, RunJob
    from workbench.generate import Recipe
    from workbench.llm.base import ChatModel

T = TypeVar("T")


class Generating(WorkspaceBase):
    """The part of the workspace in which new conversations are made."""

    @staticmethod
    def recipes() -> list[Recipe]:
        """All ways to make drafts; they are the same in every workspace."""
        from workbench.generate import RECIPES

        return list(RECIPES)

    def recipe(self, name: str) -> Recipe:
        """One recipe; raises `UnknownName`."""
        from workbench.generate import RECIPES

        return RECIPES.get(name)

    def estimate(
        self, recipe: str, where: Selection = "", params: Mapping[str, Any] | None = None, *, limit: int | None = None
    ) -> Estimate:
        """Rows, calls, tokens and price of a run before it starts; an unknown price stays unknown."""
        from workbench.flows.generate import estimate

        ids = self._material(recipe, where, limit)
        return estimate(self._store, recipe, ids, params or {})

    def gaps(self, where: Selection = "", params: Mapping[str, Any] | None = None, *, limit: int | None = None) -> Gaps:
        """The grid of the recipe `gap_fill` before a run: what each cell has, should have, and would get.

        `params` are those of the recipe: ``ws.gaps("", {"grid": "language: en | fr", "target": 20}).frame`` is a table.
        Raises `InvalidInput` for a grid that cannot be read. `gap_fill` says what a run did to it.
        """
        from workbench.flows.gaps_counted import gaps_of

        query = str(where) if self._is_query(where) and limit is None else None
        return gaps_of(self._store, self._first(where, limit), params or {}, query)

    def generate(
        self,
        recipe: str,
        where: Selection = "",
        params: Mapping[str, Any] | None = None,
        *,
        budget: Budget | None = None,
        seed: int = 0,
        model: ChatModel | None = None,
        limit: int | None = None,
        pilot: int = 0,
        reuse: bool = False,
    ) -> RunJob:
        """Start a run over a selection, at most `limit` of it; `job.run` is its id, `job.drafts` its drafts so far.

        `where` selects samples; for a recipe that starts from documents, documents by id or title ("" for all); a
        recipe that starts from nothing takes none. With `reuse` requests that the ledger has the answer to (the same
        model, messages, parameters and seed) are not sent again and cost nothing. `model` is asked in place of the
        workspace's own ("main"). Raises `InvalidInput` where `params` name only other models.
        """
        from workbench.flows.generate import start_run

        job = start_run(
            self._store,
            self._jobs,
            author=self.author,
            recipe=recipe,
            parents=self._material(recipe, where, limit),
            query=str(where) if self._is_query(where) else str(getattr(where, "query", "")),
            params=params or {},
            budget=budget or Budget(),
            seed=seed,
            model=model,
            pilot=pilot,
            reuse=reuse,
        )
        self._emit("job.started", id=job.id, run=job.run)
        return job

    def pilot(self, recipe: str, where: Selection = "", params: Mapping[str, Any] | None = None, *, rows: int = 10,
              **more: Any) -> Forecast:  # fmt: skip
        """Make the first `rows` of a run, drawn at random, and say what the whole will take; waits for them.

        They are real calls and real drafts. `ws.resume` of the newest run makes the rest. `more` is as in `generate`.
        """
        return self.forecast(self.generate(recipe, where, params, pilot=rows, **more).wait().id)

    def forecast(self, run_id: str) -> Forecast:
        """What a run will have taken at its end, as 90 % intervals from the rows that are made.

        Raises `InvalidInput` when these are too few.
        """
        from workbench.flows.forecast import forecast
        from workbench.flows.runs import read_run

        return forecast(self._store, read_run(self._store, run_id))

    def resume(
        self,
        run_id: str,
        *,
        model: ChatModel | None = None,
        budget: Budget | None = None,
        send_again: Iterable[str] = (),
        only: Iterable[str] = (),
    ) -> RunJob:
        """Go on with a stopped run; finished rows and answered calls stay. `budget` replaces its limit.

        `send_again` names drafts that are "in_doubt" (maybe charged): only these are sent, and maybe charged, again.
        `only` names drafts that came to nothing: just their rows are tried, also such as the model refused or answered
        to no use, and the run is afterwards as it was. One that is in doubt has to be named in both. `model` is asked
        in place of the workspace's own ("main"). Raises `InvalidInput` where the run names only other models, and where
        one of its models is another by now, or at another address while unfinished rows have calls that were paid.
        """
        from workbench.flows.generate import resume_run

        again, rows = listed(send_again, "drafts"), listed(only, "drafts")
        job = resume_run(
            self._store, self._jobs, run_id, author=self.author, model=model, budget=budget, send_again=again, only=rows
        )
        self._emit("job.started", id=job.id, run=job.run)
        return job

    def _material(self, recipe: str, where: Selection, limit: int | None) -> list[str]:
        """Ids of what a run starts from: of samples, of documents, or none."""
        starts_from = self.recipe(recipe).starts_from
        if starts_from == "nothing":
            return []
        if starts_from != "document":
            return self._first(where, limit)
        documents = self._store.documents()
        if where == "":
            return [document.id for document in documents][:limit]
        ids = {document.title: document.id for document in documents}
        return [ids.get(one, one) for one in listed(where, "documents")][:limit]

    def _first(self, where: Selection, limit: int | None) -> list[str]:
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
            raise InvalidInput(f"the limit {limit!r} is no number of samples", hint="a whole number from 1")
        return self._ids(where)[:limit]

    def background(self, title: str, work: Callable[[Control], T]) -> Job[T]:
        """Run any long `work` as a job with progress and cancel, shown and stopped like the workspace's own."""
        job = self._jobs.start(title, work)
        self._emit("job.started", id=job.id)
        return job

    def jobs(self) -> list[Job[Any]]:
        """The jobs of this session."""
        return self._jobs.all()

    def job(self, job_id: str) -> Job[Any]:
        """One job of this session; raises `NotFound`."""
        return self._jobs.get(job_id)
