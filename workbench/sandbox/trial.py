"""Run code that nobody vouches for, with its tests, and say what happened. Linux on x86-64 and ARM64 only.

What holds, and by whom:

- The kernel refuses (seccomp filter, for good) every way to open a file, a connection or a process, to send a signal or
  to raise a limit; and it ends the code at its limit of computing time and memory (rlimits). This holds whatever the
  code does inside its interpreter.
- This process ends it at the limits of time and output, in a session of its own that is killed as a whole, with no
  environment, in an empty folder that is deleted. When it is killed itself, the kernel ends the code too.
- Inside its interpreter there are few builtins and only modules that calculate, and an audit hook notes and refuses
  attempts. Code that is written against exactly this could get round it, reach the secret its answer carries, and
  claim that its tests passed. It gains nothing else: a person still reads the draft.

Memory is limited, not reserved, and side channels (timing, caches) are not looked at. It is no place for secrets.
Where the limits cannot be set nothing is run: the state is "unable".
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from workbench.sandbox.allowed import BUILTINS, EVENTS
from workbench.sandbox.outcome import Heard, Limits, Outcome, told
from workbench.sandbox.screen import imported, objection

LIMITS = Limits()
_ANSWER_BYTES = 16 << 10
_ALONE = ("-s", "-S", "-P", "-B", "-X", "utf8")
"""As isolated as ``-I``, but the one variable of its environment is read: the order of sets is the same every time."""


def run_tests(solution: str, tests: str, limits: Limits = LIMITS, *, screened: bool = True) -> Outcome:
    """Run a solution and then its tests (statements, and functions called ``test_...``) in a process of their own.

    Args:
        solution: Python code.
        tests: Python code; each ``assert`` and each test function counts as a test.
        limits: what it may use.
        screened: False runs code that `screen` would refuse, with all builtins: to test the limits themselves.
    """
    if sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}:
        return Outcome(state="unable", message="code is only run on Linux, where it can be limited")
    if screened and (said := objection(solution) or objection(tests)):
        return Outcome(state="refused", message=said.message)
    modules = sorted({*imported(solution), *imported(tests)}) if screened else []
    code = {"solution": solution, "tests": tests, "modules": modules, "bare": not screened}
    return _run({**code, "builtins": BUILTINS.split(), "events": EVENTS, "limits": asdict(limits)}, limits)


def _run(request: dict[str, Any], limits: Limits) -> Outcome:
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="trial-") as folder, tempfile.TemporaryFile() as asked:
        asked.write(json.dumps({**request, "secret": secret, "parent": os.getpid()}).encode())
        asked.seek(0)
        answer_from, answer_to = os.pipe()
        try:
            process = _started(folder, asked, answer_to)
        except OSError as exc:
            os.close(answer_from)
            return Outcome(state="unable", message=f"Python cannot be started: {exc.strerror}")
        finally:
            os.close(answer_to)
        try:
            heard = _listen(process, answer_from, limits)
        finally:
            # Before it is waited for, so that its number cannot belong to anybody else yet.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            ended = process.wait()
            os.close(answer_from)
            process.stdout.close()  # type: ignore[union-attr]
    return told(heard, ended, secret, limits)


def _started(folder: str, asked: IO[bytes], answer_to: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *_ALONE, str(Path(__file__).with_name("inside.py")), str(answer_to)],
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={"PYTHONHASHSEED": "0"},
        pass_fds=(answer_to,),
        start_new_session=True,
    )


def _listen(process: subprocess.Popen[bytes], answer_from: int, limits: Limits) -> Heard:
    """Read until both ends are closed, or time or amount is used up."""
    heard = Heard()
    until = time.monotonic() + limits.wall_seconds
    assert process.stdout is not None
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout.fileno(), selectors.EVENT_READ, "output")
        ready.register(answer_from, selectors.EVENT_READ, "answer")
        while ready.get_map():
            events = ready.select(until - time.monotonic())
            if time.monotonic() >= until:
                heard.cut = "time"
                return heard
            for key, _ in events:
                part = os.read(key.fd, 1 << 16)
                if not part:
                    ready.unregister(key.fd)
                elif key.data == "output":
                    heard.output += part
                else:
                    heard.answer += part
            if len(heard.output) > limits.output_bytes or len(heard.answer) > _ANSWER_BYTES:
                heard.output = heard.output[: limits.output_bytes]
                heard.cut = "output"
                return heard
    return heard
