"""How many calls are under way at once: as many as the endpoint bears, at most as many as the person set.

Additive increase, multiplicative decrease (Chiu and Jain 1989), as in TCP: the number doubles from a small start until
the endpoint first asks to slow down; then it is halved, and grows by one for every round of answers. What the endpoint
says about waiting (Retry-After) holds for all calls of the run, not only for the one that was told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

START = 4
"""Calls under way at the beginning of a run."""

LONGEST_PAUSE = 60.0
"""Seconds that all calls wait at most because one was told to."""

_LOOK = 0.1


class Pace:
    """Shared by the threads of a run. `most` is the person's setting.

    Args:
        most: calls under way at once, at most.
        start: how many at the beginning.
        clock: seconds, monotonic.
    """

    def __init__(self, most: int, *, start: int = START, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = max(1, most)
        self._limit = float(min(start, self._most))
        self._clock = clock
        self._changed = threading.Condition()
        self._busy = 0
        self._begun = 0
        self._slowed_at = 0
        self._ramping = True
        self._pause_until = 0.0

    @property
    def limit(self) -> int:
        """How many calls may be under way now."""
        return int(self._limit)

    @property
    def busy(self) -> int:
        """How many calls are under way."""
        return self._busy

    @contextmanager
    def turn(self, check: Callable[[], None]) -> Iterator[int]:
        """Wait for a turn to send and hold it; `check` is called meanwhile and may raise to give up."""
        number = self._enter(check)
        try:
            yield number
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify()

    def _enter(self, check: Callable[[], None]) -> int:
        while True:
            check()
            with self._changed:
                pause = self._pause_until - self._clock()
                if pause <= 0 and self._busy < int(self._limit):
                    self._busy += 1
                    self._begun += 1
                    return self._begun
                self._changed.wait(min(_LOOK, pause) if pause > 0 else _LOOK)

    def answered(self) -> None:
        """A call was answered: there may be room for more."""
        with self._changed:
            step = 1.0 if self._ramping else 1.0 / self._limit
            self._limit = min(float(self._most), self._limit + step)
            self._changed.notify()

    def slow_down(self, turn: int, seconds: float) -> None:
        """The endpoint asked call number `turn` to slow down and wait.

        Calls that were under way when it did say the same thing once more: they count once.
        """
        with self._changed:
            self._pause_until = max(self._pause_until, self._clock() + min(seconds, LONGEST_PAUSE))
            if turn <= self._slowed_at:
                return
            self._slowed_at = self._begun
            self._ramping = False
            self._limit = max(1.0, self._limit / 2)
