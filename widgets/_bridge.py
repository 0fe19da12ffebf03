"""From a message of the page to exactly one answer: a pure function, tested without a browser or a kernel.

A command is ``{"kind": "command", "v": 1, "rid": 7, "name": "tag.set", "args": {...}}``; its answer is
``{"kind": "reply", "rid": 7, "ok": True, "result": ...}`` or ``"ok": False`` with
``"error": {"code", "message", "hint", ...}``. Ids are integers, because the kernel remembers string ids for ever.
A page adds ``page`` and ``done``, so that a command sent twice is done once: `widgets._once`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from widgets._arguments import bound, whole_characters
from workbench.errors import WorkbenchError
from workbench.records import to_record

Handlers = Mapping[str, Callable[..., Any]]
Commands = Callable[[Any], Mapping[str, Callable[..., Any]]]
"""What a module answers: a function of the workspace that gives its commands by name."""

VERSION = 1

_log = logging.getLogger("widgets")


def reply(handlers: Handlers, message: Any, log: logging.Logger = _log) -> dict[str, Any]:
    """Answer one message. Never raises: expected errors speak for themselves, others get an id in `log`."""
    head: dict[str, Any] = {"kind": "reply", "rid": _rid(message)}
    try:
        name, args = _command(message)
        handler = _handler(handlers, name)
        given = bound(handler, name, args)
        result = to_record(handler(*given.args, **given.kwargs))
    except WorkbenchError as exc:
        return {**head, "ok": False, "error": exc.as_dict()}
    except Exception as exc:  # the page must get its answer whatever happened; nothing is hidden: it is logged
        return {**head, "ok": False, "error": _unexpected(exc, message, log)}
    return {**head, "ok": True, "result": result}


def gather(ws: Any, *groups: Commands) -> dict[str, Callable[..., Any]]:
    """The commands of several modules, each of which has a function ``commands(ws) -> {name: function}``."""
    handlers: dict[str, Callable[..., Any]] = {}
    for group in groups:
        for name, handler in group(ws).items():
            if name in handlers:
                raise ValueError(f"two modules answer the command {name!r}; the second is {group.__module__}")
            handlers[name] = handler
    return handlers


def _rid(message: Any) -> int | None:
    rid = message.get("rid") if isinstance(message, Mapping) else None
    return rid if isinstance(rid, int) and not isinstance(rid, bool) else None


def _command(message: Any) -> tuple[str, dict[str, Any]]:
    if not isinstance(message, Mapping) or message.get("kind") != "command" or _rid(message) is None:
        raise _Malformed("the page sent something that is not a command", hint="reload the page")
    if message.get("v") != VERSION:
        raise _Malformed(
            "the page and the kernel are of different versions", hint="reload the page and run the cell again"
        )
    name, args = message.get("name"), message.get("args", {})
    if not isinstance(name, str) or not isinstance(args, Mapping):
        raise _Malformed("a command needs a name and arguments", hint="reload the page")
    return name, whole_characters(dict(args))


def _handler(handlers: Handlers, name: str) -> Callable[..., Any]:
    try:
        return handlers[name]
    except KeyError:
        raise _Unknown(
            f"this widget has no command {name!r}", hint="run the cell that makes the widget again"
        ) from None


def _unexpected(exc: Exception, message: Any, log: logging.Logger) -> dict[str, Any]:
    log_id = secrets.token_hex(4)
    name = message.get("name") if isinstance(message, Mapping) else None
    log.error("command %r failed unexpectedly [%s]", name, log_id, exc_info=exc)
    return {
        "code": "internal",
        "message": f"Something failed inside the workbench: {type(exc).__name__}: {exc}"[:500],
        "hint": f"your saved work is not affected; the log has the details under {log_id}",
        "log_id": log_id,
    }


class _Malformed(WorkbenchError):
    code = "malformed"


class _Unknown(WorkbenchError):
    code = "unknown_command"
