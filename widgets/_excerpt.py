"""What a line of the list shows of a hit: the words that were looked for, with a little text around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.text import snippet

BEFORE, AFTER = 40, 140
"""Characters shown around the first word found."""


def matched(sample: Any, reasons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An excerpt around the first word found in a turn, and the spans to mark in it; nothing when no word was."""
    places = [reason for reason in reasons if reason["kind"] == "words" and reason.get("turn")]
    if not places:
        return {}
    turn = places[0]["turn"]
    text = next((one.content for one in sample.turns if one.id == turn), "")
    spans = [(reason["start"], reason["end"]) for reason in places if reason["turn"] == turn]
    return excerpt(text, spans)


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """`preview`: the text around the first span on one line; `marks`: [start, end] of the spans that are in it."""
    first = min(start for start, _ in spans)
    begin = max(0, first - BEFORE)
    if begin:
        space = text.find(" ", begin, first)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), first + AFTER)
    shown, marks = ["… "] if begin else [], []
    place, length = begin, len(shown[0]) if shown else 0
    for start, stop in sorted(span for span in spans if begin <= span[0] and span[1] <= end):
        if start < place:
            continue
        between, word = _line(text[place:start], length == 0), _line(text[start:stop], False)
        shown += [between, word]
        marks.append([length + len(between), length + len(between) + len(word)])
        place, length = stop, length + len(between) + len(word)
    shown += [_line(text[place:end], False).rstrip(), "…" if end < len(text) else ""]
    return {"preview": "".join(shown), "marks": marks}


def _line(text: str, start: bool) -> str:
    """Text on one line, runs of white space as one space; nothing before the first word."""
    if not text:
        return ""
    inner = snippet(text, len(text) + 1)
    lead = " " if text[0].isspace() and not start else ""
    tail = " " if text[-1].isspace() and inner else ""
    return f"{lead}{inner}{tail}"
