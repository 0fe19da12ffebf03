"""Long work off the user interface: a thread per job, with progress, cancel and a failure that is kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from workbench.errors import Cancelled, NotFound, WorkbenchError
from workbench.ids import new_id

logger = logging.getLogger(__name__)

JobState = Literal["running", "done", "cancelled", "failed"]
T = TypeVar("T")
J = TypeVar("J", bound="Job[Any]")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` (None while the total is not known) and what it is doing."""

    done: int = 0
    total: int | None = None
    message: str = ""


class Control:
    """What the work of a job holds in its hand: it reports progress and asks whether it should stop."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self.latest = Progress()

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work is. Cheap: only the newest report is kept."""
        self.latest = Progress(done, total, message)

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the person asked to stop: called by the work between two whole steps."""
        if self.cancelled:
            raise Cancelled("stopped on request", hint="what was finished before is kept")

    def sleep(self, seconds: float) -> None:
        """Wait, but wake at once when the person asks to stop."""
        self._stop.wait(seconds)


class Job(Generic[T]):
    """One piece of long work on its own thread.

    `state` becomes "done", "cancelled" or "failed" exactly once; `result` or `error` is then set. `subject` names
    what it works on (a run id, say), so that a screen can find the job again. `lost` counts, once it is done, the parts
    of it that came to nothing.
    """

    def __init__(self, title: str, work: Callable[[Control], T], *, subject: str = "") -> None:
        self.id = new_id("job")
        self.title = title
        self.subject = subject
        self.lost = 0
        self.state: JobState = "running"
        self.error: WorkbenchError | None = None
        self._result: T | None = None
        self._control = Control()
        self._finished = threading.Event()
        self._callbacks: list[Callable[[Job[T]], None]] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, args=(work,), name=self.id, daemon=True)

    def start(self) -> Job[T]:
        """Begin; returns itself."""
        self._thread.start()
        return self

    @property
    def progress(self) -> Progress:
        """The newest progress report."""
        return self._control.latest

    def cancel(self) -> None:
        """Ask the job to stop; it ends at its next safe place."""
        self._control.cancel()

    def wait(self, timeout: float | None = None) -> T:
        """Wait for the end and return the result; raises the job's error, or TimeoutError."""
        if not self._finished.wait(timeout):
            raise TimeoutError(f"{self.title} is still running after {timeout} s")
        if self.error:
            raise self.error
        return self._result  # type: ignore[return-value]  # "done" means that the work returned it

    def on_end(self, callback: Callable[[Job[T]], None]) -> None:
        """Call back when the job has ended (at once if it has)."""
        with self._lock:
            if not self._finished.is_set():
                self._callbacks.append(callback)
                return
        callback(self)

    def __repr__(self) -> str:
        progress = self.progress
        far = f" {progress.done}/{progress.total or '?'}" if self.state == "running" else ""
        why = f": {self.error.message!r}" if self.error else ""
        return f"<Job {self.title!r} {self.state}{far}{why}>"

    def as_dict(self) -> dict[str, Any]:
        """The job as the screen shows it."""
        return {
            "id": self.id,
            "title": self.title,
            "subject": self.subject,
            "state": self.state,
            "done": self.progress.done,
            "total": self.progress.total,
            "message": self.progress.message,
            "lost": self.lost,
            "error": self.error.as_dict() if self.error else None,
        }

    def _run(self, work: Callable[[Control], T]) -> None:
        try:
            self._result = work(self._control)
            self.state = "done"
        except Cancelled as exc:
            self.error, self.state = exc, "cancelled"
        except WorkbenchError as exc:
            self.error, self.state = exc, "failed"
        except Exception as exc:  # a bug or a full disk: kept and shown, never lost in a thread
            log_id = new_id("log")
            logger.exception("job %s (%s) failed, log id %s", self.id, self.title, log_id)
            self.error = WorkbenchError(
                f"{self.title} failed unexpectedly: {type(exc).__name__}: {exc}",
                hint=f"the log has details under {log_id}",
            )
            self.state = "failed"
        finally:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self._finished.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback(self)


class Jobs:
    """The jobs of one workspace in this process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job[Any]] = {}

    def start(self, title: str, work: Callable[[Control], T], *, subject: str = "") -> Job[T]:
        """Start `work` on its own thread and remember the job."""
        return self.started(Job(title, work, subject=subject))

    def started(self, job: J) -> J:
        """Start a job, of a class of its own say, and remember it."""
        self._jobs[job.id] = job
        job.start()
        return job

    def get(self, job_id: str) -> Job[Any]:
        """The job of that id; raises `NotFound`."""
        if job_id not in self._jobs:
            raise NotFound(f"no job {job_id} in this session", hint="jobs end with the kernel that started them")
        return self._jobs[job_id]

    def all(self) -> list[Job[Any]]:
        """All jobs of this session, oldest first."""
        return list(self._jobs.values())

    def stop_all(self, timeout: float = 5.0) -> None:
        """Ask every running job to stop and wait for them for at most `timeout` seconds each."""
        for job in self.all():
            if job.state == "running":
                job.cancel()
        for job in self.all():
            job._finished.wait(timeout)
