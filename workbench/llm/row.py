"""One row's way to its models, and what these have in common: the calls of the row, and what was said in them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.errors import CallInDoubt, GenerateError
from workbench.llm.base import ChatModel, OnText, Reply, Request
from workbench.llm.unusable import was_paid
from workbench.model import Call


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply, with the name of the model that was asked for it, and where."""

    reply: Reply
    asked: str
    endpoint: str


def doubtful() -> CallInDoubt:
    """What a call of before an interruption ends with, of which nobody knows what became of it."""
    return CallInDoubt(
        "this call was sent before the interruption and may have been charged",
        hint="it is not sent again by itself",
        maybe_charged=True,
    )


class Parted(Exception):
    """A row that is there already, and is only repeated, asks for what it did not ask when it was made.

    What it is made of (a text, the tags of a set) was changed meanwhile, or its model is elsewhere: nothing is sent.
    Whoever repeats the row goes on behind it, so that nobody sees this error.
    """


class RowCalls:
    """The calls of one row, to all its models. Not shared between threads.

    `earlier` are those of before a crash: completed ones are answered from, and those that were paid for and of no use
    fail as they did. `doubts` are those of them without an answer that no draft tells of yet: the row that was being
    made is in doubt, also when it asks for something else by now. `asked` is the name of the model that was asked last,
    `asked_as` its short name, where it has one. While `repeating` a row that is made already, nothing may be sent.
    """

    def __init__(self, earlier: Iterable[Call] = (), doubts: Iterable[int] = ()) -> None:
        self.repeating = False
        self.doubts = list(doubts)
        self.calls: list[int] = []
        self.reused: set[int] = set()
        self.asked = ""
        self.asked_as = ""
        self._heard: dict[int, Heard] = {}
        self._begun: list[int] = []
        self._earlier: dict[str, deque[Call]] = defaultdict(deque)
        for call in earlier:
            if call.state in {"done", "in_doubt", "sent"} or was_paid(call):
                self._earlier[call.request_hash].append(call)

    def begin(self, asked: str) -> None:
        """A request begins; all calls up to the next one are its own."""
        self.asked = asked
        self._begun.append(len(self.calls))

    def known(self, digest: str) -> Call | None:
        """The next call of before a crash that asked the same."""
        known = self._earlier.get(digest)
        found = known.popleft() if known else None
        if found and found.id in self.doubts:
            self.doubts.remove(found.id)
        return found

    def check_doubts(self) -> None:
        """Raise `CallInDoubt` where a row asks for what is not known, and a call without an answer is left."""
        if self.doubts and not self.repeating:
            self.calls += self.doubts
            self.doubts.clear()
            raise doubtful()

    def check_sending(self) -> None:
        """Raise `Parted` where a request would be sent for a row that is made already."""
        if self.repeating:
            raise Parted

    def keep(self, call: int, heard: Heard) -> None:
        """Keep what was said in a call until it is asked for."""
        self._heard[call] = heard

    def has(self, call: int) -> bool:
        """Whether the answer of a call is kept."""
        return call in self._heard

    def heard(self, calls: Sequence[int]) -> list[Heard]:
        """What was said in these calls, in order; it is forgotten, so that a long share does not keep it all."""
        return [self._heard.pop(call) for call in calls if call in self._heard]

    def calls_of(self, used: int, requests: int) -> tuple[int, ...]:
        """The calls behind the first `used`: all, or those of so many requests where their number is given."""
        if not requests:
            return tuple(self.calls[used:])
        first = sum(start < used for start in self._begun)
        ends = [*self._begun, len(self.calls)]
        return tuple(self.calls[used : ends[min(first + requests, len(ends) - 1)]])


class RowModel(ChatModel, Protocol):
    """The models of a run as one row sees them: a request goes to the one it names, else to the first."""

    @property
    def log(self) -> RowCalls:
        """The calls of the row, to all of them."""

    def name_of(self, short: str) -> str:
        """The name that the model connected under a short name is asked by; "" means the first."""

    def short_of(self, short: str) -> str:
        """The short name itself; "" means that of the first, which is "" for a run that names no models."""


class MixedModel:
    """Several models of one row, each asked by its short name; they write into one `RowCalls`. The first is the usual.

    Where a text may be sent is decided before: `on_this_machine` says whether all of them are here.
    """

    def __init__(self, named: Mapping[str, ChatModel], log: RowCalls) -> None:
        self._named = named
        first = next(iter(named.values()))
        self.log = log
        self.name, self.endpoint, self.price = first.name, first.endpoint, first.price
        self.on_this_machine = all(model.on_this_machine for model in named.values())

    def name_of(self, short: str) -> str:
        """The name that the model connected under a short name is asked by; "" means the first."""
        return self._asked(short).name

    def short_of(self, short: str) -> str:
        """The short name itself; "" means that of the first."""
        return short or next(iter(self._named))

    def reply(self, request: Request, *, on_text: OnText | None = None) -> Reply:
        """The answer of the model that the request names. Raises `GenerateError` for one that the run has not."""
        model = self._asked(request.model)
        self.log.asked_as = self.short_of(request.model)
        return model.reply(request, on_text=on_text)

    def _asked(self, short: str) -> ChatModel:
        if not short:
            return next(iter(self._named.values()))
        if short not in self._named:
            raise GenerateError(f"the recipe asks for the model {short!r}, which this run has not", hint=_NAMES)
        return self._named[short]


_NAMES = "a recipe may only name the models that its parameters name"
