"""Runs as they are now: what became of each row, and whether the process that worked on it still lives."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from workbench.generate import Recipe
from workbench.ids import now_ms
from workbench.model import Call, Draft, DraftState, Run
from workbench.store.base import Store
from workbench.store.rows import DraftCount

NOT_TRIED = "not tried: an earlier one of this conversation failed"

ALL = 1_000_000_000
"""More drafts than any run has: no limit."""
MARKS = ("sent_again", "asked_anew", "apart")
"""What a draft's `meta` says of a row that a person named: sent although maybe charged; asked anew after an answer of
no use; made apart from the rows before it. The next try of the row keeps them."""

_STATES = {"draft": "drafted"}


def read_run(store: Store, run_id: str) -> Run:
    """One run with its counts of this moment. Raises `NotFound`."""
    return _live(store, store.run(run_id))


def read_runs(store: Store) -> list[Run]:
    """All runs with their counts of this moment, newest first."""
    return [_live(store, run) for run in store.runs()]


def counted(run: Run, found: Sequence[DraftCount]) -> Run:
    """The run with counts and reasons of its rows; the counts add up to what was requested, always.

    Counts: drafted, gated, approved, accepted, rejected, judged, failed, in_doubt; rows without any of these are
    "waiting", also when the run was stopped by its budget, its endpoint or the end of the process, and "cancelled" when
    a person stopped it.
    """
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one in found:
        counts[_STATES.get(one.state, one.state)] += one.rows
        if one.why:
            reasons[one.why] += one.rows
    if run.requested > counts.total():
        counts["cancelled" if run.state == "cancelled" else "waiting"] = run.requested - counts.total()
    reused = sum(one.reused for one in found)
    told = sorted(reasons.items(), key=lambda item: (item[0] == NOT_TRIED, -item[1]))  # its cause stands before it
    return replace(run, counts=dict(counts), reasons=dict(told), reused=reused)


def read_drafts(store: Store, run: str | None, state: DraftState | None, limit: int) -> list[Draft]:
    """Drafts with a text, oldest first; rows that came to nothing are there when their state is asked for."""
    if state in {"failed", "in_doubt"}:
        return store.drafts(run=run, state=state, limit=limit, newest=True)
    reach = limit
    while True:
        found = store.drafts(run=run, state=state, limit=reach)
        shown = [draft for draft in found if state is not None or draft.turns]
        if len(shown) >= limit or len(found) < reach:
            return shown[:limit]
        reach *= 2


def goes_on(store: Store, run: Run) -> bool:
    """Whether a run that goes on from approved items really does: it is at work, or made or sent something.

    One that was stopped before its first row (by its limit, say) leaves its items to another run.
    """
    at_work = run.state in {"running", "waiting"}
    return at_work or bool(store.draft_counts(run.id)) or store.spent(run.id).calls > 0


def followers_of(store: Store, run_id: str) -> list[Run]:
    """The runs that go on from the items of a run, newest first."""
    return [other for other in store.runs() if other.follows == run_id]


def drafts_of(store: Store, run_id: str) -> list[Draft]:
    """The newest draft of every row of a run, the rows that came to nothing included."""
    return store.drafts(run=run_id, limit=ALL, newest=True)


def tries_of(store: Store, run_id: str) -> Counter[int]:
    """How often each row of a run was tried."""
    return Counter(draft.row for draft in store.drafts(run=run_id, limit=ALL))


def settled_rows(drafts: Iterable[Draft], again: Collection[int] = ()) -> dict[int, bool]:
    """The rows that a resumed run leaves as they are (not those to be sent `again`), and whether they have a text."""
    return {draft.row: bool(draft.turns) for draft in drafts if not to_try_again(draft) and draft.row not in again}


def cut_rows(drafts: Iterable[Draft], again: Collection[int] = (), begun: Collection[int] = ()) -> frozenset[int]:
    """Rows with which a share ends: those behind them were made anew, from a seed of their own, when these were lost.

    They are the rows that a person has sent again or asked anew, or whose answer a person has repaired; and the row
    before one that was made apart, or with which a share has `begun` (`begun_rows`).
    """
    drafts = list(drafts)
    ending = {draft.row for draft in drafts if not {"sent_again", "asked_anew", "repaired"}.isdisjoint(draft.meta)}
    first = {draft.row for draft in drafts if "apart" in draft.meta}.union(begun)
    return frozenset(again) | ending | {row - 1 for row in first}


def begun_rows(calls: Iterable[Call], recipe: Recipe, drafts: Iterable[Draft]) -> frozenset[int]:
    """The rows of a run with which a share began, for its calls stand under its first row.

    The ledger knows it when the record of a row was not written down any more: the lost row before them, say, or their
    own. Over a set it also does when the lost row was made after all. Of another run, under a row whose draft has a
    text also what a person ran turn by turn is written; whether that one was made apart its draft says.
    """
    there = frozenset(draft.row for draft in drafts if draft.turns and recipe.starts_from != "set")
    return frozenset(call.row for call in calls) - there


def failed_at_endpoint(draft: Draft) -> bool:
    """Whether the endpoint gave no usable answer, rather than the model a refusal or the recipe nothing."""
    return draft.meta.get("error", {}).get("code") in {"model", "model_unreachable"}


def to_try_again(draft: Draft) -> bool:
    """Whether a resumed run tries a row again: the endpoint failed, or it was never sent."""
    return draft.state == "failed" and (failed_at_endpoint(draft) or draft.meta.get("tried") is False)


def claim(store: Store, run_id: str) -> bool:
    """Write down that this process works on the run; False when somebody does already, also of two at once."""
    held = store.setting(_key(run_id))
    mine = {"pid": os.getpid(), "started": _started(os.getpid()), "host": socket.gethostname()}
    return not _alive(held) and store.replace_setting(_key(run_id), held, mine)


def release(store: Store, run_id: str) -> None:
    """This process is done with the run."""
    store.set_setting(_key(run_id), None)


def mark_interrupted(store: Store, run: Run) -> Run:
    """A run left "running" by a process that is gone becomes "interrupted", its unanswered calls "in doubt".

    Where nothing is left to try, it is "done" as it would have been a moment later.
    """
    if run.state not in {"running", "waiting"} or at_work(store, run.id):
        return run
    doubt(store, store.calls(run.id))
    stopped = replace(run, state="interrupted", message="the process ended; resume to go on", ended_at=now_ms())
    if len(settled_rows(drafts_of(store, run.id))) >= run.requested:
        stopped = replace(stopped, state="done", message="")
    with store.write(run.author, f"run {stopped.state}", undoable=False) as writer:
        writer.save_run(stopped)
    return stopped


def at_work(store: Store, subject: str) -> bool:
    """Whether a living process has claimed a run (or a draft that is run turn by turn)."""
    return _alive(store.setting(_key(subject)))


def doubt(store: Store, calls: Iterable[Call]) -> None:
    """Calls that were sent by a process that is gone: nobody knows what became of them."""
    for call in calls:
        if call.state == "sent":
            error = "no answer when the process ended; it may have been charged"
            store.finish_call(replace(call, state="in_doubt", ended_at=now_ms(), error=error))


def _live(store: Store, run: Run) -> Run:
    return counted(mark_interrupted(store, run), store.draft_counts(run.id))


def _key(run_id: str) -> str:
    return f"working-on:{run_id}"


def _alive(mark: Mapping[str, Any] | None) -> bool:
    """Whether the process of a mark lives. One on another machine is taken to be alive."""
    if not mark:
        return False
    if mark["host"] != socket.gethostname():
        return True
    return _started(mark["pid"]) == mark["started"] if mark["started"] else _exists(mark["pid"])


def _started(pid: int) -> str:
    """When a process started, in a form that tells it from a later one of the same number; "" when unknown."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else f"{_boot()}:{fields[19]}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
