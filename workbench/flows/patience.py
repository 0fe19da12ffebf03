"""When a run gives an endpoint up that answers nothing but errors; each of its models counts for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from workbench.errors import ModelUnreachable
from workbench.flows.runs import failed_at_endpoint
from workbench.model import Draft

FAILURES_IN_A_ROW = 5
"""An endpoint that fails so many parents one after the other from the start is given up; the run can be resumed."""

LATER_FAILURES_IN_A_ROW = 20
"""The same for an endpoint that has answered before: at one bad answer in five, five in a row are mere chance."""


class Patience:
    """Watches the drafts of a run. Any thread may say what it heard; one thread looks at the drafts."""

    def __init__(self) -> None:
        self._failing: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._answered: set[str] = set()
        self._lately: set[str] = set()

    def heard(self, model: str) -> None:
        """A model has said what a row needs; that its gates still look at it says nothing about the endpoint."""
        self._lately.add(model)

    def watch(self, draft: Draft) -> ModelUnreachable | None:
        """Why the run should end, when this draft was one failure too many of its model; else None."""
        while self._lately:
            self._well(self._lately.pop())
        model = draft.model or ""
        if not failed_at_endpoint(draft):
            self._well(model)
            return None
        failing = self._failing[model]
        failing.add(draft.parents or (str(draft.row),))
        most = LATER_FAILURES_IN_A_ROW if model in self._answered else FAILURES_IN_A_ROW
        if len(failing) < most:
            return None
        return ModelUnreachable(
            f"{most} conversations failed one after the other, the last with: {draft.reason}",
            hint="mend the endpoint and resume the run",
        )

    def _well(self, model: str) -> None:
        self._answered.add(model)
        self._failing[model].clear()
