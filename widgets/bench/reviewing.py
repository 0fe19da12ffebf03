"""A review queue by key: how long a person waits for the next question, and for the next conversation."""

from __future__ import annotations

from widgets.bench.probe import Probe
from widgets.bench.rows import at_most
from workbench.bench.measure import Row, percentile

CONVERSATIONS = 50
NOW = ".wb-ask-now"


def reviewing(probe: Probe) -> list[Row]:
    """Domain and naturalness of fifty conversations, one key each, as fast as the screen shows what comes next."""
    page = probe.page
    page.keyboard.press("Alt+3")
    page.wait_for_selector("[data-part=query]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{NOW}[data-scheme=domain]")
    questions, moves = [], []
    for at in range(CONVERSATIONS):
        questions.append(probe.painted(probe.key(str(at % 5 + 1), "asked", "naturalness")))
        if at + 1 < CONVERSATIONS:
            moves.append(probe.painted(probe.key(str(at % 5 + 1), "asked", "domain")))
    return [
        at_most("review, next question: key to paint, p95", percentile(questions, 0.95), 50, "ms", "fixed limit"),
        at_most("review, next conversation: key to paint, p95", percentile(moves, 0.95), 50, "ms", "fixed limit"),
    ]
