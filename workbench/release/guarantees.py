"""Guarantees (a proof, code with tests) that did not hold when a slice was frozen: taken off, and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from workbench.release.base import About

_NAMED = 3


def guarantee_notes(about: About) -> Iterator[str]:
    """For each kind of guarantee: how many samples go out without it, which, and what says why."""
    for kind, samples in about.lost.items():
        beyond = len(samples) - _NAMED
        named = ", ".join(samples[:_NAMED]) + (f", … (+{beyond})" if beyond > 0 else "")
        yield _proofs_lost(len(samples), named) if kind == "proof" else _exercises_lost(len(samples), named)


def _proofs_lost(number: int, named: str) -> str:
    if number == 1:
        return (
            "1 proved answer is not proved by its words any more and goes out without its proof: "
            f"{named}; the check 'proof' says why"
        )
    return (
        f"{number} proved answers are not proved by their words any more and go out without their proof: "
        f"{named}; the check 'proof' says why"
    )


def _exercises_lost(number: int, named: str) -> str:
    if number == 1:
        return (
            "1 code exercise does not hold any more and goes out without its mark as an exercise: "
            f"{named}; the check 'code' says why"
        )
    return (
        f"{number} code exercises do not hold any more and go out without their mark as an exercise: "
        f"{named}; the check 'code' says why"
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
