"""What a run gave: gate by gate, what passed, what did not, and what people made of it; what an accepted draft took.

How it is counted: `workbench.flows.yields_counted`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from workbench.flows.by_model import ModelYield
from workbench.model import DraftState
from workbench.text import amount

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
        lines = [f"rows with a text: {self.made:,} of {self.requested:,}; accepted: {self.accepted:,}"]
        if self.judged is not None:
            lines = [f"rows with a model's opinion: {self.judged:,} of {self.requested:,}"]
        lines += [f"  {count:,} came to nothing: {reason}" for reason, count in self.lost.items()]
        if self.judged is None:
            lines += [f"  {one.title:<{width}}  {_in_words(one)}" for one in (*self.gates, self.everything)]
        return "\n".join([*lines, self._costs(), *(f"  {one}" for one in self.models)])

    def _costs(self) -> str:
        spent = "price unknown" if self.usd is None else f"${self.usd:.4g}"
        if self.estimated and self.usd:
            spent = f"about {spent} (tokens of {amount(self.estimated, 'call')} estimated)"
        if self.usd_in_doubt != 0:
            most = "an unknown price" if self.usd_in_doubt is None else f"up to ${self.usd_in_doubt:.4g}"
            spent += f" and {most} maybe charged"
        if self.judged is not None:
            return f"  {spent}, {self.minutes:.1f} minutes"
        if not self.accepted:
            return f"  {spent}, {self.minutes:.1f} minutes; nothing is accepted yet"
        each = "price unknown" if self.usd_per_accepted is None else f"${self.usd_per_accepted:.4g}"
        return f"  {spent}, {self.minutes:.1f} minutes; {each} and {self.minutes_per_accepted:.2g} minutes per accepted"


def _of(one: GateYield, verdict: Verdict) -> Became:
    told: Became = getattr(one, verdict)
    return told


def _in_words(one: GateYield) -> str:
    told = [f"{_of(one, verdict).drafts:>7,} {verdict}" for verdict in VERDICTS]
    flagged = (one.unsure.accepted + one.failed.accepted, one.unsure.rejected + one.failed.rejected)
    decided = f"  (of the flagged {flagged[0]:,} accepted, {flagged[1]:,} rejected)" if any(flagged) else ""
    return ", ".join(told) + decided
