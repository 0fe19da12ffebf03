"""What changes without being asked for: other people's work and the progress of jobs.

It travels on a widget of its own, because the kernel routes a widget's incoming messages to whatever thread last
sent on it: were progress sent on the browser's channel, a person's next tag would wait behind it.
"""

from __future__ import annotations

import logging
import threading
import weakref
from typing import Any

import ipywidgets
import traitlets

from workbench.errors import StoreBusy

TICK = 0.1
"""Seconds between looks: at most ten progress messages a second. A look at the database costs microseconds."""

_log = logging.getLogger("widgets")
_pulses: weakref.WeakKeyDictionary[Any, Pulse] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


class Status(ipywidgets.Widget):
    """The front end's model of `version` (grows with every change seen) and `jobs` (their progress).

    `position` is the end of the journal at that change: a page finds out with it whether all of that was its own doing.
    """

    version = traitlets.Int(0).tag(sync=True)
    position = traitlets.Int(0).tag(sync=True)
    jobs = traitlets.List().tag(sync=True)


class Pulse:
    """One polling thread per workspace, shared by all widgets that show it."""

    def __init__(self, ws: Any) -> None:
        self.status = Status()
        self._ws = weakref.ref(ws)
        self._seen = ws.data_version()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="workbench-pulse", daemon=True)

    def start(self) -> None:
        """Begin polling."""
        self._thread.start()

    def stop(self) -> None:
        """End polling; returns at once."""
        self._stop.set()

    @property
    def alive(self) -> bool:
        """Whether it still polls."""
        return self._thread.is_alive()

    def look(self) -> None:
        """One look: publish what is new. Public for tests, which need no thread."""
        ws = self._ws()
        if ws is None:
            self.stop()
            return
        jobs = [job.as_dict() for job in ws.jobs()]
        if jobs != self.status.jobs:
            self.status.jobs = jobs
        if (version := ws.data_version()) != self._seen:
            position = ws.journal_end()  # may fail while the database is busy: then the next look sees the change
            self._seen = version
            with self.status.hold_sync():
                self.status.position = position
                self.status.version += 1

    def _beat(self) -> None:
        while not self._stop.wait(TICK):
            try:
                self.look()
            except StoreBusy as exc:  # the next look may succeed
                _log.info("could not look for changes: %s", exc)
            except Exception as exc:  # most often: the workspace was closed
                _log.warning("the screen no longer follows other people's work: %s", exc)
                return


def pulse_of(ws: Any) -> Pulse:
    """The running pulse of a workspace, started at first use."""
    with _lock:
        pulse = _pulses.get(ws)
        if pulse is None or not pulse.alive:
            pulse = _pulses[ws] = Pulse(ws)
            pulse.start()
        return pulse
