"""An endpoint that counts each request for itself, and that kills the one who asks when it was told to."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.llm.endpoint import Endpoint, say

Reply = Callable[[dict[str, Any]], str]


class Killer:
    """Answers with what `reply` makes of a request's body; kills `process` at the request after which `left` is 0.

    `asked` counts what came: equal bodies are the same request. The one that kills is not answered.
    """

    def __init__(self, reply: Reply = lambda body: f"Reply {body['seed']}") -> None:
        self._reply = reply
        self.asked: Counter[str] = Counter()
        self.process: Any = None
        self.left = 0
        self._lock = threading.Lock()

    def watch(self, process: Any) -> None:
        """The process that is to be killed next."""
        self.process = process

    def __call__(self, handler: Any, body: dict[str, Any]) -> None:
        with self._lock:
            self.asked[json.dumps(body, sort_keys=True)] += 1
            self.left -= 1
            if self.left == 0:
                self.process.kill()
                return
        say(handler, body, self._reply(body))

    def count(self, server: Endpoint) -> int:
        """How many requests came. One that was sent the moment before the kill may still wait to be read: it counts."""
        server.served()
        return self.asked.total()
