"""States of a page that tests wait for, whatever it shows."""

from __future__ import annotations

from typing import Any

SOON = 60_000

KEPT = """words => Object.entries(localStorage).some(([name, kept]) =>
    name.startsWith("workbench.") && kept.includes(words))"""


def kept(page: Any, words: str) -> None:
    """Wait until the browser keeps these words: of the place where a person is, or of what they typed."""
    page.wait_for_function(KEPT, arg=words, timeout=SOON)


# Under a dialog something may well be waiting: for what a person answers there.
AT_REST = """() => document.getAnimations()
        .every(one => one.playState !== "running" || one.effect.getTiming().iterations > 9)
    && ![...[...document.querySelectorAll("[data-workbench], [data-workbench] [role=dialog]")].pop()
        ?.querySelectorAll(".wb-waiting, .wb-deciding, [aria-busy=true]") ?? []].some(one => one.offsetParent)"""


def at_rest(page: Any) -> None:
    """Wait until nothing fades in or moves, and nothing is dimmed because it waits for what comes in its place."""
    page.wait_for_function(AT_REST, timeout=SOON)
