"""Tidying up texts: commands that show what would change, and then do it as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, groupby
from typing import Any

from widgets._open import title_of
from widgets._work import result_of
from workbench.clean import STEPS, Change

MOST_SHOWN = 12
"""Changes shown before the person decides; all of them are counted."""

CONTEXT = 60
MOST_CHARS = 400

LANGUAGE_TITLE = "Conversations without a language get the one they are written in"


def commands(ws: Any) -> dict[str, Callable[..., Any]]:
    """Commands ``tidy.*``. Looking and tidying read every text that a query finds, so both are jobs."""

    def look(query: str = "") -> dict[str, Any]:
        return {"job": ws.background("Look for what to tidy up", lambda _: ws.clean(query, preview=True)).id}

    def do(query: str = "") -> dict[str, Any]:
        return {"job": ws.background("Tidy up", lambda _: ws.clean(query)).id}

    return {
        "tidy.look": look,
        "tidy.do": do,
        "tidy.report": lambda job: report_view(ws, result_of(ws, job)),
    }


def report_view(ws: Any, report: Any) -> dict[str, Any]:
    """What changes (or changed): how many conversations, how often each step, and the first changes of each."""
    shown = first_of_each(report.changes)
    found = {sample.id: sample for sample in ws.samples(list(dict.fromkeys(change.sample for change in shown)))}
    return {
        "samples": report.samples,
        "changed": report.changed,
        "applied": report.applied,
        "steps": [
            {"step": name, "title": title, "changes": report.counts[name]}
            for name, title in titles().items()
            if report.counts.get(name)
        ],
        "changes": [change_view(change, found[change.sample]) for change in shown if change.sample in found],
    }


def titles() -> dict[str, str]:
    """The steps in the order they are applied, each in words."""
    return {**{step.name: step.title for step in STEPS}, "language": LANGUAGE_TITLE}


def first_of_each(changes: Iterable[Change], most: int = MOST_SHOWN) -> list[Change]:
    """A few changes of every step, so that a frequent one does not hide a rare one."""
    by_step = sorted(changes, key=lambda change: list(titles()).index(change.step))
    groups = [list(group) for _, group in groupby(by_step, key=lambda change: change.step)]
    share = max(1, most // max(1, len(groups)))
    return list(chain.from_iterable(group[:share] for group in groups))[:most]


def change_view(change: Change, sample: Any) -> dict[str, Any]:
    """One change with its place; long texts are cut to the part that differs."""
    places = [turn.id for turn in sample.turns]
    before, after = excerpt(change.before, change.after)
    return {
        "sample": change.sample,
        "title": title_of(sample),
        "turn": places.index(change.turn) + 1 if change.turn in places else None,
        "step": change.step,
        "before": before,
        "after": after,
    }


def excerpt(before: str, after: str) -> tuple[str, str]:
    """Both texts without the long stretches at their ends that are the same."""
    start = max(0, _common(before, after) - CONTEXT)
    end = max(0, _common(before[start:][::-1], after[start:][::-1]) - CONTEXT)
    return _cut(before, start, end), _cut(after, start, end)


def _common(a: str, b: str) -> int:
    shorter = min(len(a), len(b))
    return next((at for at in range(shorter) if a[at] != b[at]), shorter)


def _cut(text: str, start: int, end: int) -> str:
    part = text[start : len(text) - end]
    long = len(part) > MOST_CHARS
    return f"{'… ' if start else ''}{part[:MOST_CHARS]}{' …' if long or end else ''}"
