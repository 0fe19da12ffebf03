"""The figures of `upsample`: what a small classifier finds with the variants, and without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.generate.figures.base import SHARE, Figure, Made
from workbench.generate.gates.variants import SURE
from workbench.model import Json


def proof_figures(made: Made, params: Any) -> Iterator[Figure]:
    """Recall on the real ones held out, three ways; how likely the gain is by chance; the share of the rare kind."""
    proof: Json = next((draft.meta["upsample"] for draft in made.drafts if "upsample" in draft.meta), {})
    note = "the proof was switched off" if proof else "no variant was made"
    for title, name in (
        ("Found with the real ones alone", "real"),
        ("Found with as many copies", "copies"),
        ("Found with the variants", "variants"),
    ):
        yield _found(title, proof.get(name), note)
    chance = proof.get("by_chance")
    yield Figure(
        title="Such a gain by chance",
        value=chance,
        unit=SHARE,
        limit=SURE if chance is not None else None,
        meaning="How likely as many more are found by mere chance; above 5 % the gain is not proved",
        note="" if chance is not None else note,
        wrong=chance is not None and float(chance) > SURE,
    )
    share = proof.get("share", {})
    yield Figure(
        title="Share of the rare kind",
        value=share.get("after"),
        unit=SHARE,
        meaning="Of the selection together with the variants; before, of the selection alone",
        parts=(("before", float(share["before"])),) if share else (),
        note="" if share else note,
    )


def _found(title: str, told: Mapping[str, Any] | None, note: str) -> Figure:
    of = int(told["of"]) if told else 0
    return Figure(
        title=title,
        value=told["recall"] if told else None,
        unit=SHARE,
        interval=tuple(told["interval"]) if told else None,
        meaning="Share of the real ones held out that a small classifier finds, at the same rate of false alarms (5 %)",
        note=f"held out: {of:,}" if told else note,
    )
