"""A figure, and what it is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.model import Draft, Sample

SHARE = "share"
"""The unit of a figure from 0 to 1, shown in per cent. Any other unit names what is counted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about the drafts of a run, with the sentence that says what it means.

    Attributes:
        title: its name in words.
        value: the number; None where there is nothing to measure, and `note` says why.
        unit: `SHARE`, or what is counted ("triples").
        meaning: what it says, and what is to be expected.
        to: the upper end, of a range that begins at `value`.
        of: how many there could be, of a count.
        limit: what it must not be above.
        interval: the range (95 %) in which the true share lies, where few were looked at.
        measured: (looked at, all there are), where only some were, drawn at random.
        parts: what it consists of, in the same unit, or who is meant: a name without a number.
        note: what else has to be known.
        wrong: whether it breaks what the recipe promises.
    """

    title: str
    value: float | None
    unit: str
    meaning: str
    to: float | None = None
    of: float | None = None
    limit: float | None = None
    interval: tuple[float, float] | None = None
    measured: tuple[int, int] | None = None
    parts: tuple[tuple[str, float | None], ...] = ()
    note: str = ""
    wrong: bool = False

    @property
    def shown(self) -> str:
        """The value in words: "45 of 1,728 triples", "82 % (at most 90 %)"."""
        if self.value is None:
            return "not measured"
        told = self.number(self.value)
        told += f" to {self.number(self.to)}" if self.to is not None else ""
        told += f" of {self.of:,.0f}" if self.of is not None else ""
        told += f" {self.unit}" if self.unit != SHARE else ""
        aside = [f"at most {self.number(self.limit)}"] if self.limit is not None else []
        if self.interval:
            aside.append(f"95 % interval {self.number(self.interval[0])} to {self.number(self.interval[1])}")
        if self.measured:
            aside.append(f"{self.measured[0]:,} of {self.measured[1]:,} looked at, drawn at random")
        return f"{told} ({'; '.join(aside)})" if aside else told

    def number(self, value: float) -> str:
        """A number as this figure writes it."""
        return f"{value * 100:.1f}".removesuffix(".0") + " %" if self.unit == SHARE else f"{value:,.0f}"

    def __str__(self) -> str:
        told = f"{self.title}: {self.shown}" + ("  (!)" if self.wrong else "")
        told += f", {self.note}" if self.note else ""
        parts = ", ".join(name if value is None else f"{name} {self.number(value)}" for name, value in self.parts)
        return f"{told}: {parts}" if parts else told


@dataclass(frozen=True, slots=True)
class Made:
    """What a run made: its drafts with a text in the order of their rows, and how many rows were wanted.

    `sources` are the samples the drafts name as their parents, by id (empty for recipes over a whole selection); one
    that is gone by now is missing. `seed` is for what is drawn where there is too much to look at.
    """

    drafts: Sequence[Draft]
    wanted: int
    sources: Mapping[str, Sample] = field(default_factory=dict)
    seed: int = 0


Figures = Callable[[Made, Any], Iterable[Figure]]
"""Works out the figures of a recipe from what was made and the parameters. It touches no store, no model, no clock."""
