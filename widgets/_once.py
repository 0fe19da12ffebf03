"""A command that arrives twice is done once: after a dropped connection the page sends unanswered commands again.

A command carries ``page`` (the page's own name), ``rid`` (its number there) and ``done`` (up to which number the page
has all answers). An answer is kept until the page says it has it, so the memory holds only what is under way.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

Answer = dict[str, Any]

MOST_PAGES = 32
MOST_ANSWERS = 1000


class Once:
    """The answers of one widget that may be asked for again. Safe on several threads at once."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, message: Any, work: Callable[[Any], Answer]) -> Answer:
        """`work(message)`, or what it answered when this command came before.

        A repetition that overtakes its first arrival's end waits for that answer. A command without a page name is
        simply done. One that the page already had the answer of is refused without being done.
        """
        known = _key(message)
        if known is None:
            return work(message)
        with self._lock:
            future, mine = self._page(known[0]).claim(known[1], known[2])
        if future is None:
            return _repeated(known[1])
        if mine:
            future.set_result(work(message))
        return future.result()

    def _page(self, name: str) -> _Page:
        page = self._pages.setdefault(name, _Page())
        self._pages.move_to_end(name)
        if len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        return page


class _Page:
    """What one page asked and may ask again."""

    def __init__(self) -> None:
        self.settled = 0
        self.answers: dict[int, Future[Answer]] = {}

    def claim(self, rid: int, done: int) -> tuple[Future[Answer] | None, bool]:
        """The place of an answer, and whether the caller has to fill it; None for one that is settled."""
        if done > self.settled:
            self.settled = done
            self.answers = {number: future for number, future in self.answers.items() if number > done}
        if rid in self.answers:
            return self.answers[rid], False
        if rid <= self.settled:
            return None, False
        self.answers[rid] = future = Future()
        if len(self.answers) > MOST_ANSWERS:
            oldest = min(self.answers)
            del self.answers[oldest]
            self.settled = max(self.settled, oldest)
        return future, True


def _key(message: Any) -> tuple[str, int, int] | None:
    if not isinstance(message, Mapping):
        return None
    page, rid, done = message.get("page"), message.get("rid"), message.get("done", 0)
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in (rid, done))
    return (page, rid, done) if isinstance(page, str) and 0 < len(page) <= 64 and whole else None


def _repeated(rid: int) -> Answer:
    error = {"code": "repeated", "message": "This command was answered before.", "hint": ""}
    return {"kind": "reply", "rid": rid, "ok": False, "error": error}
