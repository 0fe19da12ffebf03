"""What a draft was made for becomes a suggestion when it is accepted: advice of its recipe, never a person's answer.

A recipe names it in `Candidate.meta["suggests"]`, question -> answer. A question whose policy is "never" gets none; of
the others the policy says when a person sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workbench.errors import InvalidInput
from workbench.ids import now_ms
from workbench.label import check_value
from workbench.model import Draft, Sample, Tag, TagScheme
from workbench.store.base import Store


def wishes(store: Store, pairs: Iterable[tuple[Draft, Sample]]) -> list[Tag]:
    """The suggestions for samples that drafts become, each in the name of its recipe and version."""
    schemes = {scheme.name: scheme for scheme in store.schemes()}
    return [tag for draft, sample in pairs for tag in _of(draft, sample, schemes)]


def _of(draft: Draft, sample: Sample, schemes: Mapping[str, TagScheme]) -> Iterator[Tag]:
    author = f"{draft.recipe}@{draft.version}"
    for name, value in draft.meta.get("suggests", {}).items():
        scheme = schemes.get(name)
        if scheme is None or scheme.suggestion == "never" or scheme.on == "turn":
            continue
        try:
            answer = check_value(scheme, [value] if scheme.kind == "multi" else value)
        except InvalidInput:  # the question has no such answer, or none any more
            continue
        yield Tag(sample.id, name, answer, author, now_ms(), machine=True, scheme_version=scheme.version)
