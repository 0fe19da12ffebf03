"""The stopwatch inside the page: from a key to the painted screen, and to Python's word that it is saved."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

from widgets.bench.desk import Lab
from workbench import WorkbenchError

SCRIPT = Path(__file__).with_suffix(".js")


class Probe:
    """Measures one page of the application. All times are milliseconds."""

    def __init__(self, page: Any, lab: Lab) -> None:
        self.page = page
        self.lab = lab
        page.evaluate(f"{SCRIPT.read_text('utf-8')}; 0")

    def key(self, key: str, until: str, what: str = "") -> int:
        """Press a key, measure until ``answer``, ``move``, ``found``, ``asked`` or ``nothing`` more is shown."""
        index = int(self.page.evaluate("([kind, what]) => window.__probe.expect(kind, what)", [until, what]))
        self.page.keyboard.press(key)
        return index

    def painted(self, index: int) -> float:
        """From that key to the frame that shows what it asked for."""
        return self._told(f"paint({index})", "what a key asked for never came on the screen")

    def durable(self, index: int) -> float:
        """From that key to the screen's word that everything is saved."""
        return self._told(f"durable({index})", "an answer was never confirmed")

    def jump(self, share: float) -> float:
        """From a jump of the list to that share of it until only real rows are seen."""
        return self._told(f"jump({share})", "rows never came after a jump")

    def frames(self, count: int) -> list[float]:
        """The lengths of frames in which nothing happens: what this browser can do at most here."""
        return list(self.page.evaluate(f"window.__probe.frames({count})"))

    def scroll(self, step: int, frames: int) -> list[float]:
        """The lengths of frames while the list moves by that many pixels in each."""
        return list(self.page.evaluate(f"window.__probe.scroll({step}, {frames})"))

    def round_trips(self, count: int) -> list[float]:
        """What an empty request to the same kernel takes: the floor of every command."""
        kernel = kernels(self.lab)[0]["id"]
        return list(
            self.page.evaluate(
                "([kernel, token, count]) => window.__probe.roundTrips(kernel, token, count)",
                [kernel, self.lab.token, count],
            )
        )

    def _told(self, call: str, otherwise: str) -> float:
        value = self.page.evaluate(f"window.__probe.{call}")
        if value is None:
            raise WorkbenchError(otherwise)
        return float(value)


def kernels(lab: Lab) -> list[dict[str, Any]]:
    """The server's kernels, as its own interface lists them."""
    request = urllib.request.Request(f"{lab.base}/api/kernels", headers={"Authorization": f"token {lab.token}"})
    with urllib.request.urlopen(request) as reply:
        listed: list[dict[str, Any]] = json.load(reply)
    return listed
