"""Running a conversation turn by turn: a job that asks for the next turn, looks at it, keeps it, knows when to stop.

It stops at the wanted number of turns, after as many as were asked for, when a person pauses it, and where a check
found something. Every call goes through the ledger and the budget of the run that the draft belongs to.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from workbench.errors import CallInDoubt, GenerateError, InvalidInput, ModelError
from workbench.flows.asked_elsewhere import asked_elsewhere, check_not_paid_elsewhere, doubtful_elsewhere
from workbench.flows.gating import Gating
from workbench.flows.limits import check_budget, set_limit
from workbench.flows.live import read_live, recipe_of
from workbench.flows.live_values import Live, LiveTurn
from workbench.flows.models import model_from_settings
from workbench.flows.provenance import made_of, other_model
from workbench.flows.rewinding import came_to_nothing, empty_tries, grow, open_draft
from workbench.flows.runs import claim, doubt, release
from workbench.flows.unit import Unit
from workbench.flows.units import held_back, load_unit
from workbench.generate import Candidate, Said, look_at, read_params
from workbench.ids import content_hash
from workbench.jobs import Control, Job, Jobs
from workbench.llm.base import ChatModel
from workbench.llm.ledger import LedgeredModel
from workbench.llm.row import RowCalls
from workbench.model import Budget, Call, Finding, Turn
from workbench.store.base import Store
from workbench.text import snippet

OF_THE_SOURCE = frozenset({"copy", "copied"})
"""Checks that compare with the original; within the conversation, saying it again is another finding."""


def play(
    store: Store,
    jobs: Jobs,
    draft_id: str,
    *,
    author: str,
    turns: int | None = None,
    model: ChatModel | None = None,
    budget: Budget | None = None,
    send_again: bool = False,
) -> Job[Live]:
    """Run a conversation on, by at most `turns`; cancelling the job pauses it after the turn that is being made.

    `budget` replaces the limit of the draft's run. With `send_again` the next turn is asked for although its call may
    have been charged already: then it may be charged twice. Raises `InvalidInput` when it is decided, finished, at
    work, or its next turn was paid at another address than would be asked now.
    """
    draft = open_draft(store, draft_id)
    if turns is not None and (isinstance(turns, bool) or turns < 1):
        raise InvalidInput(f"{turns!r} is no number of turns", hint="a whole number from 1")
    if read_live(store, draft_id).finished:
        raise InvalidInput("the conversation has all its turns", hint="accept it, or regenerate from a turn")
    used = model or model_from_settings(store.setting("model"))
    player = Player(store, draft_id, author, used)
    check_not_paid_elsewhere(player.asked_elsewhere(), used)
    if budget is not None:
        check_budget(budget, [used])
        set_limit(store, author, draft.run, budget)
    if not claim(store, draft_id):
        raise InvalidInput("this conversation is at work already", hint="another notebook may be running it")
    title = f"{recipe_of(draft)[0].title}: turn by turn"
    return jobs.start(title, lambda control: player.play(control, turns, send_again=send_again), subject=draft_id)


class Player:
    """One conversation at work."""

    def __init__(self, store: Store, draft_id: str, author: str, model: ChatModel) -> None:
        self._store = store
        self._author = author
        self._model = model
        self._draft = store.draft(draft_id)
        self._recipe, self._by_turns = recipe_of(self._draft)
        self._params = read_params(self._recipe, self._draft.params)
        self._run = store.run(self._draft.run)

    def play(self, control: Control, most: int | None, *, send_again: bool = False) -> Live:
        """Make turns until something stops it; returns the conversation as it is then."""
        try:
            unit = self._unit()
            policies = {source.id: source.policy for source in self._store.sources()}
            refusal = held_back(unit, [self._model], policies)
            if refusal is not None:
                raise refusal
            doubt(self._store, self._calls())
            elsewhere = None if send_again else self.asked_elsewhere()
            if elsewhere is not None:
                raise doubtful_elsewhere(elsewhere, self._model)
            return self._turns(control, unit, most, send_again)
        finally:
            release(self._store, self._draft.id)

    def asked_elsewhere(self) -> Call | None:
        """The call of before that asked for the next turn, if its model or address was another."""
        live, unit = read_live(self._store, self._draft.id), self._unit()
        turns, seed = [item.turn for item in live.turns], self._seed(live)

        def ask(model: ChatModel) -> Said:
            return self._by_turns.next_turn(unit.subject, turns, self._params, model, random.Random(seed))

        return asked_elsewhere(self._calls(), self._model, ask)

    def _unit(self) -> Unit:
        start = self._draft.meta["approved"]["item"] if self._run.follows else self._draft.parents[0]
        return load_unit(self._store, self._recipe, self._run, start, self._draft.row)

    def _calls(self) -> list[Call]:
        return [call for call in self._store.calls(self._run.id) if call.row == self._draft.row]

    def _turns(self, control: Control, unit: Unit, most: int | None, send_again: bool) -> Live:
        for made in count(1):
            live = read_live(self._store, self._draft.id)
            if live.finished or control.cancelled:
                return live
            control.progress(len(live.turns), live.wanted, "")
            turn = self._next(live, unit, self._ledgered(control, send_again=send_again and made == 1))
            if not grow(self._store, self._author, live, turn) or turn.pauses or made == most:
                break
        live = read_live(self._store, self._draft.id)
        control.progress(len(live.turns), live.wanted, "")
        return live

    def _next(self, live: Live, unit: Unit, model: LedgeredModel) -> LiveTurn:
        earlier = [item.turn for item in live.turns]
        seed = self._seed(live)
        try:
            said = self._by_turns.next_turn(unit.subject, earlier, self._params, model, random.Random(seed))
        except (GenerateError, ModelError) as exc:
            if _useless(exc, model):
                came_to_nothing(self._store, self._author, live, model.log.calls, exc.message)
            raise
        turn = Turn(_fresh(live, unit), said.role, said.text)
        heard = model.log.heard(model.log.calls)
        other = other_model(heard)
        findings = self._findings(unit, earlier, turn, said) + ((replace(other, turn=turn.id),) if other else ())
        answered = made_of(heard, ()).get("answered_by", ())
        return LiveTurn(turn, "model", findings, tuple(model.log.calls), seed, tuple(answered))

    def _seed(self, live: Live) -> int:
        """It follows from the draft and the place; after an answer of no use it is another: that would come again."""
        place = [self._draft.seed, self._draft.id, len(live.branches), len(live.turns)]
        tries = empty_tries(self._store, live)
        return int(content_hash([*place, tries] if tries else place)[-12:], 16)

    def _findings(self, unit: Unit, earlier: Sequence[Turn], turn: Turn, said: Said) -> tuple[Finding, ...]:
        """What the checks find in the new turn: alone against the original, and against what was said before it."""
        meta: dict[str, Any] = {"unfinished": True, "finish_reasons": [said.finish_reason], **said.meta}
        if "mistake" in said.meta:
            meta["mistakes"] = {turn.id: said.meta["mistake"]}
        whole = Candidate((*earlier, turn), self._draft.language, meta=meta)
        told = {
            name: value for name, value in meta.items() if name != "cards"
        }  # who may say what depends on what was said
        alone = replace(whole, turns=(turn,), meta=told)
        so_far = replace(unit.subject, turns=tuple(earlier))
        found = [
            *look_at(self._recipe, unit.subject, alone),
            *Gating(self._recipe, params=self._draft.params).look(0, unit, alone),
        ]
        found += [item for item in look_at(self._recipe, so_far, whole) if item.check not in OF_THE_SOURCE]
        own = {item.check: item for item in reversed(found) if item.turn in {None, turn.id}}
        return tuple(replace(item, turn=turn.id) for item in reversed(own.values()))

    def _ledgered(self, control: Control, *, send_again: bool) -> LedgeredModel:
        """The model for one turn; all conversations of a run spend from one budget."""
        written: list[str] = []

        def show(text: str) -> None:
            written.append(text)
            latest = control.latest
            control.progress(latest.done, latest.total, snippet("".join(written)[-300:], 200))

        def sleep(seconds: float) -> None:
            control.sleep(seconds)
            if control.cancelled:
                raise GenerateError("paused while waiting for the endpoint", hint="run it again to go on")

        return LedgeredModel(
            self._model,
            self._store,
            self._run.id,
            self._draft.row,
            log=RowCalls(_known(self._calls(), doubts=not send_again)),
            sleep=sleep,
            on_text=show,
        )


def _useless(exc: GenerateError | ModelError, model: LedgeredModel) -> bool:
    """Whether an answer came, is paid for, and gave no turn; waiting for an endpoint, say, ends with no answer."""
    if isinstance(exc, ModelError):
        return exc.tokens is not None and not isinstance(exc, CallInDoubt)
    return bool(model.log.calls) and model.log.has(model.log.calls[-1])


def _known(calls: Sequence[Call], *, doubts: bool) -> list[Call]:
    """The calls that answer a request, or say that it is in doubt; what was sent again is no longer in doubt."""
    done = {call.request_hash: call.id for call in calls if call.state == "done"}
    return [call for call in calls if call.state == "done" or (doubts and call.id > done.get(call.request_hash, 0))]


def _fresh(live: Live, unit: Unit) -> str:
    """An id for the next turn that no turn of the conversation or of the original ever had."""
    taken = Counter(item.turn.id for branch in live.branches for item in branch.turns)
    taken.update(turn.id for turn in unit.subject.turns)
    place = len(live.turns) + 1
    return next(
        name for name in (f"d{place}", *(f"d{place}.{n}" for n in range(2, len(taken) + 3))) if name not in taken
    )
