"""The figures of `lexicon_triples`: how much of the words is used, whether they are said, how alike the outcome is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from typing import Any

from workbench.generate.figures.base import SHARE, Figure, Made
from workbench.generate.figures.nearest import nearest_figures
from workbench.generate.lexicon import KINDS, Lists, how_many, lists_of, used
from workbench.model import Draft


def triples_figures(made: Made, params: Any) -> Iterator[Figure]:
    """Triples, words, how many say all three, words outside the list, and the nearest other conversation."""
    triples = [tuple(draft.meta["words"]["triple"]) for draft in made.drafts if "words" in draft.meta]
    lists = lists_of(params)
    yield Figure(
        title="Different triples used",
        value=len(set(triples)),
        of=how_many(lists),
        unit="triples",
        meaning="How many combinations of three words the conversations are about, of all that your lists give",
    )
    yield _coverage(triples, lists)
    yield _all_said(made.drafts)
    yield _outside(made.drafts, float(params.outside))
    yield from nearest_figures(made)


def _coverage(triples: Sequence[tuple[str, ...]], lists: Lists) -> Figure:
    found, sizes = used(lists, triples), [len(set(words)) for words in lists]
    return Figure(
        title="Words of the lists used",
        value=sum(found) / sum(sizes),
        unit=SHARE,
        meaning="Share of the things, actions and conditions that came up at least once",
        parts=tuple((kind, one / size) for kind, one, size in zip(KINDS, found, sizes, strict=True)),
    )


def _all_said(drafts: Sequence[Draft]) -> Figure:
    """As the gate on the words found it, also after a change."""
    severities = [{one.severity for one in draft.gates if one.check == "all_three"} for draft in drafts]
    missing = sum("problem" in found for found in severities)
    unsure = sum("warning" in found and "problem" not in found for found in severities)
    return Figure(
        title="Say all three words",
        value=(len(drafts) - missing - unsure) / len(drafts) if drafts else None,
        unit=SHARE,
        meaning="Share of the conversations in which all three words are said, in any form",
        parts=tuple(
            (name, count / len(drafts)) for name, count in (("not said", missing), ("perhaps said", unsure)) if count
        ),
        note="" if drafts else "no conversation has a text yet",
    )


def _outside(drafts: Sequence[Draft], most: float) -> Figure:
    shares = [float(draft.meta["words"]["outside"]) for draft in drafts if "outside" in draft.meta.get("words", {})]
    return Figure(
        title="Words outside your list",
        value=mean(shares) if shares else None,
        unit=SHARE,
        limit=most if shares else None,
        meaning="Share of other words in a conversation, on average",
        parts=(("most in one conversation", max(shares)),) if shares else (),
        note="" if shares else "no list of words was given",
        wrong=bool(shares) and mean(shares) > most,
    )
