"""Asking a widget's commands as its page does, and waiting for the jobs they start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from widgets._bridge import gather, reply


def asker(ws: Any, panel: Any) -> Callable[..., Any]:
    """A function that sends a command and returns its result, or its error; both must be JSON."""
    handlers = gather(ws, *panel.answers)

    def ask(command: str, /, **args: object) -> Any:
        answer = reply(handlers, {"kind": "command", "v": 1, "rid": 1, "name": command, "args": args})
        orjson.dumps(answer)
        return answer["result"] if answer["ok"] else answer["error"]

    return ask


def finished(ws: Any, answer: dict[str, Any]) -> str:
    """The id of the job an answer names, once it has ended, however it ended."""
    job = ws.job(answer["job"])
    job._thread.join(20)
    return str(job.id)
