"""`entity_swap`: the same conversation with other names, places, contacts, amounts, dates and numbers. No model.

Typed and consistent through the conversation; what is not swapped stays byte for byte. Stand-ins are invented and come
from ranges set aside for fiction where there are any.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.errors import GenerateError
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.edits import apply
from workbench.generate.entities.amounts import AMOUNTS
from workbench.generate.entities.base import Kind, Swaps, plan_swaps
from workbench.generate.entities.contacts import CODES, EMAILS, PHONES
from workbench.generate.entities.dates import DATES
from workbench.generate.entities.names import NAMES
from workbench.generate.entities.places import CITIES
from workbench.generate.gates import only_swapped, same_people, still_right
from workbench.generate.gates.arithmetic import wrong_sums
from workbench.generate.inputs import switch, whole
from workbench.llm.base import ChatModel
from workbench.model import Sample, Turn


@dataclass(frozen=True, slots=True)
class EntitySwapParams:
    """What is swapped."""

    names: bool = switch("Names of people", "same gender, the same stand-in everywhere")
    cities: bool = switch("Cities", "within the same country")
    contacts: bool = switch("E-mail addresses and phone numbers", "from ranges nobody can own")
    amounts: bool = switch("Amounts of money", "all by one factor, so sums stay right")
    dates: bool = switch("Dates", "all by whole weeks, so weekdays stay right")
    codes: bool = switch("Order, account and other numbers", "same form, other digits")
    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=20)


def entity_swap(
    parent: Sample, params: EntitySwapParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Find once, invent for each variant; no two variants alike."""
    language = (parent.language or "en").split("-")[0].lower()
    texts = [turn.content for turn in parent.turns]
    seen = {tuple(texts)}
    for _ in range(params.variants):
        new = _draw(parent, texts, language, params, rng, seen)
        if new is None:
            raise GenerateError(
                "there is nothing to swap" if len(seen) == 1 else "there are no more different variants"
            )
        yield new


def _draw(
    parent: Sample,
    texts: list[str],
    language: str,
    params: EntitySwapParams,
    rng: random.Random,
    seen: set[tuple[str, ...]],
) -> Candidate | None:
    for _ in range(10):
        swaps = _true_swaps(texts, language, _kinds(params), rng)
        if not swaps.edits:
            return None
        turns = tuple(_swapped(turn, number, swaps) for number, turn in enumerate(parent.turns))
        said = tuple(turn.content for turn in turns)
        if said not in seen:
            seen.add(said)
            table = {kind: dict(pairs) for kind, pairs in swaps.table.items()}
            return Candidate(turns, group=parent.id, meta={"swapped": table})
    return None


def _true_swaps(texts: list[str], language: str, kinds: tuple[Kind, ...], rng: random.Random) -> Swaps:
    """A plan under which every sum that came out still does; where none is found, amounts stay as they are."""
    swaps = plan_swaps(texts, language, kinds, rng)
    if AMOUNTS.name not in swaps.table:
        return swaps
    wrong = [len(list(wrong_sums(text))) for text in texts]
    new = [apply(text, swaps.edits.get(number, ())) for number, text in enumerate(texts)]
    if all(len(list(wrong_sums(text))) <= before for text, before in zip(new, wrong, strict=True)):
        return swaps
    return plan_swaps(texts, language, tuple(kind for kind in kinds if kind is not AMOUNTS), rng)


def _kinds(params: EntitySwapParams) -> tuple[Kind, ...]:
    """The kinds that are wanted; where two claim the same characters the earlier one wins."""
    wanted = (
        (params.contacts, EMAILS),
        (params.dates, DATES),
        (params.amounts, AMOUNTS),
        (params.contacts, PHONES),
        (params.codes, CODES),
        (params.names, NAMES),
        (params.cities, CITIES),
    )
    return tuple(kind for chosen, kind in wanted if chosen)


def _swapped(turn: Turn, number: int, swaps: Swaps) -> Turn:
    calls = tuple(replace(call, arguments=swaps.in_text(call.arguments)) for call in turn.tool_calls)
    return replace(turn, content=apply(turn.content, swaps.edits.get(number, ())), tool_calls=calls)


ENTITY_SWAP = Recipe(
    name="entity_swap",
    version="3",
    purpose="vary",
    title="Other names and numbers",
    explanation=(
        "The same conversation about other people, places, contacts, amounts, dates and numbers, consistent from the "
        "first turn to the last. Use it for variety without new wording, or to replace personal data. Names nobody "
        "introduces may be missed, and what is said of public people and places is no longer true. It needs no model. "
        "English, French, Chinese."
    ),
    make=entity_swap,
    params=EntitySwapParams,
    keeps=(
        "every other word",
        "number and order of turns",
        "gender of names",
        "sums, ranges and shares of amounts",
        "weekdays",
    ),
    varies=("names", "cities", "e-mail addresses and phone numbers", "amounts", "dates", "order numbers"),
    gates=(same_people, only_swapped, still_right),
)
