"""What one share of a run starts from, with what a draft has to remember of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import GenerateError
from workbench.generate import Material, Recipe, params_record, read_params
from workbench.model import Document, Json, Sample, Written


@dataclass(frozen=True, slots=True)
class Unit:
    """The material of one share: what the recipe gets, and the samples and the document behind it.

    Where it is an approved item, `given` are the parameters that come from it, `told` is what a draft keeps of it, and
    `refusal` says why nothing may be made from it.
    """

    material: Material
    samples: tuple[Sample, ...] = ()
    document: Document | None = None
    given: Json = field(default_factory=dict)
    told: Json = field(default_factory=dict)
    refusal: GenerateError | None = None

    def params(self, recipe: Recipe, params: Any) -> Any:
        """The parameters of a run as they are for this share. Raises `InvalidInput` for an item that does not fit."""
        return read_params(recipe, {**params_record(params), **self.given}) if self.given else params

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
        if isinstance(self.material, Sample) and self.material.language:
            return self.material.language
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
        if isinstance(self.material, Sample):
            return self.material.id
        return self.document.id if self.document is not None else ""

    @property
    def sources(self) -> set[str]:
        """Ids of the sources whose text it holds."""
        found = {sample.source for sample in self.samples}
        return found | {self.document.source} if self.document else found
