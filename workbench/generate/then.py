"""Items before drafts: what a recipe proposes for approval, and the recipe that goes on from what was approved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.model import Json


def always(params: Any) -> bool:
    """Whatever the parameters: all it makes are such items."""
    return True


def nothing(params: Any) -> Json:
    """The recipe that goes on begins with its own defaults."""
    return {}


@dataclass(frozen=True, slots=True)
class Then:
    """Says that a recipe makes items (questions, role cards, facts) from which another recipe goes on.

    A person approves the items first; nothing of the recipe that goes on is sent before.

    Attributes:
        recipe: the name of the recipe that goes on, one that starts from a sample or from nothing.
        what: what the items are called on the screen, in the plural ("role cards").
        parameters: the ids of an item's turns that are parameters of that recipe; their texts are the values. Further
            values are in the item's ``Candidate.meta["given"]``. Empty: the item itself is the conversation that the
            recipe gets.
        when: whether a run with these parameters makes such items.
        begins: the other recipe's parameters, from the ones of the run that proposed. A person can change them before
            it goes on, all but the `parameters` and the ones `fixed`.
        fixed: names of parameters that nobody changes in between.
    """

    recipe: str
    what: str
    parameters: tuple[str, ...] = ()
    when: Callable[[Any], bool] = always
    begins: Callable[[Any], Json] = nothing
    fixed: tuple[str, ...] = ()

    @property
    def settled(self) -> frozenset[str]:
        """The parameters that come from the item or from the run that proposed it."""
        return frozenset(self.parameters) | frozenset(self.fixed)
