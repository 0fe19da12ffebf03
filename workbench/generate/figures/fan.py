"""The figures of `fan_100`: how many, what stayed, how alike, how evenly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from workbench.generate.alike import nearest
from workbench.generate.figures.base import SHARE, Figure, Made
from workbench.generate.figures.words import pair_of, row_of, with_event
from workbench.model import Draft
from workbench.text import search_key

MOST_NAMED = 5
EVEN = 1
"""By how many variants the most used value of an axis may be ahead of the least used one."""


def fan_figures(made: Made, params: Any) -> Iterator[Figure]:
    """Accepted of the wanted, what must stay, the closest pair beside the limit, and each axis."""
    kept = [draft for draft in made.drafts if draft.state != "rejected"]
    yield Figure(
        title="Accepted of the wanted",
        value=sum(draft.state == "accepted" for draft in made.drafts),
        of=made.wanted,
        unit="variants",
        meaning="How many variants people accepted, of those the run was asked for",
    )
    yield Figure(
        title="Different enough",
        value=len(made.drafts),
        of=made.wanted,
        unit="variants",
        meaning="How many variants the recipe found that are all under the limit of likeness",
    )
    yield _stays(kept)
    yield _closest(kept, made, float(params.cap))
    names = {one.name: str(one.metadata.get("title", one.name)) for one in fields(params)}
    for axis, found in _levels(kept).items():
        yield _even(names.get(axis, axis), found)


def _stays(drafts: Sequence[Draft]) -> Figure:
    lost = [draft for draft in drafts if _missing(draft)]
    asked = [draft for draft in drafts if draft.meta.get("keeps")]
    return Figure(
        title="What must stay is there",
        value=len(asked) - len(lost) if asked else None,
        of=len(asked) if asked else None,
        unit="variants",
        meaning="In how many variants every phrase that you listed stands word for word",
        parts=tuple((row_of(draft), None) for draft in lost[:MOST_NAMED]),
        note="" if asked else "no phrase was listed under “Must stay”",
        wrong=bool(lost),
    )


def _missing(draft: Draft) -> list[str]:
    said = search_key(" ".join(turn.content for turn in draft.turns))
    return [str(phrase) for phrase in draft.meta.get("keeps", ()) if search_key(str(phrase)) not in said]


def _closest(drafts: Sequence[Draft], made: Made, cap: float) -> Figure:
    """The closest pair among the variants of each event, the event itself included."""
    best: tuple[float, str] | None = None
    for event, own in _by_event(drafts).items():
        whole = [*(draft.turns for draft in own), *(made.sources[one].turns for one in (event,) if one in made.sources)]
        found = nearest(whole, made.seed, most=len(whole))
        if found is not None and (best is None or max(found.shares) > best[0]):
            one, other = sorted(found.pair)
            name = pair_of(own[one], own[other]) if other < len(own) else with_event(own[one])
            best = max(found.shares), name
    return Figure(
        title="Closest pair",
        value=best[0] if best else None,
        unit=SHARE,
        limit=cap,
        meaning="Share of three-word sequences that the two most alike have in common; the event is one of them",
        parts=((best[1], None),) if best else (),
        note="" if best else "there are no two to compare",
        wrong=best is not None and best[0] >= cap,
    )


def _by_event(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[draft.parents[0] if draft.parents else ""].append(draft)
    return found


def _levels(drafts: Sequence[Draft]) -> dict[str, list[Counter[str]]]:
    """Axis -> for each event how often each of its values is used."""
    found: dict[str, list[Counter[str]]] = defaultdict(list)
    for own in _by_event(drafts).values():
        axes: Mapping[str, Any] = own[0].meta.get("fan", {}).get("levels", {})
        for axis in axes:
            used = (draft.meta.get("fan", {}).get("levels", {}).get(axis) for draft in own)
            found[axis].append(Counter(str(level) for level in used if level))
    return found


def _even(name: str, events: Sequence[Counter[str]]) -> Figure:
    """How often the least and the most used value come up in one event: that in which they are furthest apart."""
    worst = max(events, key=lambda used: max(used.values()) - min(used.values()))
    least, most = min(worst.values()), max(worst.values())
    whole = sum(events, Counter[str]())
    return Figure(
        title=f"Evenly used: {name}",
        value=least,
        to=most,
        unit="variants",
        meaning="How many variants of an event have its least and its most used value; even means one apart at most",
        parts=tuple((level, float(count)) for level, count in sorted(whole.items(), key=lambda item: item[1])),
        wrong=most - least > EVEN,
    )
