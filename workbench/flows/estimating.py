"""What a run would take, found by running the recipe on a few parents with a model that only counts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from workbench.errors import WorkbenchError
from workbench.flows.run_models import Expected
from workbench.flows.sharing import starts
from workbench.flows.unit import Unit
from workbench.flows.units import load_unit
from workbench.generate import Candidate, Material, Recipe, params_record
from workbench.llm.base import Request
from workbench.llm.budget import Prices
from workbench.llm.scripted import ScriptedModel, example_of
from workbench.llm.usage import estimated_tokens
from workbench.model import Run, Sample, Turn
from workbench.store.base import Store
from workbench.text import amount

PILOT = 5
_USUAL_ANSWER = 0.5
"""Share of the longest allowed answer that answers usually fill; the most is the whole."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect before a run. `usd` of None means that the price is not known.

    Attributes:
        rows: conversations to start from.
        drafts: drafts, at most.
        calls: requests to a model.
        prompt_tokens: tokens read, about.
        completion_tokens: tokens written, about.
        tokens_most: tokens read and written if every answer is as long as it may be.
        usd: the price of about that many tokens.
        usd_most: the price if every answer is as long as it may be.
        model: which model would be asked; empty when none is.
        notes: what else a person should know.
        then: what the next step would take if every item is approved, for a recipe whose items people approve.
        then_recipe: the recipe of that step.
    """

    rows: int
    drafts: int
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    tokens_most: int = 0
    usd: float | None = 0.0
    usd_most: float | None = 0.0
    model: str = ""
    notes: tuple[str, ...] = ()
    then: Estimate | None = None
    then_recipe: str = ""

    def __str__(self) -> str:
        if self.then is not None:
            return f"{replace(self, then=None)}\nthen {self.then_recipe}, if all are approved: {self.then}"
        if not self.calls:
            return f"{amount(self.rows, 'conversation')}, at most {amount(self.drafts, 'draft')}, no model calls"
        price = "price unknown" if self.usd is None else f"about ${self.usd:.2f}, at most ${self.usd_most or 0:.2f}"
        tokens = self.prompt_tokens + self.completion_tokens
        return (
            f"{amount(self.rows, 'conversation')}, at most {amount(self.drafts, 'draft')}, "
            f"{amount(self.calls, 'call')}, about {amount(tokens, 'token')} (at most {self.tokens_most:,}), {price}; "
            f"{self.model}"
        )


def estimated(
    store: Store,
    recipe: Recipe,
    parents: Sequence[str],
    params: Any,
    asked: Expected,
    *,
    follows: str = "",
) -> Estimate:
    """The estimate for these parents from up to `PILOT` of them, spread over the selection.

    `follows` is the run that proposed them, where they are approved items.
    """
    drafts = recipe.per_parent(params) * len(parents) if follows else recipe.rows(params, len(parents))
    shares = _shares(recipe, parents, drafts, recipe.share_rows(params), follows=bool(follows))
    if not recipe.needs_model or not shares:
        return Estimate(len(parents), drafts, model=asked.label)
    units = pilot_units(store, recipe, parents, params, follows=follows)
    needs = recipe.needed(units[0].material, params)
    told = _notes(recipe, len(units), len(shares), asked, follows=bool(follows))
    found = counted(recipe, units, params, len(shares), asked.prices)
    if needs is not None:
        drafts, told = min(drafts, needs.rows), (*told, *needs.unknown)
    return replace(found, rows=len(parents), drafts=drafts, model=asked.label, notes=told)


def pilot_units(store: Store, recipe: Recipe, parents: Sequence[str], params: Any, *, follows: str = "") -> list[Unit]:
    """Up to `PILOT` of the shares a run over these parents would have, spread over it, as they would be loaded."""
    drafts = recipe.per_parent(params) * len(parents) if follows else recipe.rows(params, len(parents))
    shares = _shares(recipe, parents, drafts, recipe.share_rows(params), follows=bool(follows))
    dry = Run(
        "", recipe.name, recipe.version, "", params_record(params), 0, "", tuple(parents), drafts, follows=follows
    )
    chosen = shares[:: max(1, len(shares) // PILOT)][:PILOT]
    return [load_unit(store, recipe, dry, parent, row) for parent, row in chosen]


def counted(recipe: Recipe, units: Sequence[Unit], params: Any, shares: int, prices: Prices) -> Estimate:
    """Calls, tokens and price of `shares` shares like these units."""
    requests = [request for unit in units for request in _requests(recipe, unit.material, unit.params(recipe, params))]
    scale = shares / len(units)
    prompt = scale * sum(_read(request) for request in requests)
    longest = scale * sum(request.max_tokens for request in requests)
    usual = longest * _USUAL_ANSWER
    return Estimate(
        rows=0,
        drafts=0,
        calls=round(scale * len(requests)),
        prompt_tokens=round(prompt),
        completion_tokens=round(usual),
        tokens_most=round(1.5 * prompt + longest),
        usd=_usd(requests, prices, scale, read=1.0, filled=_USUAL_ANSWER),
        usd_most=_usd(requests, prices, scale, read=1.5, filled=1.0),
    )


def _usd(requests: Sequence[Request], prices: Prices, scale: float, *, read: float, filled: float) -> float | None:
    """Dollars of so many times these requests, each at its own model's price; None while one price is not known."""
    asked: dict[str, list[Request]] = {name: [] for name in prices.named}
    for request in requests:
        asked[prices.name_of(request.model)].append(request)
    usd = 0.0
    for name, some in asked.items():
        price = prices.named[name]
        if price is None:
            return None
        longest = scale * sum(request.max_tokens for request in some)
        usd += price.usd(round(read * scale * sum(_read(request) for request in some)), round(longest * filled))
    return usd


