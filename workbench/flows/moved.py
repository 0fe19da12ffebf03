"""Whether going on with a run would pay again what was answered, because a model of it is at another address by now.

The address is part of what a request is known by in the ledger: an answer of one address never stands for another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.errors import InvalidInput
from workbench.flows.again import NOBODY, Named, planned
from workbench.flows.run_models import RunModels
from workbench.flows.runs import begun_rows, settled_rows
from workbench.generate import Recipe
from workbench.llm.unusable import was_paid
from workbench.model import Draft, Run
from workbench.store.base import Store

_PAID = {"done", "in_doubt", "sent"}


def check_not_moved(
    store: Store, run: Run, recipe: Recipe, models: RunModels, tries: Sequence[Draft], chosen: Named
) -> None:
    """Raise `InvalidInput` where rows that are made now have calls, paid or maybe paid, at an address no longer used.

    `tries` are all drafts of the run, `chosen` the rows that a person named. Rows that are whole rest on no call: a
    model may move between them.
    """
    for who, place, endpoint in _moved(run, models.places, _needed(store, run, recipe, tries, chosen)):
        raise InvalidInput(
            f"the run asked {who} at {place}, which is at {endpoint} now",
            hint="connect it at that address again, or start a new run: what was answered there, or may have "
            "been charged, would be paid a second time",
        )


def addresses_to_keep(
    store: Store, run: Run, recipe: Recipe, models: RunModels, tries: Sequence[Draft]
) -> dict[str, str]:
    """Short name -> address, as the run keeps them: the present one, unless rows left to make need what the old said.

    A person can have some rows made at a new address, while others wait that can only be made at the old one.
    """
    if all(run.endpoints.get(short, place) == place for short, (place, _) in models.places.items()):
        return models.endpoints
    needed = _needed(store, replace(run, pilot=0), recipe, tries, NOBODY)
    kept = ((short, run.endpoints.get(short, ""), place, name) for short, (place, name) in models.places.items())
    return {short: was if (was, name) in needed else place for short, was, place, name in kept}


def _moved(
    run: Run, places: Mapping[str, tuple[str, str]], needed: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Which models are elsewhere than what is needed was asked: its name, where that was, and where it is now."""
    for short, (endpoint, name) in places.items():
        was = run.endpoints.get(short, endpoint)
        if was != endpoint and (was, name) in needed:
            yield short or name, was, endpoint
    for short, (endpoint, name) in places.items():  # also where a few rows were made elsewhere since
        for was in sorted({place for place, asked in needed if asked == name} - _endpoints(places.values(), name)):
            yield short or name, was, endpoint


def _needed(store: Store, run: Run, recipe: Recipe, tries: Sequence[Draft], chosen: Named) -> set[tuple[str, str]]:
    """Address and model of the calls that the rows made now are answered from, or are in doubt by.

    Not what a person has asked anew, nor what rows rest on that stay as they are: these are repeated only for the rows
    behind them, and what is not in the ledger is never sent for that.
    """
    calls = store.calls(run.id)
    plan = planned(tries, run, recipe, chosen, begun_rows(calls, recipe, tries))
    starts = {share.rows.start for share in plan.todo}
    settled = settled_rows(plan.drafts, chosen.again)
    stay = {call for draft in tries if draft.row in settled for call in draft.calls}
    sent = {call for draft in plan.drafts if draft.row in chosen.sent for call in draft.calls}
    return {
        (call.endpoint, call.model)
        for call in calls
        if call.row in starts
        and (call.state in _PAID or (was_paid(call) and call.id not in plan.fatal))
        and call.id not in plan.unread | stay
        and not (call.id in sent and call.state != "done")
    }


def _endpoints(places: Iterable[tuple[str, str]], name: str) -> set[str]:
    """The addresses at which a model of this name is asked."""
    return {endpoint for endpoint, asked in places if asked == name}
