"""What is told about samples that people placed higher in the data pyramid than what is known of them allows."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.release.base import About


def claim_notes(about: About) -> Iterator[str]:
    """For each tier that is claimed without its gates: how many samples, and how to find them."""
    for tier, number in about.above.items():
        if number == 1:
            yield (
                f"1 sample is tagged with the tier {tier!r} without what that tier needs (for the top: a source for "
                "every answer, signed as right, natural, in order); ws.pyramid names it and what is missing"
            )
        else:
            yield (
                f"{number} samples are tagged with the tier {tier!r} without what that tier needs (for the top: a "
                "source for every answer, signed as right, natural, in order); ws.pyramid names them and what is "
                "missing"
            )
