"""What a check is, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from workbench.model import Finding, Sample
from workbench.registry import Registry


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at besides the sample: its parents (newest revisions), already loaded."""

    parents: tuple[Sample, ...] = field(default=())


Measure = Callable[[Sample, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A named measurement of one sample: a finding for each thing worth a look, nothing when all is well."""

    name: str
    title: str
    explanation: str
    measure: Measure


def _builtins() -> tuple[Check, ...]:
    from workbench.evaluate.builtin import BUILTIN

    return BUILTIN


CHECKS: Registry[Check] = Registry("check", _builtins)


def register(name: str, *, title: str, explanation: str) -> Callable[[Measure], Measure]:
    """Make a function a check: ``@register("shouting", title=..., explanation=...)``; it is returned unchanged."""

    def add(measure: Measure) -> Measure:
        CHECKS.register(Check(name, title, explanation, measure), module=measure.__module__)
        return measure

    return add
