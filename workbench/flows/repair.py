"""A model's answer that could not be read is mended by a person and read again: nothing is sent, nothing is paid.

The recipe is repeated for the row with the answers of the ledger, and with the mended text in the place of the answer
that failed. What it makes goes through the gates like any draft, and keeps who mended what.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace

import orjson

from workbench.errors import GenerateError, InvalidInput
from workbench.flows.again import NOBODY, marks
from workbench.flows.gating import Gating
from workbench.flows.known import known_for
from workbench.flows.making import Maker
from workbench.flows.records import Records
from workbench.flows.runs import (
    MARKS,
    NOT_TRIED,
    begun_rows,
    claim,
    cut_rows,
    drafts_of,
    release,
    settled_rows,
    tries_of,
)
from workbench.flows.sharing import Share, shares
from workbench.flows.units import load_unit
from workbench.generate import RECIPES, read_params
from workbench.ids import now_ms
from workbench.llm.base import OnText, Reply, Request
from workbench.llm.row import Heard, RowCalls, RowModel
from workbench.llm.unusable import error_again, was_paid
from workbench.llm.wire import check_shape
from workbench.model import Call, Draft, Run
from workbench.store.base import Store


def repair(store: Store, author: str, draft_id: str, text: str) -> Draft:
    """Read the answer of a failed row again, as a person has mended it; returns the draft that it gives.

    Rows that were lost with the same answer become drafts too, or are made when the run is resumed.
    Raises `InvalidInput` for a row that has nothing to mend or is a draft by now, and while the run is at work; and
    `GenerateError` or `ModelError` when the text still cannot be read.
    """
    failed = store.draft(draft_id)
    drafts = drafts_of(store, failed.run)
    if not failed.repairable or all(draft.id != draft_id for draft in drafts):
        raise InvalidInput(
            f"draft {draft_id} has no answer to repair", hint="only a failed row that kept its raw text has"
        )
    if not text.strip():
        raise InvalidInput("the repaired answer is empty", hint="write what the model should have answered")
    if not claim(store, failed.run):
        raise InvalidInput("the run is at work", hint="wait until it has ended, or stop it; then repair the answer")
    try:
        return _kept(store, author, failed, drafts, text)
    finally:
        release(store, failed.run)


def _kept(store: Store, author: str, failed: Draft, drafts: list[Draft], text: str) -> Draft:
    made = _made(store, store.run(failed.run), failed, drafts, text)
    told = {"by": author, "at": now_ms(), "of": failed.id, "raw": failed.meta["raw"]}
    kept = [
        replace(draft, meta={**draft.meta, "repaired": told}) if draft.turns else _to_be_made(draft) for draft in made
    ]
    with store.write(author, "repair draft", undoable=False) as writer:
        writer.add_drafts(kept)
    return store.draft(kept[0].id)


def _made(store: Store, run: Run, failed: Draft, drafts: list[Draft], text: str) -> list[Draft]:
    """The drafts of the repeated recipe: of the failed row, and of those that were lost with it."""
    recipe = RECIPES.get(run.recipe)
    if recipe.version != run.version:
        raise InvalidInput(f"{run.recipe} is at version {recipe.version} now, the run used {run.version}")
    params = read_params(recipe, run.params)
    cuts = cut_rows(drafts, begun=begun_rows(store.calls(run.id), recipe, drafts))
    settled = settled_rows(drafts, {failed.row, *_lost_with(failed, drafts)})
    share = next(one for one in shares(run, recipe, params, settled, cuts) if failed.row in one.rows)
    calls = _calls_of(store, run, share, drafts)
    model: RowModel = _Mended(run, calls, next(call for call in calls if call.id == failed.calls[-1]), text)
    arrived: list[Draft] = []
    tries = tries_of(store, run.id)
    kept = marks(drafts, NOBODY, tries)
    gating = Gating(recipe, drafts, params=run.params, known=known_for(store, recipe))
    maker = Maker(Records(run, recipe, params, gating, tries, kept), arrived.append)
    maker.make(share, load_unit(store, recipe, run, share.parent, share.rows.start), model)
    mine = next(draft for draft in arrived if draft.row == failed.row)
    if not mine.turns:
        raise GenerateError(mine.reason, hint=mine.meta["error"].get("hint", ""), raw=text)
    return [mine, *(draft for draft in arrived if draft.row > failed.row)]


def _lost_with(failed: Draft, drafts: list[Draft]) -> set[int]:
    """The rows behind a failed one that nothing was asked for, because it failed."""
    behind = (draft for draft in drafts if draft.row > failed.row and draft.state == "failed" and not draft.calls)
    return {draft.row for draft in behind if draft.meta["error"] == failed.meta["error"]}


def _calls_of(store: Store, run: Run, share: Share, drafts: list[Draft]) -> list[Call]:
    """The calls of a share, in order: its own, and those of other runs whose answers it was given."""
    own = [call for call in store.calls(run.id) if call.row == share.rows[0]]
    known = {call.id for call in own}
    given = {call for draft in drafts if draft.row in share.rows for call in draft.calls} - known
    if not given:
        return own
    return sorted([*own, *(call for call in store.calls() if call.id in given)], key=lambda call: call.id)


def _to_be_made(draft: Draft) -> Draft:
    """A row behind the repaired one that needs answers of its own: a resumed run asks for them."""
    kept = {name: draft.meta[name] for name in MARKS if name in draft.meta}
    return replace(draft, calls=(), reason=NOT_TRIED, meta={"error": draft.meta["error"], "tried": False, **kept})


class _Mended:
    """A model that answers from the ledger, and the one request that failed with the mended text; it sends nothing."""

    on_this_machine = True
    price = None

    def __init__(self, run: Run, calls: list[Call], failed: Call, text: str) -> None:
        self.name = failed.model
        self.endpoint = failed.endpoint
        self.log = RowCalls()
        self._names = run.models
        self._places = {(call.model, call.endpoint) for call in (*calls, failed)}
        self._failed = failed
        self._text = text
        self._known: dict[str, deque[Call]] = defaultdict(deque)
        for call in calls:
            if (call.state == "done" or was_paid(call)) and call.id != failed.id:
                self._known[call.request_hash].append(call)

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """The answer of the ledger, or the mended one. Raises `GenerateError` for a request that was never answered."""
        name = self.name_of(request.model)
        self.log.begin(name)
        self.log.asked_as = self.short_of(request.model)
        digests = [request.hash(endpoint, name) for asked, endpoint in self._places if asked == name]
        if self._failed.request_hash in digests and self._failed.id not in self.log.calls:
            self.log.calls.append(self._failed.id)
            if request.schema is not None:
                check_shape(self._text, request)
            return self._kept(Reply(self._text, "stop", 0, 0, name, usd=0.0), self._failed)
        digest = next((one for one in digests if self._known[one]), None)
        if digest is None:
            raise GenerateError(
                "the recipe asks the model further questions after this answer", hint="resume the run to ask again"
            )
        call = self._known[digest].popleft()
        self.log.calls.append(call.id)
        if call.state == "failed":
            raise error_again(call)
        return self._kept(replace(Reply(**orjson.loads(call.response)), usd=call.usd), call)

    def name_of(self, short: str) -> str:
        """The name that the model of a short name was asked by; "" means the first of the run."""
        return self._names.get(short) or next(iter(self._names.values()), self.name)

    def short_of(self, short: str) -> str:
        """The short name itself; "" means that of the first, which is "" for a run that names no models."""
        return short or next(iter(self._names), "")

    def _kept(self, reply: Reply, call: Call) -> Reply:
        kept = replace(reply, call_id=call.id)
        self.log.keep(call.id, Heard(kept, call.model, call.endpoint))
        return kept
