"""A model whose every call is written down before it is sent and completed before its answer is used.

After a crash a call that was sent and not completed may have been charged: it is shown, and never silently sent again.
A call that was completed is answered from the ledger when the run is resumed; one that was paid for and could not be
used ends with the same error again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace

import orjson

from workbench.errors import ModelError
from workbench.ids import Clock, now_ms
from workbench.llm.base import ChatModel, OnText, Price, Reply, Request
from workbench.llm.book import CallBook
from workbench.llm.budget import Cost, worst_cost
from workbench.llm.pace import Pace
from workbench.llm.row import Heard, RowCalls, doubtful
from workbench.llm.unusable import error_again, kept_error
from workbench.model import Call

logger = logging.getLogger(__name__)

ATTEMPTS = 4
LONGEST_WAIT = 60.0
"""Seconds that a Retry-After is waited for; an endpoint that asks for more ends the row."""

Sleep = Callable[[float], None]


class LedgeredModel:
    """One row's view of a model. Not shared between threads.

    Args:
        model: who answers.
        book: where calls are written.
        run: the run's id.
        row: the row of the run.
        log: the calls of this row, with those of before a crash; shared with the other models of the row.
        sleep: waits between attempts, and returns early when the run is cancelled.
        on_text: sees the text of every answer as it arrives.
        reuse: whether a request that any run has an answer to is answered from the ledger, at no cost.
        pace: how many calls of the run may be under way; without one, any number.
        clock: the time.
    """

    def __init__(
        self,
        model: ChatModel,
        book: CallBook,
        run: str,
        row: int,
        *,
        log: RowCalls | None = None,
        sleep: Sleep,
        on_text: OnText | None = None,
        reuse: bool = False,
        pace: Pace | None = None,
        clock: Clock = now_ms,
    ) -> None:
        self._model = model
        self._book = book
        self._run = run
        self._row = row
        self._sleep = sleep
        self._on_text = on_text
        self._reuse = reuse
        self._pace = pace
        self._clock = clock
        self.name = model.name
        self.endpoint = model.endpoint
        self.on_this_machine = model.on_this_machine
        self.price: Price | None = model.price
        self.log = log or RowCalls()

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """Answer from the ledger or by sending. Raises `BudgetExceeded` before a call that could cost too much."""
        self.log.begin(self.name)
        reply = self._replied(request, on_text)
        if reply.call_id is not None:
            self.log.keep(reply.call_id, Heard(reply, self.name, self.endpoint))
        return reply

    def _replied(self, request: Request, on_text: OnText | None) -> Reply:
        digest = request.hash(self.endpoint, self.name)
        known = self.log.known(digest)
        if known:
            return self._from_ledger(known)
        self.log.check_doubts()
        if self._reuse and (answered := self._book.answered(digest)):
            self.log.reused.add(answered.id)
            return replace(self._from_ledger(answered), usd=0.0)
        self.log.check_sending()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._in_turn(request, digest, on_text or self._on_text)
            except ModelError as exc:
                if exc.retry_after is None or exc.maybe_charged or attempt == ATTEMPTS:
                    raise
                if exc.retry_after > LONGEST_WAIT:
                    raise ModelError(exc.message, hint=f"it asks to wait {exc.retry_after:.0f} s") from exc
                # Jitter spreads what many rows would otherwise send at the same moment.
                self._sleep(exc.retry_after * 2 ** (attempt - 1) + random.uniform(0, 0.25))
        raise AssertionError("the last attempt returns or raises")

    def _from_ledger(self, call: Call) -> Reply:
        self.log.calls.append(call.id)
        if call.state == "failed":
            raise error_again(call)
        if call.state != "done":
            raise doubtful()
        reply = Reply(**orjson.loads(call.response))
        return replace(reply, usd=call.usd, call_id=call.id)

    def _in_turn(self, request: Request, digest: str, on_text: OnText | None) -> Reply:
        """Send when it is this row's turn, and tell the others what the endpoint said about its load."""
        pace = self._pace
        if pace is None:
            return self._send(request, digest, on_text)
        with pace.turn(lambda: self._sleep(0.0)) as turn:
            try:
                reply = self._send(request, digest, on_text)
            except ModelError as exc:
                if exc.slow_down:
                    pace.slow_down(turn, exc.retry_after or 0.0)
                raise
            pace.answered()
            return reply

    def _send(self, request: Request, digest: str, on_text: OnText | None) -> Reply:
        worst = worst_cost(request, self.price)
        call = self._reserved(request, digest, worst)
        try:
            reply = self._model.reply(request, on_text=on_text)
        except ModelError as exc:
            self._failed(call, worst, exc)
            raise
        except BaseException as exc:  # the person broke off, or a bug: what was sent may cost money
            self._failed(call, worst, ModelError(type(exc).__name__, maybe_charged=True))
            raise
        return self._completed(call, reply)

    def _reserved(self, request: Request, digest: str, worst: Cost) -> Call:
        call = Call(
            id=0,
            run=self._run,
            row=self._row,
            request_hash=digest,
            endpoint=self.endpoint,
            model=self.name,
            state="sent",
            sent_at=self._clock(),
            prompt_tokens=worst.prompt_tokens,
            completion_tokens=worst.completion_tokens,
            usd=worst.usd,
        )
        call = replace(call, id=self._book.reserve_call(call, request.packed()))
        self.log.calls.append(call.id)
        return call

    def _completed(self, call: Call, reply: Reply) -> Reply:
        usd = self.price.usd(reply.prompt_tokens, reply.completion_tokens) if self.price else None
        reply = replace(reply, usd=usd, call_id=call.id)
        spent = Cost(reply.prompt_tokens, reply.completion_tokens, usd)
        self._finish(call, "done", spent, estimated=reply.estimated, response=orjson.dumps(reply).decode())
        return reply

    def _failed(self, call: Call, worst: Cost, exc: ModelError) -> None:
        if exc.maybe_charged:
            self._finish(call, "in_doubt", worst, error=exc.message)
            return  # it stays written down at its worst
        spent = Cost()
        if exc.tokens is not None:
            spent = Cost(*exc.tokens, self.price.usd(*exc.tokens) if self.price else None)
        self._finish(call, "failed", spent, estimated=exc.estimated, response=kept_error(exc), error=exc.message)

    def _finish(
        self, call: Call, state: str, cost: Cost, *, estimated: bool = False, response: str = "", error: str = ""
    ) -> None:
        self._book.finish_call(
            replace(
                call,
                state=state,  # type: ignore[arg-type]  # one of CallState, from the three callers above
                ended_at=self._clock(),
                prompt_tokens=cost.prompt_tokens,
                completion_tokens=cost.completion_tokens,
                usd=cost.usd,
                response=response,
                error=error,
                estimated=estimated,
            )
        )
