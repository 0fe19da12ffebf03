"""What was done on the screens of a workspace in this kernel, as Python; and the commands that show it."""

from __future__ import annotations

import functools
import inspect
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from widgets._code import cell_of, code_of
from widgets._code_calls import DOES
from widgets._code_text import call

KEPT = 200
"""Actions kept; older ones are forgotten, the workspace itself forgets nothing."""

LOOKED_UP = frozenset(
    {"browse.rows", "quality.measure", "slice.compare", "tidy.look", "collect.preview", "bulk.plan", "run.gated"}
)
"""What is looked up on purpose, and therefore kept as well; pages ask for other things by themselves."""

Handlers = dict[str, Callable[..., Any]]

_done: WeakKeyDictionary[Any, deque[dict[str, Any]]] = WeakKeyDictionary()
_log = logging.getLogger("widgets")


def done_on(ws: Any) -> deque[dict[str, Any]]:
    """The actions on a workspace, oldest first: `at` (ms), `name` and `code`."""
    return _done.setdefault(ws, deque(maxlen=KEPT))


def recorded(ws: Any, handlers: Handlers) -> Handlers:
    """The handlers, but what they do is kept as code once it has succeeded."""
    shown = DOES.keys() | LOOKED_UP
    return {name: _kept(ws, name, handler) if name in shown else handler for name, handler in handlers.items()}


def _kept(ws: Any, name: str, handler: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(handler)

    @functools.wraps(handler)
    def work(*args: Any, **kwargs: Any) -> Any:
        result = handler(*args, **kwargs)
        try:
            _keep(ws, name, dict(signature.bind(*args, **kwargs).arguments))
        except Exception:  # what was done is done: its answer must not fail because it could not be told as code
            _log.exception("the command %r could not be told as code", name)
        return result

    return work


def _keep(ws: Any, name: str, args: dict[str, Any]) -> None:
    if args.get("offset"):
        return  # scrolling through what was found
    code = code_of(name, args)
    done = done_on(ws)
    if code is None or (
        name in LOOKED_UP and code == next((item["code"] for item in reversed(done) if item["name"] == name), "")
    ):
        return  # nothing new: pages look again after every change
    done.append({"at": int(time.time() * 1000), "name": name, "code": code})


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``code.*``."""

    def cell(parts: Sequence[str]) -> str:
        return cell_of(list(parts), path=str(ws.path), author=ws.author)

    def listed() -> dict[str, Any]:
        done = list(done_on(ws))
        return {"done": done[::-1], "cell": cell([item["code"] for item in done])}

    def screen(query: str | None = None, selection: Sequence[str] = (), acts: Sequence[Mapping[str, Any]] = ()) -> Any:
        told = [code_of(str(act.get("name")), act.get("args") or {}) for act in acts]
        parts = [code for code in told if code]
        if not parts and query is not None:  # a page that shows what a query finds
            parts = [f"page = {call('find', query)}", f"table = {call('frame', query)}"]
            parts += [f"samples = {call('samples', list(selection))}"] if selection else []
        return {"parts": parts, "head": cell([])}

    return {"code.list": listed, "code.of": lambda name, args: {"code": code_of(name, args)}, "code.screen": screen}
