"""What each model of a run gave and cost, for a run that asks several.

Two addresses can have models of one name: each is told apart, and called what a person connected it as.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from workbench.model import CallCount, Run
from workbench.store.base import Store
from workbench.text import amount


@dataclass(frozen=True, slots=True)
class ModelYield:
    """One model of a run.

    Attributes:
        model: its own name, as it was asked by.
        asked_as: the short name it is connected under, several where these mean one model at one address; "" for what
            was asked at an address where none of these is any more.
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
    asked_as: str = ""

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
        known = f"{self.asked_as}: " if self.asked_as else ""
        return (
            f"{known}{self.model}: {self.made:,} with a text, {self.accepted:,} accepted, {self.rejected:,} rejected; "
            f"{amount(self.calls, 'call')}, {amount(self.tokens, 'token')}, {spent}{each}"
        )


def by_model(store: Store, run: Run) -> tuple[ModelYield, ...]:
    """The figures of each model of a run, in the order in which the run names them; none where it asks only one."""
    shorts: dict[_Place, list[str]] = defaultdict(list)
    for short, name in run.models.items():
        shorts[run.endpoints.get(short, ""), name].append(short)
    if len(shorts) < 2:
        return ()
    drafts: dict[_Place, Counter[str]] = {place: Counter() for place in shorts}
    for short, model, state, count in store.drafts_by_model(run.id):
        place = next((one for one, names in shorts.items() if short in names), None)
        drafts.setdefault(place or _known(shorts, ("", model)), Counter())[state] += count
    calls: dict[_Place, list[CallCount]] = defaultdict(list)
    for endpoint, model, counted in store.calls_by_model(run.id):
        calls[_known(shorts, (endpoint, model))].append(counted)
    places = dict.fromkeys([*drafts, *calls])
    return tuple(
        _of(place[1], ", ".join(shorts.get(place, ())), drafts.get(place, Counter()), calls[place]) for place in places
    )


_Place = tuple[str, str]
"""Address and name of a model; the address is "" where no model of the run has it (any more)."""


def _known(places: Collection[_Place], asked: _Place) -> _Place:
    """The model of a run that this is: the one at that address, or else the only one of that name."""
    if asked in places:
        return asked
    alike = [place for place in places if place[1] == asked[1]]
    return alike[0] if len(alike) == 1 else ("", asked[1])


def _of(name: str, asked_as: str, drafts: Counter[str], calls: list[CallCount]) -> ModelYield:
    return ModelYield(
        model=name,
        asked_as=asked_as,
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
