"""What each model of a run gave and cost, for a run that asks several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from workbench.model import CallCount, Run
from workbench.store.base import Store


@dataclass(frozen=True, slots=True)
class ModelYield:
    """One model of a run.

    Attributes:
        model: its own name, as it was asked by.
        made: drafts with a text whose last turn it wrote; people accepted `accepted` and rejected `rejected` of them.
        calls: requests to it, also for questions and scores; they took `tokens`.
        usd: what its answered calls cost; None while the price of one is not known.
        usd_in_doubt: what its calls that were maybe charged cost at most, beside `usd`; None as there.
    """

    model: str
    made: int
    accepted: int
    rejected: int
    calls: int
    tokens: int
    usd: float | None
    usd_in_doubt: float | None

    @property
    def usd_per_accepted(self) -> float | None:
        """Dollars of its answered calls for each accepted draft; None when not known, or nothing is accepted yet."""
        return None if self.usd is None or not self.accepted else self.usd / self.accepted

    def __str__(self) -> str:
        spent = "price unknown" if self.usd is None else f"${self.usd:.4g}"
        if self.usd_in_doubt != 0:
            most = "an unknown price" if self.usd_in_doubt is None else f"up to ${self.usd_in_doubt:.4g}"
            spent += f" and {most} maybe charged"
        each = "" if self.usd_per_accepted is None else f", ${self.usd_per_accepted:.4g} per accepted"
        return (
            f"{self.model}: {self.made:,} with a text, {self.accepted:,} accepted, {self.rejected:,} rejected; "
            f"{self.calls:,} calls, {self.tokens:,} tokens, {spent}{each}"
        )


def by_model(store: Store, run: Run) -> tuple[ModelYield, ...]:
    """The figures of each model of a run, in the order in which the run names them; none where it asks only one."""
    names = list(dict.fromkeys(run.models.values()))
    if len(names) < 2:
        return ()
    drafts: dict[str, Counter[str]] = defaultdict(Counter)
    for model, state, count in store.drafts_by_model(run.id):
        drafts[model][state] += count
    calls: dict[str, list[CallCount]] = defaultdict(list)
    for model, counted in store.calls_by_model(run.id):
        calls[model].append(counted)
    return tuple(_of(name, drafts[name], calls[name]) for name in names)


def _of(name: str, drafts: Counter[str], calls: list[CallCount]) -> ModelYield:
    return ModelYield(
        model=name,
        made=drafts.total(),
        accepted=drafts["accepted"] + drafts["approved"],
        rejected=drafts["rejected"],
        calls=sum(one.calls for one in calls),
        tokens=sum(one.tokens for one in calls if one.state in {"done", "failed"}),
        usd=price_of_calls(calls, {"done", "failed"}),
        usd_in_doubt=price_of_calls(calls, {"in_doubt"}),
    )


def price_of_calls(calls: Collection[CallCount], states: Collection[str]) -> float | None:
    """Dollars of the calls in these states; None while the price of one is not known."""
    prices = [count.usd for count in calls if count.state in states]
    return None if None in prices else sum(usd or 0.0 for usd in prices)
