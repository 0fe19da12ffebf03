"""Items that a recipe proposes, and what an approved one is to the recipe that goes on from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.errors import GenerateError, InvalidInput, UnknownName
from workbench.flows.documents import document_of
from workbench.flows.unit import Unit
from workbench.generate import RECIPES, Blank, Recipe, Then, read_params
from workbench.ids import content_hash
from workbench.model import Document, Draft, Json, Run, Sample, Turn, Written
from workbench.store.base import Store


def then_of(made: Draft | Run) -> Then | None:
    """What goes on from a draft (or from the drafts of a run); None where these are not items to approve."""
    try:
        recipe = RECIPES.get(made.recipe)
        return recipe.proposes(read_params(recipe, made.params))
    except (UnknownName, InvalidInput):  # an extension that is not loaded, or parameters of another version
        return None


def item_unit(store: Store, recipe: Recipe, run: Run, item_id: str, row: int) -> Unit:
    """What the share of an approved item starts from; one whose approval was taken back says so as its refusal."""
    item = store.draft(item_id)
    refusal = None
    if item.state != "approved":
        refusal = GenerateError("the approval was taken back", hint="approve it again, then go on with the run")
    then = then_of(item)
    if then is None or then.recipe != recipe.name:
        raise InvalidInput(f"{item.recipe} is at another version now", hint="have its items proposed again")
    samples, document = tuple(store.samples(item.parents)), document_of(store, item)
    unit = unit_of(recipe, read_params(recipe, run.params), then, run, item, samples, document, row)
    return replace(unit, refusal=refusal)


def unit_of(
    recipe: Recipe,
    params: Any,
    then: Then,
    run: Run,
    item: Draft,
    samples: tuple[Sample, ...],
    document: Document | None,
    row: int,
) -> Unit:
    """What the recipe that goes on gets of an item; `samples` and `document` are what that was made from."""
    material: Sample | Blank
    if not then.parameters:
        material = Sample(item.id, item.agreed, Written(""), "", language=item.language)
    elif recipe.starts_from == "sample":
        material = samples[0]
    else:
        material = _blank(recipe, params, run, item, row)
    return Unit(material, samples, document, given_by(then, item.agreed, item.meta), _told(then, item))


def given_by(then: Then, turns: tuple[Turn, ...], meta: Json) -> Json:
    """The parameters that an item gives to the recipe that goes on."""
    texts = {turn.id: turn.content for turn in turns if turn.id in then.parameters}
    return {**meta.get("given", {}), **texts}


def _blank(recipe: Recipe, params: Any, run: Run, item: Draft, row: int) -> Blank:
    """Rows of one item are counted among themselves, and drawn from a seed of its own."""
    size, rows = recipe.share_rows(params), recipe.per_parent(params)
    seed = int(content_hash([run.seed, item.id])[-12:], 16)
    return Blank(row % rows // size, rows // size, seed)


def _told(then: Then, item: Draft) -> Json:
    """Who approved what, for the history of a draft that is made from it."""
    edited = {"edited": True} if item.edited is not None else {}
    by = {"by": item.decided_by, "at": item.decided_at}
    title = str(item.meta.get("title", "")) if item.edited is None else item.agreed[0].content[:80]
    named = {"title": title} if title and not then.parameters else {}
    return {**named, "approved": {"what": then.what, "item": item.id, "run": item.run, **by, **edited}}
