"""One thread that keeps the slower indexes up with the store, and sleeps while there is nothing to do."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)


class Background:
    """Runs `work` (steps between which it can be stopped) whenever it is nudged; nudges while it runs are not lost."""

    def __init__(self, name: str, work: Callable[[], Iterator[None]]) -> None:
        self._name = name
        self._work = work
        self._lock = threading.Lock()
        self._again = False
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def nudge(self) -> None:
        """There may be something to do."""
        with self._lock:
            self._again = True
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Stop after the current step and wait for it."""
        self._closed.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout)

    def _run(self) -> None:
        while self._wanted():
            try:
                for _ in self._work():
                    if self._closed.is_set():
                        return
            except Exception:  # the thread must outlive a full disk or a locked file; the next nudge tries again
                if not self._closed.is_set():
                    logger.exception("%s stopped; it goes on with the next change", self._name)

    def _wanted(self) -> bool:
        with self._lock:
            wanted, self._again = self._again and not self._closed.is_set(), False
            if not wanted:
                self._thread = None
            return wanted
