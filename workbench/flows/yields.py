"""What a run gave: gate by gate, what passed, what did not, and what people made of it; what an accepted draft took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from workbench.errors import InvalidInput
from workbench.flows.by_model import ModelYield, by_model, price_of_calls
from workbench.flows.gating import gates_of_run
from workbench.flows.runs import read_run
from workbench.generate import RECIPES, about
from workbench.generate.judges import JUDGES
from workbench.ids import now_ms
from workbench.model import CallCount, Draft, DraftState, Run
from workbench.store.base import Store

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["passed", "unsure", "failed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STATES: Mapping[str, tuple[DraftState, ...]] = {
    "accepted": ("accepted", "approved"), "rejected": ("rejected",), "undecided": ("draft", "gated"),
}  # fmt: skip
"""What became of a draft: the states it can be in."""


@dataclass(frozen=True, slots=True)
class Became:
    """How many drafts, and what people decided about them."""

    drafts: int = 0
    accepted: int = 0
    rejected: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class GateYield:
    """One gate of a run: how many drafts it let pass, was unsure about and failed, and what became of each.

    The gate "" stands for all of them: a draft counts there once, by the worst that any gate said.
    """

    gate: str
    title: str
    explanation: str
    passed: Became
    unsure: Became
    failed: Became


@dataclass(frozen=True, slots=True)
class RunYield:
    """What became of everything a run was asked for.

    Attributes:
        run: its id.
        requested: rows that were asked for; `made` of them have a text, `lost` came to nothing (reason -> rows), the
            others are still to be made.
        judged: rows of a run that asks a model about drafts that hold its opinion; None for a run that makes drafts.
        everything: all gates together.
        gates: gate by gate, in the order in which drafts go through them.
        accepted: drafts that people accepted.
        usd: what the answered calls cost; None while the price of one is not known.
        estimated: answered calls whose tokens the endpoint did not report: these, and `usd`, are our estimate.
        usd_in_doubt: what the calls that were maybe charged cost at most, beside `usd`; None as there.
        minutes: time in which the run was at work: in which a call was under way, or, without a model, from its start
            to its end.
        models: what each model gave and cost, where the run asks several.
    """

    run: str
    requested: int
    made: int
    lost: Mapping[str, int]
    everything: GateYield
    gates: tuple[GateYield, ...]
    usd: float | None
    minutes: float
    accepted: int = field(default=0)
    judged: int | None = None
    usd_in_doubt: float | None = 0.0
    estimated: int = 0
    models: tuple[ModelYield, ...] = ()

    @property
    def usd_per_accepted(self) -> float | None:
        """Dollars of the answered calls for each accepted draft; None when not known, or nothing is accepted yet."""
        return None if self.usd is None or not self.accepted else self.usd / self.accepted

    @property
    def minutes_per_accepted(self) -> float | None:
        """Minutes of work for each accepted draft; None when nothing is accepted yet."""
        return self.minutes / self.accepted if self.accepted else None

    @property
    def frame(self) -> pd.DataFrame:
        """One row per gate and verdict: gate, verdict, drafts, accepted, rejected, undecided.

        Of a run that asks a model about drafts it has one row, with the verdict "judged": how many opinions there are.
        """
        import pandas as pd

        rows: list[tuple[str, str, int, int, int, int]] = [
            (one.gate or "all", verdict, told.drafts, told.accepted, told.rejected, told.undecided)
            for one in (*self.gates, self.everything)
            for verdict in VERDICTS
            for told in [_of(one, verdict)]
        ]
        if self.judged is not None:
            rows = [("all", "judged", self.judged, 0, 0, 0)]
        names = ("gate", "verdict", "drafts", "accepted", "rejected", "undecided")
        return pd.DataFrame(rows, columns=pd.Index(names))

    def __str__(self) -> str:
        width = max((len(one.title) for one in self.gates), default=0)
        lines = [f"{self.made:,} of {self.requested:,} rows have a text, {self.accepted:,} are accepted"]
        if self.judged is not None:
            lines = [f"{self.judged:,} of {self.requested:,} rows hold a model's opinion"]
        lines += [f"  {count:,} came to nothing: {reason}" for reason, count in self.lost.items()]
        if self.judged is None:
            lines += [f"  {one.title:<{width}}  {_in_words(one)}" for one in (*self.gates, self.everything)]
        return "\n".join([*lines, self._costs(), *(f"  {one}" for one in self.models)])

    def _costs(self) -> str:
        spent = "price unknown" if self.usd is None else f"${self.usd:.4g}"
        if self.estimated and self.usd:
            spent = f"about {spent} (tokens of {self.estimated:,} calls estimated)"
        if self.usd_in_doubt != 0:
            most = "an unknown price" if self.usd_in_doubt is None else f"up to ${self.usd_in_doubt:.4g}"
            spent += f" and {most} maybe charged"
        if self.judged is not None:
            return f"  {spent}, {self.minutes:.1f} minutes"
        if not self.accepted:
            return f"  {spent}, {self.minutes:.1f} minutes; nothing is accepted yet"
        each = "price unknown" if self.usd_per_accepted is None else f"${self.usd_per_accepted:.4g}"
        return f"  {spent}, {self.minutes:.1f} minutes; {each} and {self.minutes_per_accepted:.2g} minutes per accepted"


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


def _of(one: GateYield, verdict: Verdict) -> Became:
    told: Became = getattr(one, verdict)
    return told


def _in_words(one: GateYield) -> str:
    told = [f"{_of(one, verdict).drafts:>7,} {verdict}" for verdict in VERDICTS]
    flagged = (one.unsure.accepted + one.failed.accepted, one.unsure.rejected + one.failed.rejected)
    decided = f"  (of the flagged {flagged[0]:,} accepted, {flagged[1]:,} rejected)" if any(flagged) else ""
    return ", ".join(told) + decided
