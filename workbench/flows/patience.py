"""When a run gives an endpoint up that answers nothing but errors.

Each model at each address counts for itself: two addresses can have models of one name, and the one that answers must
not hide that the other only fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping

from workbench.errors import ModelUnreachable
from workbench.flows.runs import failed_at_endpoint
from workbench.model import Draft

FAILURES_IN_A_ROW = 5
"""An endpoint that fails so many parents one after the other from the start is given up; the run can be resumed."""

LATER_FAILURES_IN_A_ROW = 20
"""The same for an endpoint that has answered before: at one bad answer in five, five in a row are mere chance."""


class Patience:
    """Watches the drafts of a run. Any thread may say what it heard; one thread looks at the drafts.

    `places` has address and name of each of its models by the short name, "" where there are none (`RunModels.places`).
    Rows of the same parents count once, but not with `row_by_row`: over a set all rows have the same.
    """

    def __init__(self, places: Mapping[str, Hashable], *, row_by_row: bool = False) -> None:
        self._places = places
        self._row_by_row = row_by_row
        self._failing: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
        self._answered: set[Hashable] = set()
        self._lately: set[str] = set()

    def heard(self, short: str) -> None:
        """A model has said what a row needs; that its gates still look at it says nothing about the endpoint."""
        self._lately.add(short)

    def watch(self, draft: Draft) -> ModelUnreachable | None:
        """Why the run should end, when this draft was one failure too many of its model; else None.

        A row that was not tried, or not known to have asked any of several models, says nothing about an endpoint.
        """
        while self._lately:
            self._well(self._places.get(self._lately.pop()))
        place = self._places.get(draft.meta.get("asked_as", ""))
        if place is None or draft.meta.get("tried") is False:
            return None
        if not failed_at_endpoint(draft):
            self._well(place)
            return None
        failing = self._failing[place]
        failing.add((str(draft.row),) if self._row_by_row else draft.parents or (str(draft.row),))
        most = LATER_FAILURES_IN_A_ROW if place in self._answered else FAILURES_IN_A_ROW
        if len(failing) < most:
            return None
        return ModelUnreachable(
            f"{most} conversations failed one after the other, the last with: {draft.reason}",
            hint="mend the endpoint and resume the run",
        )

    def _well(self, place: Hashable) -> None:
        self._answered.add(place)
        self._failing[place].clear()
