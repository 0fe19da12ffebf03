"""Counting what a run gave, and the drafts behind each of the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from workbench.errors import InvalidInput
from workbench.flows.by_model import by_model, price_of_calls
from workbench.flows.gating import gates_of_run
from workbench.flows.runs import read_run
from workbench.flows.yields import STATES, VERDICTS, Became, GateYield, RunYield
from workbench.generate import RECIPES, about
from workbench.generate.judges import JUDGES
from workbench.ids import now_ms
from workbench.model import CallCount, Draft, Run
from workbench.store.base import Store


def run_yield(store: Store, run_id: str) -> RunYield:
    """What a run gave by now. Raises `NotFound`."""
    run = read_run(store, run_id)
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for count in store.gate_counts(run_id):
        found[count.gate, count.verdict][_fate(count.state)] += count.drafts
    made = sum((found["", verdict] for verdict in VERDICTS), Counter[str]())
    names = dict.fromkeys([*_known_gates(run), *(gate for gate, _ in found if gate)])
    calls = store.call_counts(run_id) if run.model else []
    return RunYield(
        run=run.id,
        requested=run.requested,
        made=made.total(),
        lost=_lost(store, run_id),
        everything=_gate("", found, made),
        gates=tuple(_gate(name, found, made) for name in names),
        usd=price_of_calls(calls, {"done", "failed"}),
        usd_in_doubt=price_of_calls(calls, {"in_doubt"}),
        estimated=sum(count.estimated for count in calls),
        judged=run.counts.get("judged", 0) if run.recipe in JUDGES else None,
        minutes=_minutes(store, run, calls),
        accepted=made["accepted"],
        models=by_model(store, run),
    )


def drafts_at(
    store: Store, run_id: str, gate: str, verdict: str, became: str = "", *, limit: int = 50, offset: int = 0
) -> list[Draft]:
    """The drafts of a run with that verdict of a gate ("" for all gates together), in the order of their rows.

    Raises `NotFound`, and `InvalidInput` for a verdict or a decision that there is not.
    """
    store.run(run_id)
    if verdict not in VERDICTS:
        raise InvalidInput(f"there is no verdict {verdict!r}", hint=f"one of: {', '.join(VERDICTS)}")
    if became and became not in STATES:
        raise InvalidInput(f"no draft becomes {became!r}", hint=f"one of: {', '.join(STATES)}")
    return store.at_gate(run_id, gate, verdict, STATES.get(became, ()), limit=limit, offset=offset)


def _gate(name: str, found: Mapping[tuple[str, str], Counter[str]], made: Counter[str]) -> GateYield:
    """What a gate does not name has passed it."""
    unsure, failed = (found.get((name, verdict), Counter()) for verdict in ("unsure", "failed"))
    title, explanation = about(name) if name else ("All of them", "A draft counts by the worst that any of them said")
    return GateYield(name, title, explanation, *map(_became, (made - unsure - failed, unsure, failed)))


def _became(counts: Mapping[str, int]) -> Became:
    return Became(sum(counts.values()), **{fate: counts.get(fate, 0) for fate in STATES})


def _fate(state: str) -> str:
    return next(fate for fate, states in STATES.items() if state in states)


def _known_gates(run: Run) -> Collection[str]:
    """The gates the run names; a run of before they were named had those of its recipe, where that is the same."""
    if run.gates:
        return run.gates
    recipe = next((one for one in RECIPES if one.name == run.recipe), None)
    return gates_of_run(recipe) if recipe and recipe.version == run.version else ()


def _lost(store: Store, run_id: str) -> dict[str, int]:
    """Rows that came to nothing, by the reason, the most frequent first."""
    lost = Counter[str]()
    for count in store.draft_counts(run_id):
        if count.state in {"failed", "in_doubt"}:
            lost[count.why] += count.rows
    return dict(lost.most_common())


def _minutes(store: Store, run: Run, calls: Collection[CallCount]) -> float:
    took = store.time_of_calls(run.id) if calls else (run.ended_at or now_ms()) - run.started_at
    return max(0, took) / 60_000
