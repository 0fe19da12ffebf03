"""The figures of `scenario_grid`: what of the cards is found in the text again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from workbench.generate.figures.base import SHARE, Figure, Made


def card_figures(made: Made, params: Any) -> Iterator[Figure]:
    """Fields of the cards that a reader found in the text as they were drawn, and facts that are said."""
    asked, agreed = Counter[str](), Counter[str]()
    unread = 0
    for draft in made.drafts:
        card, found = draft.meta.get("card", {}), draft.meta.get("read_back")
        unread += found == {}
        for name, value in (found or {}).items():
            asked[name] += 1
            agreed[name] += card.get(name) == value
    yield Figure(
        title="Card recovered from the text",
        value=agreed.total() / asked.total() if asked else None,
        unit=SHARE,
        meaning="Share of the fields that a model which does not know the card reads in the text as they were drawn",
        parts=tuple((name, agreed[name] / count) for name, count in asked.items()),
        note=f"{unread:,} could not be read back" if unread else "" if asked else "the cards were not read back",
    )
    with_facts = [draft for draft in made.drafts if draft.meta.get("facts")]
    said = [draft for draft in with_facts if not any(one.check == "facts" for one in draft.gates)]
    yield Figure(
        title="Say all facts of their card",
        value=len(said) / len(with_facts) if with_facts else None,
        unit=SHARE,
        meaning="Share of the conversations in which every number, code and name of the facts is said",
        note="" if with_facts else "no card has facts with a number or a name",
    )
