"""The Generate page of the lab, with a model on this machine behind it that says what a test has it say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import workbench as wb
from tests.llm.endpoint import Endpoint, Handler, endpoint, say
from widgets.bench.desk import READY, START_MS

GENERATE = "[data-page=generate]"
SOON = 20_000
Script = Callable[[dict[str, Any]], str | None]
"""What is said to a request; None: nothing, and the connection is broken, which leaves the call in doubt."""


@contextmanager
def connected(
    lab: Any, script: Script, *, used: tuple[int, int] = (11, 9), **settings: Any
) -> Iterator[tuple[wb.Workspace, Endpoint]]:
    """The lab's workspace, whose model is a real server on loopback that follows the script; none afterwards.

    `used`: tokens in and out that it charges for a call; `settings`: what else is set of the model.
    """

    def answer(handler: Handler, body: dict[str, Any]) -> None:
        text = script(body)
        if text is not None:
            say(handler, body, text, used=used)

    with endpoint(answer) as server, wb.open(lab.workspace, author="tester") as ws:
        ws.set_model({"base_url": server.url, "model": "m", "local": True, **settings})
        try:
            yield ws, server
        finally:
            ws.set_model({})


def open_run(page: Any, lab: Any, run: str, by: str = ".wb-link") -> None:
    """Open the application and, on Generate, a run of several by what is pressed in its row."""
    page.goto(lab.address())
    page.wait_for_selector(READY, timeout=START_MS)
    show(page)
    choose_run(page, run, by)


def choose_run(page: Any, run: str, by: str = ".wb-link") -> None:
    """Show the drafts of one run by what is pressed in its row.

    Until they are there, no key does anything to those that are still shown: they are waited for.
    """
    page.click(f"{GENERATE} [data-run='{run}'] {by}")
    page.wait_for_selector(f"{GENERATE} tr.wb-on[data-run='{run}']", timeout=SOON)


def show(page: Any) -> None:
    """Go to the Generate page."""
    page.click("[data-tab=generate], [role=tab]:has-text('Generate')")


def press(page: Any, key: str) -> None:
    """A key in the list of drafts."""
    page.locator(f"{GENERATE} .wb-queue").focus()
    page.keyboard.press(key)


def reject_left(ws: wb.Workspace, run: str) -> None:
    """Decide what is still undecided of a run, so that other tests do not meet it."""
    left = [draft.id for state in ("draft", "gated") for draft in ws.drafts(run, state)]
    if left:
        ws.reject(left, "off topic")
