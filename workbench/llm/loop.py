"""One event loop on a thread of its own, for all model calls of a process.

Asking blocks the thread that asks; the loop gives each call a deadline by the wall clock and ends it cleanly, which
threads alone cannot. Text that streams in is handed over on the asking thread.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from workbench.llm.base import OnText, unseen

T = TypeVar("T")

_lock = threading.Lock()
_running: tuple[int, asyncio.AbstractEventLoop] | None = None


def the_loop() -> asyncio.AbstractEventLoop:
    """The process's loop, started at its first use (and again in a forked child)."""
    global _running
    with _lock:
        if _running is None or _running[0] != os.getpid():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="model-calls", daemon=True).start()
            _running = (os.getpid(), loop)
        return _running[1]


def wait_for(work: Callable[[OnText | None], Coroutine[Any, Any, T]], on_text: OnText | None) -> T:
    """Run `work` on the loop and wait for it here; pieces it emits reach `on_text` here, in order.

    When the wait is broken off (by an interrupt, or by `on_text` raising) the work is cancelled.
    """
    pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    watched = on_text is not None and on_text is not unseen
    future: Future[T] = asyncio.run_coroutine_threadsafe(work(pieces.put if watched else on_text), the_loop())
    try:
        if on_text is not None and watched:
            future.add_done_callback(lambda _: pieces.put(None))
            while (piece := pieces.get()) is not None:
                on_text(piece)
        return future.result()
    except BaseException:
        future.cancel()
        raise
