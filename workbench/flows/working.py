"""The work of a run: parents in a pool of threads, drafts written down as they come, every row accounted for."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from workbench.errors import BudgetExceeded, Cancelled, WorkbenchError
from workbench.flows.again import NOBODY, Named, Plan, newest, planned
from workbench.flows.asking import Asking
from workbench.flows.gating import Gating
from workbench.flows.known import known_for
from workbench.flows.making import Maker
from workbench.flows.patience import Patience
from workbench.flows.records import Records
from workbench.flows.run_models import RunModels
from workbench.flows.runs import ALL, begun_rows, counted, release, settled_rows
from workbench.flows.set_rows import from_row, with_draw
from workbench.flows.sharing import Share
from workbench.flows.units import load_unit
from workbench.generate import read_params
from workbench.generate.judges import recipe_of_run
from workbench.ids import now_ms
from workbench.jobs import Control
from workbench.model import Draft, Run, RunState
from workbench.store.base import Store

NO_MODEL_WORKERS = 2

PILOT_DONE = "the first rows are made; go on to make the rest"

_TICK = 0.1
_MOST_TOGETHER = 0.1
"""Seconds between two looks at what has ended, at most: in a long run many drafts share a transaction."""


class Work:
    """One run at work. `run_all` returns the run as it ended; it raises `Cancelled` when the person stopped it.

    `chosen` are the rows that a person named: sent once more, or the only ones to be made. `lost` counts the rows that
    came to nothing this time.
    """

    def __init__(self, store: Store, run: Run, models: RunModels, chosen: Named = NOBODY) -> None:
        self._store = store
        self._run = run
        self._asking = Asking(store, run, models)
        self._workers = models.width or NO_MODEL_WORKERS
        self._chosen = chosen
        self._plan = Plan()
        self._recipe = recipe_of_run(run.recipe)
        self._params = read_params(self._recipe, run.params)
        self._arrived: queue.SimpleQueue[Draft] = queue.SimpleQueue()
        self._ended: queue.SimpleQueue[Future[None]] = queue.SimpleQueue()
        self._began = time.monotonic()
        self._gathered = 0.0
        self._shown = threading.Lock()
        self._stop: WorkbenchError | None = None
        self._gating = Gating(self._recipe)
        self._patience = Patience(models.places, row_by_row=self._recipe.starts_from == "set")
        self.lost = 0

    def run_all(self, control: Control) -> Run:
        """Make every row that has no draft yet. The run is claimed already; it is released in the end."""
        try:
            self._save("running", "")
            self._work(control)
        except Exception as exc:
            self._end("failed", f"{type(exc).__name__}: {exc}")
            raise
        finally:
            release(self._store, self._run.id)
        if isinstance(self._stop, Cancelled):
            raise self._stop
        return self._run

    def _work(self, control: Control) -> None:
        tries = self._store.drafts(run=self._run.id, limit=ALL)
        begun = begun_rows(self._asking.calls, self._recipe, tries)
        there = bool(begun) or any(draft.turns for draft in tries)
        drawn = with_draw(self._store, self._run, self._recipe, begun=there)
        if drawn is not self._run:
            self._run = drawn
            self._save("running", "")
        plan = planned(tries, self._run, self._recipe, self._chosen, begun)
        self._plan = plan
        self._gating = Gating(
            self._recipe, plan.drafts, params=self._run.params, known=known_for(self._store, self._recipe)
        )
        self._asking.forget(plan.drafts, self._chosen.again, plan.unread, plan.fatal, plan.told)
        todo, finished, total = iter(plan.todo), plan.made, plan.total
        control.progress(finished, total, "starting")
        with ThreadPoolExecutor(self._workers, thread_name_prefix=self._run.id) as pool:
            pending = self._submit(pool, todo, set(), control)
            while pending:
                ended = self._ended_by_now()
                pending -= ended
                finished += self._keep_arrived()
                for future in ended:
                    self._look_at_end(future)
                if control.cancelled and self._stop is None:
                    self._stop = Cancelled("stopped on request", hint="what was finished before is kept")
                pending = self._submit(pool, todo, pending, control)
                control.progress(finished, total, control.latest.message)
        finished += self._keep_arrived()
        control.progress(finished, total, "done")
        self._finish()

    def _ended_by_now(self) -> set[Future[None]]:
        """The shares that have ended; after the last look it waits a moment, to let others end too."""
        ended: set[Future[None]] = set()
        with suppress(queue.Empty):
            ended.add(self._ended.get(timeout=_TICK))
            now = time.monotonic()
            moment = min(_MOST_TOGETHER, (now - self._began) / 20)
            time.sleep(max(0.0, self._gathered + moment - now))
            self._gathered = time.monotonic()
            while True:
                ended.add(self._ended.get_nowait())
        return ended

    def _submit(
        self, pool: ThreadPoolExecutor, todo: Iterator[Share], pending: set[Future[None]], control: Control
    ) -> set[Future[None]]:
        """Keep a few more shares waiting than threads working, so that memory does not grow with the run."""
        while self._stop is None and len(pending) < 2 * self._workers:
            share = next(todo, None)
            if share is None:
                break
            future = pool.submit(self._one, share, control)
            pending.add(future)
            future.add_done_callback(self._ended.put)
        return pending

    def _one(self, share: Share, control: Control) -> None:
        if self._stop is not None:
            return
        control.check()
        known = (self._gating, self._plan.tries, self._plan.marks)
        earlier = self._plan.drafts if self._chosen.only is None else ()  # rows that a person named are made anyhow
        made: list[Draft] = []

        def emit(draft: Draft) -> None:
            made.append(draft)
            self._arrived.put(draft)

        maker = Maker(Records(self._run, self._recipe, self._params, *known), emit, self._patience.heard)
        unit = load_unit(self._store, self._recipe, self._run, share.parent, share.rows.start)
        refusal = self._asking.held_back(unit)
        if refusal:
            maker.hold_back(share, unit, refusal)
            return
        reuse = self._chosen.anew.isdisjoint(share.rows)
        shown = self._shown.acquire(blocking=False)  # a person can read one text that is being written, not sixty-four
        try:
            left: Share | None = share
            while left is not None and left.rows and self._stop is None:
                unit = from_row(unit, left.rows.start, chain(earlier, made))
                left = maker.make(left, unit, self._asking.ledgered(left, control, shown=shown, reuse=reuse))
        finally:
            if shown:
                self._shown.release()

    def _keep_arrived(self) -> int:
        drafts: list[Draft] = []
        while not self._arrived.empty():
            drafts.append(self._arrived.get())
        if drafts:
            with self._store.write(self._run.author, "drafts", undoable=False) as writer:
                writer.add_drafts(drafts)
            for draft in drafts:
                gives_up = self._patience.watch(draft)
                self._stop = self._stop or gives_up
                self.lost += draft.state in {"failed", "in_doubt"}
        return len(drafts)

    def _look_at_end(self, future: Future[None]) -> None:
        exc = future.exception()
        if isinstance(exc, (BudgetExceeded, Cancelled)):
            self._stop = self._stop or exc
        elif exc is not None:
            raise exc

    def _finish(self) -> None:
        if self._chosen.only is not None and (self._stop is None or isinstance(self._stop, Cancelled)):
            self._end(*self._as_before())
        elif self._stop is None and self._run.pilot and self._settled() < self._run.requested:
            self._end("interrupted", PILOT_DONE)
        elif self._stop is None:
            self._end("done", "")
        elif isinstance(self._stop, Cancelled):
            self._end("cancelled", "stopped on request")
        else:
            self._end("failed", str(self._stop))

    def _as_before(self) -> tuple[RunState, str]:
        """How the run ends when only some rows of it were made: as it was, unless nothing is left of it."""
        return ("done", "") if self._settled() >= self._run.requested else self._chosen.before

    def _settled(self) -> int:
        """How many rows are as they will stay."""
        return len(settled_rows(newest(self._store.drafts(run=self._run.id, limit=ALL))))

    def _end(self, state: RunState, message: str) -> None:
        self._run = replace(self._run, ended_at=now_ms())
        self._save(state, message)

    def _save(self, state: RunState, message: str) -> None:
        run = counted(replace(self._run, state=state, message=message), self._store.draft_counts(self._run.id))
        with self._store.write(run.author, f"run {state}", undoable=False) as writer:
            writer.save_run(run)
        self._run = run
