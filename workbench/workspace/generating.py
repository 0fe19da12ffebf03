"""Recipes, runs, drafts and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import InvalidInput
from workbench.jobs import Control, Job
from workbench.model import Budget, Call, CallCount, Draft, DraftState, Run, Sample, Turn
from workbench.workspace.base import WorkspaceBase, listed
from workbench.workspace.results import Selection

if TYPE_CHECKING:
    from workbench.flows.candidates import Candidates
    from workbench.flows.forecast import Forecast
    from workbench.flows.gaps import GapFill
    from workbench.flows.generate import Estimate, RunJob
    from workbench.flows.opinions import Judgement
    from workbench.flows.orders import Orders
    from workbench.flows.yields import RunYield
    from workbench.generate import Recipe
    from workbench.llm.base import ChatModel, Reply
    from workbench.llm.presets import Preset
    from workbench.store.calls import Spent

T = TypeVar("T")
_MOST_GOOD = 2_000


class Generating(WorkspaceBase):
    """The part of the workspace in which new conversations are made and decided on."""

    def recipes(self) -> list[Recipe]:
        """All ways to make drafts."""
        from workbench.generate import RECIPES

        return list(RECIPES)

    def recipe(self, name: str) -> Recipe:
        """One recipe; raises `UnknownName`."""
        from workbench.generate import RECIPES

        return RECIPES.get(name)

    def model(self) -> ChatModel:
        """The model that generation uses: the endpoint in the settings, else the local demo model."""
        from workbench.flows.models import model_from_settings

        return model_from_settings(self._store.setting("model"))

    def try_model(self) -> Reply:
        """Ask the model one short question; raises `ModelError` that says what failed. Outside any run and ledger."""
        from workbench.flows.models import tried

        return tried(self.model())

    def model_settings(self) -> Mapping[str, Any]:
        """Which endpoint and model are used; never a key, only the variable or keyring entry that holds it."""
        return self._store.setting("model") or {}

    def model_presets(self) -> tuple[Preset, ...]:
        """Endpoints many people have; ``ws.set_model({"preset": "ollama", "model": "qwen3:8b"})`` uses one."""
        from workbench.llm.presets import PRESETS

        return PRESETS

    def set_model(self, settings: Mapping[str, Any]) -> None:
        """Choose the endpoint; an empty mapping means the local model.

        Settings: `preset` (see `model_presets`), `base_url`, `model`, `local`, where the key is (`key_variable`, or
        `key_service` and `key_user` of the keyring), `deadline` in seconds, `in_flight`, and the prices
        `usd_per_million_in` and `usd_per_million_out`. Raises `InvalidInput`, `UnknownName`.
        """
        from workbench.flows.models import check_settings

        self._store.set_setting("model", check_settings(settings))

    def estimate(
        self, recipe: str, where: Selection = "", params: Mapping[str, Any] | None = None, *, limit: int | None = None
    ) -> Estimate:
        """Rows, calls, tokens and price of a run before it starts; an unknown price stays unknown."""
        from workbench.flows.generate import estimate

        ids = self._material(recipe, where, limit)
        return estimate(self._store, recipe, ids, params or {}, self._store.setting("model"))

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
        model, messages, parameters and seed) are not sent again and cost nothing.
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

        return forecast(self._store, self.run(run_id))

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
        to no use, and the run is afterwards as it was. One that is in doubt has to be named in both.
        """
        from workbench.flows.generate import resume_run

        again, rows = listed(send_again, "drafts"), listed(only, "drafts")
        job = resume_run(
            self._store, self._jobs, run_id, author=self.author, model=model, budget=budget, send_again=again, only=rows
        )
        self._emit("job.started", id=job.id, run=job.run)
        return job

    def runs(self) -> list[Run]:
        """All runs, newest first, with their counts of this moment."""
        from workbench.flows.runs import read_runs

        return read_runs(self._store)

    def run(self, run_id: str) -> Run:
        """One run with its counts of this moment."""
        from workbench.flows.runs import read_run

        return read_run(self._store, run_id)

    def run_yield(self, run_id: str) -> RunYield:
        """What a run gave: each gate with what passed it and what did not, what people decided, what was lost and why.

        ``ws.run_yield(run).frame`` is a table of it. Raises `NotFound`.
        """
        from workbench.flows.yields import run_yield

        return run_yield(self._store, run_id)

    def drafts_at(
        self, run_id: str, gate: str, verdict: str, became: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[Draft]:
        """The drafts of a run about which a gate said "passed", "unsure" or "failed", in the order of their rows.

        The gate "" stands for the worst of all gates; `became` narrows to "accepted", "rejected" or "undecided".
        """
        from workbench.flows.yields import drafts_at

        return drafts_at(self._store, run_id, gate, verdict, became, limit=limit, offset=offset)

    def gap_fill(self, run_id: str) -> GapFill:
        """What a run of the recipe `gap_fill` did to its grid: each cell before and after, and what a filled one cost.

        ``ws.gap_fill(run).frame`` is a table of it. Raises `NotFound`, `InvalidInput` for a run of another recipe.
        """
        from workbench.flows.gaps import gap_fill_of

        return gap_fill_of(self._store, run_id)

    def calls(self, run_id: str | None = None) -> list[Call]:
        """The ledger of model calls."""
        return self._store.calls(run_id)

    def call_counts(self, run_id: str) -> list[CallCount]:
        """How many calls of a run are in each state, their tokens and their price (None when one is not known)."""
        return self._store.call_counts(run_id)

    def spent(self, run_id: str) -> Spent:
        """What a run has spent, calls under way or maybe charged at their worst, and its limit (`budget`)."""
        return self._store.spent(run_id)

    def set_budget(self, run_id: str, budget: Budget) -> None:
        """Change what a run may spend; it holds at once, also while the run or its conversations are at work.

        Raises `InvalidInput` for a limit that is none, or in dollars where the model's price is not known.
        """
        from workbench.flows.generate import limit_run

        limit_run(self._store, self.author, run_id, budget)

    def drafts(self, run: str | None = None, state: DraftState | None = None, *, limit: int = 200) -> list[Draft]:
        """Drafts with a text, oldest first.

        With the state "failed" or "in_doubt" (maybe charged): the rows that came to nothing and were not made good.
        """
        from workbench.flows.runs import read_drafts

        return read_drafts(self._store, run, state, limit)

    def draft(self, draft_id: str) -> Draft:
        """One draft."""
        return self._store.draft(draft_id)

    def accept(self, draft_ids: Iterable[str], *, turns: Sequence[Turn] | None = None) -> list[Sample]:
        """Turn drafts into samples with their full origin, as one step; `turns` replaces the text of a single one."""
        from workbench.flows.decide import accept

        ids = listed(draft_ids, "drafts")
        samples = accept(self._store, self.author, ids, turns=turns)
        self._emit("draft.decided", ids=ids)
        self._emit("sample.changed", ids=[sample.id for sample in samples])
        return samples

    def repair(self, draft_id: str, text: str) -> Draft:
        """Read a failed row's answer again, as a person has mended it; nothing is sent. Returns the draft it gives.

        The raw answer is in the failed draft's ``meta["raw"]``. Raises an error that says what still cannot be read.
        """
        from workbench.flows.repair import repair

        draft = repair(self._store, self.author, draft_id, text)
        self._emit("draft.decided", ids=[draft_id, draft.id])
        return draft

    def reject(self, draft_ids: Iterable[str], reason: str) -> list[Draft]:
        """Reject drafts with a reason, as one step; they are kept."""
        from workbench.flows.decide import reject

        ids = listed(draft_ids, "drafts")
        drafts = reject(self._store, self.author, ids, reason)
        self._emit("draft.decided", ids=ids)
        return drafts

    def rank(self, ranks: Mapping[str, int | None]) -> None:
        """Put candidates of one request in order: draft id -> rank from 1; equal ranks are ties, None is no rank."""
        from workbench.flows.decide import rank

        rank(self._store, self.author, ranks)

    def candidates(self, draft_id: str) -> Candidates:
        """The undecided candidates of one request, shuffled by the run's seed, and the beginning they share."""
        from workbench.flows.candidates import candidates

        return candidates(self._store, draft_id)

    def orders(self) -> Orders:
        """How far a machine's order of candidates agrees with people's (Kendall's tau, by domain), and who writes best.

        Where it agrees less than ``ws.setting("least_tau")`` (0.5), a machine's order makes no pairs in a release.
        """
        from workbench.flows.orders import orders

        return orders(self._store)

    def judge(
        self,
        drafts: Iterable[str] | None = None,
        *,
        run: str | None = None,
        canaries: int = 10,
        budget: Budget | None = None,
        seed: int = 0,
        model: ChatModel | None = None,
    ) -> RunJob:
        """Ask a model about undecided drafts (all, those of a `run`, or named ones); `ws.judgements()` tells the rest.

        Its opinion is advice. Up to `canaries` planted mistakes and as many good conversations are asked about in the
        same run, unmarked: they say how far it can be relied on. Costs calls; `ws.judge_estimate` says how many.
        """
        from workbench.flows.judging import start_judging

        job = start_judging(
            self._store, self._jobs, self._to_judge(drafts, run, canaries, seed), author=self.author,
            budget=budget or Budget(), seed=seed, model=model,
        )  # fmt: skip
        self._emit("job.started", id=job.id, run=job.run)
        return job

    def judge_estimate(
        self, drafts: Iterable[str] | None = None, *, run: str | None = None, canaries: int = 10, seed: int = 0
    ) -> Estimate:
        """Calls, tokens and price of `judge`; nothing is sent."""
        from workbench.flows.judging import estimate_judging

        items = self._to_judge(drafts, run, canaries, seed)
        return estimate_judging(self._store, items, self._store.setting("model"))

    def judgements(self) -> list[Judgement]:
        """What models were asked about drafts, newest first: their opinions, and how many planted mistakes they caught.

        Below ``ws.setting("least_caught")`` (0.7) a model is not to be relied on.
        """
        from workbench.flows.opinions import judgements

        return judgements(self._store)

    def _to_judge(self, drafts: Iterable[str] | None, run: str | None, canaries: int, seed: int) -> tuple[str, ...]:
        from workbench.flows.judging import items_of, known_good, undecided

        chosen = undecided(self._store, None if drafts is None else listed(drafts, "drafts"), run)
        good = [one for query in known_good(chosen) for one in self._ids(query)[:_MOST_GOOD]]
        return items_of(self._store, chosen, good, canaries, seed)

    def prefer(self, ranks: Mapping[str, int | None]) -> list[Sample]:
        """Keep an order of candidates, accept those on its best place and reject the others as "not preferred".

        All of it is one step. `ranks` names every candidate that was compared; None is one without a place.
        """
        from workbench.flows.candidates import prefer

        samples = prefer(self._store, self.author, ranks)
        self._emit("draft.decided", ids=list(ranks))
        self._emit("sample.changed", ids=[sample.id for sample in samples])
        return samples

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
