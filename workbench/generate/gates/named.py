"""What gates are called: the name that their findings carry, so that a gate that found nothing can be counted too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

G = TypeVar("G", bound=Callable[..., Any])


def checks(name: str) -> Callable[[G], G]:
    """Decorate a gate with the name its findings have (`Finding.check`).

    A gate without a name works as well; in the yield of a run it then shows only where it found something.
    """

    def mark(gate: G) -> G:
        gate.checks = name  # type: ignore[attr-defined]
        return gate

    return mark


def name_of(gate: Callable[..., Any]) -> str:
    """The name of a gate's findings, "" for one that was given none."""
    return str(getattr(gate, "checks", ""))
