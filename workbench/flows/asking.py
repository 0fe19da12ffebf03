"""What stands between the recipes of a run and its models: pace, the ledger with its limit, and what may be sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from workbench.errors import GenerateError
from workbench.flows.run_models import RunModels
from workbench.flows.sharing import Share
from workbench.flows.unit import Unit
from workbench.flows.units import held_back
from workbench.jobs import Control
from workbench.llm.base import unseen
from workbench.llm.ledger import LedgeredModel
from workbench.llm.pace import Pace
from workbench.llm.row import MixedModel, RowCalls, RowModel
from workbench.model import Call, Draft, Run
from workbench.store.base import Store
from workbench.text import snippet


class Asking:
    """One run's way to its models, shared by its threads; each endpoint has a pace."""

    def __init__(self, store: Store, run: Run, models: RunModels) -> None:
        self._store = store
        self._run = run
        self._models = models
        self._paces = {endpoint: Pace(width) for endpoint, width in models.widths.items()}
        self._earlier: dict[int, list[Call]] = defaultdict(list)
        self._told: Collection[int] = frozenset()
        self._policies = {source.id: source.policy for source in store.sources()}
        for call in store.calls(run.id):
            self._earlier[call.row].append(call)

    @property
    def calls(self) -> Iterator[Call]:
        """The calls of the run that were written down before."""
        return (call for calls in self._earlier.values() for call in calls)

    def forget(
        self,
        drafts: Iterable[Draft],
        again: Collection[int],
        unread: Collection[int],
        fatal: Collection[int] = frozenset(),
        told: Collection[int] = frozenset(),
    ) -> None:
        """What a person has sent again, or wants to, is no longer answered with its doubt; the line stays.

        Nor are the answers in `unread` given again, and the failures in `fatal`, of rows that are tried again. `told`
        are the calls that a draft has.
        """
        self._told = told
        named = {call for draft in drafts if draft.row in again or "sent_again" in draft.meta for call in draft.calls}
        for row, calls in self._earlier.items():
            asked = {call.request_hash for call in calls if call.id in named}
            read = [call for call in calls if call.id not in unread]
            left = [call for call in read if call.state != "failed" or call.id not in fatal]
            self._earlier[row] = [
                call for call in left if call.state in {"done", "failed"} or call.request_hash not in asked
            ]

    def ledgered(self, share: Share, control: Control, *, shown: bool, reuse: bool) -> RowModel | None:
        """The models as this share sees them; None for a run without one.

        `shown` says whether a person reads along, `reuse` whether answers of other runs may be taken.
        """
        if not self._models.named:
            return None
        written: list[str] = []

        def show(text: str) -> None:
            written.append(text)
            latest = control.latest
            control.progress(latest.done, latest.total, snippet("".join(written)[-160:], 100))

        def sleep(seconds: float) -> None:
            control.sleep(seconds)
            control.check()

        first = share.rows[0]
        earlier = self._earlier.get(first, ())
        unanswered = [call.id for call in earlier if call.state in {"in_doubt", "sent"} and call.id not in self._told]
        log = RowCalls(earlier, unanswered)
        named = {
            short: LedgeredModel(
                model,
                self._store,
                self._run.id,
                first,
                log=log,
                sleep=sleep,
                on_text=show if shown else unseen,
                reuse=reuse and self._run.reuse,
                pace=self._paces[model.endpoint],
            )
            for short, model in self._models.named.items()
        }
        return MixedModel(named, log)

    def held_back(self, unit: Unit) -> GenerateError | None:
        """Why the text of this unit is sent to none of the models; None when it may be."""
        return held_back(unit, self._models.all, self._policies)
