"""Making a review queue: which samples of a query are asked about, in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.errors import InvalidInput
from workbench.flows import reviews
from workbench.flows.label import scheme_named
from workbench.flows.reviews import Ledger
from workbench.ids import new_id, now_ms
from workbench.label.queue import MOST, Order, Queue, check_order, dispute, shuffled, uncertainty
from workbench.model import Tag, TagScheme
from workbench.store.base import Store

LOOKED_AT = 20_000
"""So many samples of a query are weighed by their tags when a queue is made; of more, a random part."""

CHUNK = 1000


def start_queue(
    store: Store,
    author: str,
    ids: Sequence[str],
    schemes: Sequence[str],
    *,
    query: str,
    name: str,
    order: Order,
    count: int,
    seed: int,
    together: bool,
    each_turn: bool,
) -> Queue:
    """Make a queue of at most `count` of these samples and write it down.

    Raises `InvalidInput` for an unknown order, no scheme, or when nothing is left to ask; `UnknownName`.
    """
    check_order(order)
    asked = {scheme: scheme_named(store, scheme) for scheme in dict.fromkeys(schemes)}
    if not asked:
        raise InvalidInput("a review asks at least one question", hint="choose a tag scheme")
    count = max(1, min(int(count), MOST))
    chosen, ranked = _chosen(store, author, ids, asked, order, count, seed, each_turn=each_turn)
    if not chosen:
        raise _nothing(order, found=len(ids))
    titles = ", ".join(scheme.title or scheme.name for scheme in asked.values())
    queue = Queue(
        new_id("queue"), name.strip() or titles, query, order, tuple(asked), tuple(chosen), author, now_ms(), seed,
        together, each_turn, len(ids), ranked,
    )  # fmt: skip
    reviews.keep_queue(store, queue)
    return queue


def _nothing(order: Order, *, found: int) -> InvalidInput:
    if not found:
        return InvalidInput("the query finds no conversation", hint="choose another query")
    why = {
        "again": "you have answered none of these questions about them yet",
        "settle": "nobody disagrees about them, or it is settled already",
    }
    return InvalidInput(
        f"there is nothing to ask: {why.get(order, 'you have answered all of it already')}",
        hint="choose another query or other questions",
    )


def _chosen(
    store: Store,
    author: str,
    ids: Sequence[str],
    schemes: Mapping[str, TagScheme],
    order: Order,
    count: int,
    seed: int,
    *,
    each_turn: bool,
) -> tuple[list[str], int]:
    """The samples of a queue in its order, and for how many of them there was something to sort by."""
    if order in ("query", "random"):
        mixed = ids if order == "query" else shuffled(ids, seed)
        kept = _first(_unanswered(store, author, mixed, schemes, each_turn=each_turn), count)
        return kept, 0
    looked = shuffled(ids, seed)[:LOOKED_AT]
    tags = by_sample(store.tags(looked))
    if order == "again":
        mine = [one for one in looked if any(_is_mine(tag, author, schemes) for tag in tags.get(one, ()))]
        return mine[:count], 0
    if order == "settle":
        ledger = reviews.read_ledger(store)
        open_ones = {one for scheme in schemes.values() for one in open_disputes(scheme, tags, ledger)}
        looked = [one for one in looked if one in open_ones]
    else:
        left = set(_unanswered(store, author, looked, schemes, each_turn=each_turn))
        looked = [one for one in looked if one in left]
    weights: dict[str, float] = {}
    for one in looked:
        weight = _weight(order, tags.get(one, []), schemes)
        if weight is not None:
            weights[one] = weight
    if order == "settle":
        looked = list(weights)
    ordered = sorted(looked, key=lambda one: -weights.get(one, -1.0))  # stable: equals stay shuffled
    return ordered[:count], sum(one in weights for one in ordered[:count])


def _weight(order: Order, tags: list[Tag], schemes: Mapping[str, TagScheme]) -> float | None:
    apart = dispute(tags, schemes)
    if order != "uncertain":
        return apart or None
    doubt = uncertainty(tags, tuple(schemes))
    return apart or None if doubt is None else max(doubt, apart)


def _is_mine(tag: Tag, author: str, schemes: Iterable[str]) -> bool:
    return tag.author == author and not tag.machine and tag.turn is None and tag.scheme in schemes


def _first(ids: Iterator[str], count: int) -> list[str]:
    return [one for one, _ in zip(ids, range(count), strict=False)]


def _unanswered(
    store: Store, author: str, ids: Sequence[str], schemes: Mapping[str, TagScheme], *, each_turn: bool
) -> Iterator[str]:
    """Those samples on which this person has not answered every scheme. Answers about turns are not looked at here."""
    asked = {
        name for name, scheme in schemes.items() if scheme.on != "turn" and not (each_turn and scheme.on == "both")
    }
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        given: dict[str, set[str]] = defaultdict(set)
        for tag in store.tags(part):
            if _is_mine(tag, author, asked):
                given[tag.sample].add(tag.scheme)
        yield from (one for one in part if asked - given[one] or len(asked) < len(schemes))


def by_sample(tags: Iterable[Tag]) -> dict[str, list[Tag]]:
    """Tags grouped by the sample they are about."""
    groups: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        groups[tag.sample].append(tag)
    return groups


def open_disputes(scheme: TagScheme, tags: Mapping[str, list[Tag]], ledger: Ledger) -> list[str]:
    """The samples on which people differ, without those that somebody's standing answer settled."""
    settled = ledger.settled_samples(scheme.name)
    return [
        sample
        for sample, given in tags.items()
        if dispute(given, {scheme.name: scheme}) > 0
        and not any(tag.scheme == scheme.name and (sample, tag.author) in settled for tag in given)
    ]
