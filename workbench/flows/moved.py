"""Whether going on with a run would pay again what was answered, because a model of it is at another address by now.

The address is part of what a request is known by in the ledger: an answer of one address never stands for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.errors import InvalidInput
from workbench.flows.again import Named, planned
from workbench.flows.run_models import RunModels
from workbench.flows.runs import begun_rows
from workbench.generate import Recipe
from workbench.llm.unusable import was_paid
from workbench.model import Call, Draft, Run
from workbench.store.base import Store

_PAID = {"done", "in_doubt", "sent"}


def check_not_moved(
    store: Store, run: Run, recipe: Recipe, models: RunModels, drafts: Sequence[Draft], chosen: Named
) -> None:
    """Raise `InvalidInput` where rows that are made now have calls, paid or maybe paid, at an address no longer used.

    `drafts` are the newest of each row, `chosen` the rows that a person named. Rows that are whole rest on no call: a
    model may move between them.
    """
    needed = {(call.endpoint, call.model) for call in _needed(store, run, recipe, drafts, chosen)}
    places = models.places
    for short, (endpoint, name) in places.items():
        who = short or name
        kept = run.endpoints.get(short)
        was = (
            {kept} if kept else {place for place, asked in needed if asked == name} - _endpoints(places.values(), name)
        )
        for place in sorted(was - {endpoint}):
            if (place, name) in needed:
                raise InvalidInput(
                    f"the run asked {who} at {place}, which is at {endpoint} now",
                    hint="connect it at that address again, or start a new run: what was answered there, or may have "
                    "been charged, would be paid a second time",
                )


def _needed(store: Store, run: Run, recipe: Recipe, drafts: Sequence[Draft], chosen: Named) -> list[Call]:
    """The calls that the rows made now are answered from, or are in doubt by; not what a person has asked anew."""
    calls = store.calls(run.id)
    plan = planned(drafts, run, recipe, chosen, begun_rows(calls, recipe))
    starts = {share.rows.start for share in plan.todo}
    sent = {call for draft in drafts if draft.row in chosen.sent for call in draft.calls}
    return [
        call
        for call in calls
        if call.row in starts
        and (call.state in _PAID or (was_paid(call) and call.id not in plan.fatal))
        and call.id not in plan.unread
        and not (call.id in sent and call.state != "done")
    ]


def _endpoints(places: Iterable[tuple[str, str]], name: str) -> set[str]:
    """The addresses at which a model of this name is asked."""
    return {endpoint for endpoint, asked in places if asked == name}
