"""Guarantees (a proof, code with tests) that did not hold when a slice was frozen: taken off, and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from workbench.release.base import About

_NAMED = 3
_TOLD = {
    "proof": ("proved answer is not proved by its words", "proved answers are not proved by their words", "proof"),
    "exercise": ("code exercise does not hold", "code exercises do not hold", "mark as an exercise"),
}
_CHECKS = {"proof": "proof", "exercise": "code"}


def guarantee_notes(about: About) -> Iterator[str]:
    """For each kind of guarantee: how many samples go out without it, which, and what says why."""
    for kind, samples in about.lost.items():
        one, many, mark = _TOLD[kind]
        beyond = len(samples) - _NAMED
        named = ", ".join(samples[:_NAMED]) + (f" and {beyond} more" if beyond > 0 else "")
        its = "its" if len(samples) == 1 else "their"
        goes = "goes" if len(samples) == 1 else "go"
        yield (
            f"{len(samples)} {one if len(samples) == 1 else many} any more and {goes} out without {its} {mark}: "
            f"{named}; the check {_CHECKS[kind]!r} says why"
        )


def without_lost(raw: bytes, lost: Sequence[Sequence[str]]) -> bytes:
    """The JSON of a sample without guarantees that are lost: (turn, kind, why) each."""
    record: dict[str, Any] = orjson.loads(raw)
    names = {(turn, kind) for turn, kind, *_ in lost}
    for turn in record["turns"]:
        extra = {name: value for name, value in turn.get("extra", {}).items() if (turn["id"], name) not in names}
        turn.pop("extra", None)
        if extra:
            turn["extra"] = extra
    return orjson.dumps(record)
