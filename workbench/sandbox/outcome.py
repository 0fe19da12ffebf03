"""What became of some code: read from what its process said, how it ended, and what it was allowed."""

from __future__ import annotations

import json
import secrets
import signal
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

State = Literal["passed", "failed", "stopped", "refused", "unable"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What code may use: seconds of computing and in all, bytes of memory, of printed text, and of files (none)."""

    cpu_seconds: int = 2
    wall_seconds: float = 10.0
    memory_bytes: int = 256 << 20
    output_bytes: int = 64 << 10
    file_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some code.

    Attributes:
        state: "passed", all tests did; "failed", a test or the code itself did; "stopped", it passed a limit or tried
            something it may not; "refused", it was not run for what it says; "unable", it was not run for what this
            machine lacks.
        message: why, in words; empty for "passed".
        passed: how many tests passed.
        output: what it printed, as far as it was read.
    """

    state: State
    message: str = ""
    passed: int = 0
    output: str = ""


ATTEMPTS = {
    "file": Outcome(state="stopped", message="it tried to reach files"),
    "network": Outcome(state="stopped", message="it tried to use the network"),
    "process": Outcome(state="stopped", message="it tried to start a process"),
    "signal": Outcome(state="stopped", message="it tried to send a signal"),
    "other": Outcome(state="stopped", message="it tried to get out of its limits"),
}
"""What is said of an attempt, by the kinds of `allowed.EVENTS`."""


@dataclass(slots=True)
class Heard:
    """What a process said: printed text, its answer, and whether it was cut off by time or amount."""

    output: bytes = b""
    answer: bytes = b""
    cut: Literal["", "time", "output"] = ""


def told(heard: Heard, ended: int, secret: str, limits: Limits) -> Outcome:
    """The outcome of a process that `ended` with this status (negative: a signal) and whose answer has the secret."""
    output = heard.output.decode("utf-8", "replace")
    answer = _answer(heard.answer, secret)
    if heard.cut == "time":
        return Outcome(state="stopped", message=f"it took longer than {limits.wall_seconds:g} s", output=output)
    if heard.cut == "output":
        message = f"it printed more than {limits.output_bytes >> 10} KiB"
        return Outcome(state="stopped", message=message, output=output)
    if ended == -signal.SIGXCPU:
        message = f"it needed more than {limits.cpu_seconds} s of computing"
        return Outcome(state="stopped", message=message, output=output)
    if answer is None:
        message = f"it ended before its tests did (signal {-ended})" if ended < 0 else "it ended before its tests did"
        return Outcome(state="stopped", message=message, output=output)
    return _read(answer, output, limits)


def _answer(raw: bytes, secret: str) -> dict[str, Any] | None:
    """The answer, when it is one and carries the secret."""
    with suppress(ValueError, RecursionError):
        answer = json.loads(raw)
        if isinstance(answer, dict) and secrets.compare_digest(str(answer.pop("secret", "")).encode(), secret.encode()):
            return answer
    return None


def _read(answer: dict[str, Any], output: str, limits: Limits) -> Outcome:
    if "unable" in answer:
        return Outcome(state="unable", message=f"this machine cannot limit code: {answer['unable']}", output=output)
    passed, error, where = int(answer["passed"]), str(answer["error"]), str(answer["where"])
    if answer["tried"]:
        return replace(ATTEMPTS[answer["tried"][0]], passed=passed, output=output)
    if error == "MemoryError":
        message = f"it needed more than {limits.memory_bytes >> 20} MB of memory"
        return Outcome(state="stopped", message=message, passed=passed, output=output)
    if error:
        said = ": ".join(part for part in (error, str(answer["said"])) if part)
        message = f"this test failed ({said}): {where}" if where else f"the code itself failed: {said}"
        return Outcome(state="failed", message=message, passed=passed, output=output)
    if not passed:
        return Outcome(state="failed", message="there is no test", output=output)
    return Outcome("passed", "", passed, output)
