"""What each share of a run starts from: loaded from the store, with what a draft has to remember of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.errors import GenerateError, InvalidInput, NotFound
from workbench.flows.compared import compared_unit
from workbench.flows.items import item_unit
from workbench.flows.judged import judged_unit
from workbench.flows.unit import Unit
from workbench.generate import Blank, Recipe, SampleSet, read_params
from workbench.generate.comparing import NAME as COMPARE
from workbench.generate.judge import NAME as JUDGE
from workbench.label import consensus
from workbench.llm.base import ChatModel
from workbench.model import Run, Sample, TagValue
from workbench.store.base import Store

LARGEST_SET = 20_000
"""Samples that a recipe over a set gets at most: it holds all of them in memory."""


def checked_parents(store: Store, recipe: Recipe, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids a run over this selection starts from. Raises `InvalidInput` for a selection that does not fit."""
    unique = tuple(dict.fromkeys(ids))
    if recipe.starts_from == "nothing":
        return ()
    if not unique:
        what = "document" if recipe.starts_from == "document" else "query"
        raise InvalidInput("nothing is selected to generate from", hint=f"change the {what}")
    if recipe.starts_from == "set":
        check_set(unique)
    if recipe.starts_from == "document":
        known = {document.id for document in store.documents()}
        for unknown in (one for one in unique if one not in known):
            raise NotFound(f"there is no document {unknown!r}", hint="add one, or choose from the list")
    return unique


def check_set(unique: Sequence[str]) -> None:
    """Raise `InvalidInput` for more samples than can be looked at together."""
    if len(unique) > LARGEST_SET:
        hint = f"narrow the query to at most {LARGEST_SET:,}"
        raise InvalidInput(f"{len(unique):,} conversations are too many to look at together", hint=hint)


def load_unit(store: Store, recipe: Recipe, run: Run, parent: str, row: int) -> Unit:
    """What the share of `parent` that begins with `row` starts from; "" for a set, and for nothing."""
    if recipe.name == JUDGE:
        return judged_unit(store, parent)
    if recipe.name == COMPARE:
        return compared_unit(store, parent)
    if run.follows:
        unit = item_unit(store, recipe, run, parent, row)
        tagged = recipe.with_tags and unit.samples and unit.material is unit.samples[0]
        return replace(unit, material=next(with_tags(store, unit.samples))) if tagged else unit
    if recipe.starts_from == "document":
        try:
            document = store.document(parent)
        except NotFound as exc:
            raise NotFound(f"document {parent} is gone", hint="add it again, or choose another") from exc
        return Unit(document, document=document)
    if recipe.starts_from == "nothing":
        size = recipe.share_rows(read_params(recipe, run.params))
        return Unit(Blank(row // size, run.requested // size, run.seed))
    if recipe.starts_from == "set":
        samples = tuple(store.samples(run.parents))
        material = with_tags(store, samples) if recipe.with_tags else samples
        return Unit(SampleSet(material, row, run.seed, drawn=run.drawn), samples)
    sample = store.get(parent)
    return Unit(next(with_tags(store, [sample])) if recipe.with_tags else sample, (sample,))


def with_tags(store: Store, samples: Sequence[Sample]) -> Iterator[Sample]:
    """The samples with what people answered about them, as recipes with tags get them; the stored ones stay."""
    given: dict[tuple[str, str], list[TagValue]] = defaultdict(list)
    for tag in store.tags([sample.id for sample in samples]):
        if tag.turn is None and not tag.machine:
            given[tag.sample, tag.scheme].append(tag.value)
    agreed: dict[str, dict[str, TagValue]] = defaultdict(dict)
    for (sample_id, scheme), values in given.items():
        value = consensus(values)
        if value is not None:
            agreed[sample_id][scheme] = value
    for sample in samples:
        yield replace(sample, extra={**sample.extra, "tags": agreed[sample.id]})


def held_back(unit: Unit, models: Iterable[ChatModel], policies: Mapping[str, str]) -> GenerateError | None:
    """Why nothing is made of this: an approval was taken back, or its source's text has to stay on this machine.

    Where several models are asked, the text would be seen by each of them: all have to be here.
    """
    if unit.refusal is not None:
        return unit.refusal
    if all(model.on_this_machine for model in models):
        return None
    if all(policies.get(source) == "may_leave" for source in unit.sources):
        return None
    return GenerateError(
        "its source does not let text leave this machine", hint="use a local model, or change the source's policy"
    )
