"""What each share of a run starts from: loaded from the store, with what a draft has to remember of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.errors import GenerateError, InvalidInput, NotFound
from workbench.generate import Blank, Material, Recipe, read_params
from workbench.label import consensus
from workbench.llm.base import ChatModel
from workbench.model import Document, Run, Sample, Tag, TagValue, Written
from workbench.store.base import Store

LARGEST_SET = 20_000
"""Samples that a recipe over a set gets at most: it holds all of them in memory."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The material of one share: what the recipe gets, and the samples and the document behind it."""

    material: Material
    samples: tuple[Sample, ...] = ()
    document: Document | None = None

    @property
    def parents(self) -> tuple[str, ...]:
        """Ids of the samples behind it."""
        return tuple(sample.id for sample in self.samples)

    def depth(self, parents: Iterable[str] | None = None) -> int:
        """The generation depth of what is made of it: 1 + the deepest parent's, 1 without any."""
        named = None if parents is None else set(parents)
        depths = [sample.origin.depth for sample in self.samples if named is None or sample.id in named]
        return 1 + max(depths, default=0)

    @property
    def language(self) -> str | None:
        """The language of the sample or document; None for a set or nothing."""
        if self.document is not None:
            return self.document.language
        return self.samples[0].language if len(self.samples) == 1 else None

    @property
    def subject(self) -> Sample:
        """What gates compare a candidate with: the one parent, else a sample without turns."""
        if isinstance(self.material, Sample):
            return self.material
        return Sample("", (), Written(""), "", language=self.language)

    @property
    def group(self) -> str:
        """What candidates that name no group of their own share."""
        if self.document is not None:
            return self.document.id
        return self.material.id if isinstance(self.material, Sample) else ""

    @property
    def sources(self) -> set[str]:
        """Ids of the sources whose text it holds."""
        found = {sample.source for sample in self.samples}
        return found | {self.document.source} if self.document else found


def checked_parents(store: Store, recipe: Recipe, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids a run over this selection starts from. Raises `InvalidInput` for a selection that does not fit."""
    unique = tuple(dict.fromkeys(ids))
    if recipe.starts_from == "nothing":
        return ()
    if not unique:
        what = "document" if recipe.starts_from == "document" else "query"
        raise InvalidInput("nothing is selected to generate from", hint=f"change the {what}")
    if recipe.starts_from == "set" and len(unique) > LARGEST_SET:
        hint = f"narrow the query to at most {LARGEST_SET:,}"
        raise InvalidInput(f"{len(unique):,} conversations are too many to look at together", hint=hint)
    if recipe.starts_from == "document":
        known = {document.id for document in store.documents()}
        for unknown in (one for one in unique if one not in known):
            raise NotFound(f"there is no document {unknown!r}", hint="add one, or choose from the list")
    return unique


def load_unit(store: Store, recipe: Recipe, run: Run, parent: str, row: int) -> Unit:
    """What the share of `parent` (or, for a recipe that starts from nothing, of `row`) starts from."""
    if recipe.starts_from == "document":
        document = next((one for one in store.documents() if one.id == parent), None)
        if document is None:
            raise NotFound(f"document {parent} is gone", hint="add it again, or choose another")
        return Unit(document, document=document)
    if recipe.starts_from == "nothing":
        size = recipe.share_rows(read_params(recipe, run.params))
        return Unit(Blank(row // size, run.requested // size, run.seed))
    if recipe.starts_from == "set":
        samples = tuple(store.samples(run.parents))
        return Unit(tuple(_with_tags(store, samples)) if recipe.with_tags else samples, samples)
    sample = store.get(parent)
    return Unit(next(_with_tags(store, [sample])) if recipe.with_tags else sample, (sample,))


def _with_tags(store: Store, samples: Sequence[Sample]) -> Iterator[Sample]:
    """The samples as recipes with tags get them; what is stored stays as it is."""
    given: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for tag in store.tags([sample.id for sample in samples]):
        if tag.turn is None:
            given[tag.sample, tag.scheme].append(tag)
    agreed: dict[str, dict[str, TagValue]] = defaultdict(dict)
    for (sample_id, scheme), tags in given.items():
        by_people = [tag for tag in tags if not tag.machine]
        value = consensus([tag.value for tag in by_people or tags])
        if value is not None:
            agreed[sample_id][scheme] = value
    for sample in samples:
        yield replace(sample, extra={**sample.extra, "tags": agreed[sample.id]})


def held_back(unit: Unit, model: ChatModel | None, policies: Mapping[str, str]) -> GenerateError | None:
    """Text of a source that has to stay on this machine is not sent to an endpoint elsewhere."""
    if model is None or model.on_this_machine:
        return None
    if all(policies.get(source) == "may_leave" for source in unit.sources):
        return None
    return GenerateError(
        "its source does not let text leave this machine", hint="use a local model, or change the source's policy"
    )