def _read(request: Request) -> int:
    return sum(estimated_tokens(message.content) + 4 for message in request.messages)


def _shares(
    recipe: Recipe, parents: Sequence[str], rows: int, size: int, *, follows: bool = False
) -> list[tuple[str, int]]:
    """What the run would be split into: (parent, first row)."""
    if follows:
        each: Iterable[str] = starts(recipe, parents, rows, size, follows=True)
        return [(parent, number * size) for number, parent in enumerate(each)]
    if recipe.starts_from == "nothing":
        return [("", row) for row in range(0, rows, size)]
    return [("", 0)] if recipe.starts_from == "set" and parents else [(parent, 0) for parent in parents]


def _requests(recipe: Recipe, material: Material, params: Any) -> list[Request]:
    """What the recipe would ask for one share; a recipe that stumbles over the dry answers is counted up to there."""
    counter = dry_model()
    try:
        for made in islice(recipe.make(material, params, counter, random.Random(0)), recipe.share_rows(params)):
            _to_the_end(recipe, material, params, made, counter)
    except WorkbenchError:
        return counter.history
    return counter.history


def _to_the_end(recipe: Recipe, material: Material, params: Any, made: Candidate, counter: ScriptedModel) -> None:
    """A conversation that is only begun will be run on, turn by turn: its other calls belong to what the run takes."""
    if recipe.by_turns is None or not made.meta.get("unfinished") or not isinstance(material, Sample):
        return
    turns = list(made.turns)
    while len(turns) < recipe.by_turns.wanted(params):
        said = recipe.by_turns.next_turn(material, turns, params, counter, random.Random(0))
        turns.append(Turn(f"dry{len(turns)}", said.role, said.text))


def dry_model() -> ScriptedModel:
    """A model that sends nothing and counts what it is asked."""
    return ScriptedModel(_dry_answer)


def _dry_answer(request: Request) -> str:
    """An answer half as long as it may be, in the shape that was asked for."""
    if request.schema is not None:
        return json.dumps(example_of(request.schema))
    return "word " * max(1, round(request.max_tokens * _USUAL_ANSWER))


def _notes(recipe: Recipe, tried: int, shares: int, asked: Expected, *, follows: bool = False) -> tuple[str, ...]:
    one = shares == 1
    rests_on = {
        "sample": "from the only conversation" if one else f"from {tried} of {shares:,} conversations",
        "document": "from the only document" if one else f"from {tried} of {shares:,} documents",
        "nothing": "from the only row" if one else f"from {tried} of {shares:,} rows",
        "item": "from the only approved item" if one else f"from {tried} of {shares:,} approved items",
        "set": "from the selection as a whole",
    }
    together = min(asked.width, shares)
    notes = [
        rests_on["item" if follows else recipe.starts_from],
        "one call at a time" if together == 1 else f"{together} calls at a time",
    ]
    if len(asked.prices.named) > 1:
        models = asked.label
        notes.append(f"asks {models}")
    if not asked.prices.known:
        notes.append("the price is unknown: set it under the model's settings")
    return tuple(notes)
