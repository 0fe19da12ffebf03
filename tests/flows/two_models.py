"""Endpoints on loopback that answer as models, and a workspace beside them: two that it knows, or three to connect."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tests.llm.endpoint import Endpoint, Handler, completion, endpoint
from workbench.workspace import Workspace, open_workspace

USED = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
PATIENCE = 20.0
"""Seconds that a request waits for others to come."""
PREFS = {"questions": 2, "answers": 4, "models": "main, large", "judge": False}


class Talker:
    """Answers under the name it was asked by (or `name`), each time with other words.

    `fails` is the status of its answers while it is set. `most` is how many requests were under way at once: none is
    answered before there were as many as `together`, where so many ever come, and each takes `pause` seconds.
    """

    def __init__(self, name: str = "", *, together: int = 1, pause: float = 0.0) -> None:
        self.name = name
        self.pause = pause
        self.together = together
        self.fails = 0
        self.most = 0
        self._busy = 0
        self._changed = threading.Condition()
        self._numbers = count(1)

    def __call__(self, handler: Handler, body: dict[str, Any]) -> None:
        with self._changed:
            self._busy += 1
            self.most = max(self.most, self._busy)
            number = next(self._numbers)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.most >= self.together, PATIENCE)
        time.sleep(self.pause)
        try:
            if self.fails:
                handler.send_json({"error": {"message": "broken"}}, status=self.fails)
            else:
                self._say(handler, body, number)
        finally:
            with self._changed:
                self._busy -= 1

    def _say(self, handler: Handler, body: dict[str, Any], number: int) -> None:
        name = self.name or body["model"]
        text = f"Keep copy {number} of the {name} letter somewhere dry, and write its date on it."
        if "response_format" in body:
            text = json.dumps({"subtopic": "letters", "message": f"Where do I keep letter {number} safe?"})
        if not body.get("stream"):
            handler.send_json(completion(text, model=name, usage=USED))
            return
        parts = [{"index": 0, "finish_reason": None, "delta": {"content": text}},
                 {"index": 0, "finish_reason": "stop", "delta": {}}]  # fmt: skip
        events: list[dict[str, Any]] = [*({"model": name, "choices": [part]} for part in parts),
                                        {"model": name, "choices": [], "usage": USED}]  # fmt: skip
        handler.stream([*(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events), b"data: [DONE]\n\n"])


def settings(server: Endpoint, model: str, **more: Any) -> dict[str, Any]:
    """The settings of the model behind an endpoint, with a price."""
    return {"base_url": server.url, "model": model, "usd_per_million_in": 1.0, "usd_per_million_out": 2.0, **more}


@contextmanager
def two_models(
    folder: Any, small: Talker, large: Talker, **more: Any
) -> Iterator[tuple[Workspace, Endpoint, Endpoint]]:
    """A workspace whose own model is "small-1" at the first endpoint, with "large-9" at the second as "large"."""
    with endpoint(small) as one, endpoint(large) as other, open_workspace(folder, author="ana") as ws:
        ws.set_model(settings(one, "small-1"))
        ws.set_model({**settings(other, "large-9", usd_per_million_in=10.0, usd_per_million_out=20.0), **more}, "large")
        yield ws, one, other


def asked(server: Endpoint) -> Counter[str]:
    """How often each model was asked for at an endpoint."""
    return Counter(body["model"] for _, body in server.requests)


@contextmanager
def three_endpoints(folder: Any) -> Iterator[tuple[Workspace, Endpoint, Endpoint, Endpoint]]:
    """A workspace that knows no model yet, with three endpoints that answer every request."""
    with (
        endpoint(Talker()) as one,
        endpoint(Talker()) as two,
        endpoint(Talker()) as three,
        open_workspace(folder, author="ana") as ws,
    ):
        yield ws, one, two, three
