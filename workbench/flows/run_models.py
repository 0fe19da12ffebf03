"""The models that a run asks: the workspace's own, or those that its parameters name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import InvalidInput, UnknownName
from workbench.flows.connected import MAIN, connected, settings_of
from workbench.flows.models import MOST_IN_FLIGHT, in_flight, model_from_settings, model_label, price_of
from workbench.generate import Recipe, named_models
from workbench.llm.base import ChatModel
from workbench.llm.budget import Prices
from workbench.model import Json, Run
from workbench.store.base import Store


@dataclass(frozen=True, slots=True)
class RunModels:
    """The models of a run by their short names, the one that is asked where a recipe names none first.

    A run of the workspace's own model has it under "", one of a recipe that asks none has none. `widths` says how many
    calls an endpoint gets at once, at most.
    """

    named: Mapping[str, ChatModel] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> tuple[ChatModel, ...]:
        """The models."""
        return tuple(self.named.values())

    @property
    def title(self) -> str | None:
        """Their names, as a run keeps them; None without any."""
        return ", ".join(dict.fromkeys(model.name for model in self.all)) or None

    @property
    def names(self) -> dict[str, str]:
        """Short name -> the model's own name, where short names were given."""
        return {short: model.name for short, model in self.named.items() if short}

    @property
    def places(self) -> dict[str, tuple[str, str]]:
        """Short name -> address and the model's own name."""
        return {short: (model.endpoint, model.name) for short, model in self.named.items()}

    @property
    def endpoints(self) -> dict[str, str]:
        """Short name -> address, as a run keeps them."""
        return {short: model.endpoint for short, model in self.named.items()}

    @property
    def width(self) -> int:
        """Calls under way at once, at all endpoints together."""
        return min(MOST_IN_FLIGHT, sum(self.widths.values()))


def models_of(store: Store, recipe: Recipe, params: Any, given: ChatModel | None) -> RunModels:
    """The models that a run with this recipe and these parameters asks; `given` stands for the workspace's own.

    Raises `InvalidInput` for a short name under which none is connected, and for a `given` model that would not be
    asked since the parameters name others; and what `model_from_settings` raises.
    """
    if not recipe.needs_model:
        return RunModels()
    chosen = _chosen(store, params)
    if given is not None and chosen.keys().isdisjoint({"", MAIN}):
        named_there = ", ".join(chosen)
        raise InvalidInput(
            f"the model given here would not be asked: the parameters name {named_there}",
            hint=f"it stands for {MAIN}: name that too, name no models, or give no model",
        )
    named: dict[str, ChatModel] = {}
    widths: dict[str, int] = {}
    for short, settings in chosen.items():
        own = given if short in {"", MAIN} else None
        model = named[short] = own or model_from_settings(settings)
        width = in_flight(settings)
        widths[model.endpoint] = min(width, widths.get(model.endpoint, width))
    return RunModels(named, widths)


def models_again(store: Store, recipe: Recipe, params: Any, given: ChatModel | None, run: Run) -> RunModels:
    """The models of a run that is gone on with. Raises `InvalidInput` where one of them is another by now, or gone."""
    used = models_of(store, recipe, params, given)
    for short, model in used.named.items():
        if not short and model.name != run.model:
            raise InvalidInput(
                f"the run used the model {run.model}, not {model.name}", hint="choose it in the settings"
            )
        asked = run.models.get(short, "")
        if short and model.name != asked:
            raise InvalidInput(f"the run used {asked} as {short}, not {model.name}", hint="connect it again")
    return used


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of the models of a run before it starts, without loading any: in words, prices, calls at once."""

    label: str
    prices: Prices
    width: int


def expected(store: Store, recipe: Recipe, params: Any) -> Expected:
    """The same for a run with this recipe and these parameters. Raises `InvalidInput` as `models_of` does."""
    chosen = _chosen(store, params)
    labels = [f"{short}: {model_label(settings)}" if short else model_label(settings)
              for short, settings in chosen.items()]  # fmt: skip
    prices = {short: price_of(settings) for short, settings in chosen.items()}
    label = "; ".join(labels) if recipe.needs_model else ""
    return Expected(label, Prices(prices), _width(chosen))


def width_now(store: Store, params: Any) -> int:
    """Calls that a run with these parameters has under way at once, as the settings are now.

    Where a model that they name is no longer connected, that of the workspace's own.
    """
    try:
        return _width(_chosen(store, params))
    except InvalidInput:
        return _width({"": settings_of(store)})


def _width(chosen: Mapping[str, Json]) -> int:
    """Calls under way at once, at all addresses together; two names of one address share its pace."""
    widths: dict[str, int] = {}
    for settings in chosen.values():
        place, width = settings.get("base_url", ""), in_flight(settings)
        widths[place] = min(width, widths.get(place, width))
    return min(MOST_IN_FLIGHT, sum(widths.values()))


def _chosen(store: Store, params: Any) -> dict[str, Json]:
    """Short name -> settings of the models that the parameters name; the workspace's own under "" where they do not."""
    names = named_models(params)
    if not names:
        return {"": settings_of(store)}
    try:
        return {name: settings_of(store, name) for name in names}
    except UnknownName as exc:
        known = ", ".join(connected(store))
        raise InvalidInput(exc.message, hint=f"connect it under Settings, or name one of: {known}") from exc
