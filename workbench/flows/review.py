"""Review queues: made from a query in an order, and where a person is in one.

The place is never stored: it follows from the answers that are there, so that a killed kernel loses nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import InvalidInput
from workbench.flows import reviews
from workbench.flows.label import scheme_named
from workbench.flows.reviews import Ledger, Mine
from workbench.ids import new_id, now_ms
from workbench.label import CANNOT_SAY, Agreement, Flips, Given, Pace, Repeat, SelfAgreement
from workbench.label import agreement as agreement_of
from workbench.label import flips as flips_of
from workbench.label import pace as pace_of
from workbench.label import self_agreement as self_agreement_of
from workbench.label.queue import (
    MOST,
    Item,
    Order,
    Queue,
    Step,
    by_turn,
    check_order,
    dispute,
    items_of,
    shuffled,
    steps_of,
    uncertainty,
)
from workbench.model import Sample, Tag, TagScheme, TagValue
from workbench.store.base import Store

LOOKED_AT = 20_000
"""So many samples of a query are weighed by their tags when a queue is made; of more, a random part."""

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class QueueState:
    """Where a person is: places of `items` that are done, those put behind the others, and the place to go on at."""

    queue: Queue
    items: tuple[Item, ...]
    done: tuple[int, ...]
    skipped: tuple[int, ...]
    next: int | None
    pace: Pace

    @property
    def left(self) -> int:
        """How many items are not done."""
        return len(self.items) - len(self.done)


@dataclass(frozen=True, slots=True)
class QueueResults:
    """What came of a queue for one person: their answers by scheme and value, and what they say about agreement."""

    queue: Queue
    done: int
    total: int
    pace: Pace
    answers: Mapping[str, Mapping[TagValue, int]]
    again: tuple[SelfAgreement, ...]
    agreement: tuple[Agreement, ...]
    flips: tuple[Flips, ...]


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
        open_ones = {one for scheme in schemes.values() for one in _open_disputes(scheme, tags, ledger)}
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


class Look:
    """What is needed to say which questions of a queue are asked and answered, read once."""

    def __init__(self, store: Store, author: str, queue: Queue, ledger: Ledger) -> None:
        self.queue = queue
        self.author = author
        self.schemes = {scheme.name: scheme for scheme in store.schemes()}
        self.tags = by_sample(store.tags(queue.samples))
        turns = any(by_turn(queue, self.schemes[name]) for name in queue.schemes if name in self.schemes)
        self.samples: dict[str, Sample] = (
            {sample.id: sample for sample in store.samples(queue.samples)} if turns else {}
        )
        self.mine = Mine(queue.id, author)
        self.ledger = ledger

    def asked(self, item: Item) -> list[Step]:
        """The questions of an item that are put to this person."""
        steps = steps_of(self.queue, item, self.schemes, self.samples.get(item.sample))
        if self.queue.order == "again":
            given = self._given(item.sample)
            return [step for step in steps if step in given]
        if self.queue.order == "settle":
            here, settled = self.tags.get(item.sample, []), self.ledger.settled[self.mine]
            return [
                step for step in steps if step in settled or dispute(here, {step.scheme: self.schemes[step.scheme]}) > 0
            ]
        return steps

    def answered(self, sample: str) -> set[Step]:
        """The questions about a sample that this person has answered in the sense of the queue."""
        if self.queue.order == "again":
            return {step for step in self.ledger.again[self.mine] if step.sample == sample}
        if self.queue.order == "settle":  # an answer that was taken back settles nothing
            return self.ledger.settled[self.mine] & self._given(sample)
        return self._given(sample)

    def _given(self, sample: str) -> set[Step]:
        return {
            Step(sample, tag.scheme, tag.turn)
            for tag in self.tags.get(sample, [])
            if tag.author == self.author and not tag.machine
        }


def queue_state(store: Store, author: str, queue_id: str, ledger: Ledger | None = None) -> QueueState:
    """Where `author` is in a queue. Raises `UnknownName`."""
    ledger = ledger or reviews.read_ledger(store)
    queue = ledger.queue(queue_id)
    look = Look(store, author, queue, ledger)
    items = items_of(queue)
    answered = {sample: look.answered(sample) for sample in queue.samples}
    done = tuple(
        place for place, item in enumerate(items) if all(step in answered[item.sample] for step in look.asked(item))
    )
    places = {item: place for place, item in enumerate(items)}
    behind = set(done)
    skipped = tuple(places[item] for item in ledger.skips[look.mine] if item in places and places[item] not in behind)
    behind |= set(skipped)
    following = next((place for place in range(len(items)) if place not in behind), skipped[0] if skipped else None)
    return QueueState(queue, tuple(items), done, skipped, following, _pace(store, look))


def _pace(store: Store, look: Look) -> Pace:
    """From the times in the journal: this person's answers on the queue's samples since it was made."""
    times = list(look.ledger.times[look.mine])
    if look.queue.order not in ("again", "settle"):
        times += [
            event.at
            for event in store.tag_events(look.queue.samples)
            if event.author == event.by == look.author
            and event.value is not None
            and event.scheme in look.queue.schemes
            and event.at >= look.queue.at
        ]
    return pace_of(times)


def queue_results(store: Store, author: str, queue_id: str) -> QueueResults:
    """What came of a queue for `author`. Raises `UnknownName`."""
    ledger = reviews.read_ledger(store)
    state = queue_state(store, author, queue_id, ledger)
    queue = state.queue
    tags = store.tags(queue.samples)
    schemes = [scheme for scheme in store.schemes() if scheme.name in queue.schemes]
    answers: dict[str, Counter[TagValue]] = {name: Counter() for name in queue.schemes}
    for tag in tags:
        if tag.author == author and not tag.machine and tag.scheme in answers:
            answers[tag.scheme][tag.value] += 1
    again = [
        self_agreement_of(scheme, repeats_of(ledger, author, scheme, queue.id))
        for scheme in queue.schemes
        if queue.order == "again"
    ]
    return QueueResults(
        queue,
        len(state.done),
        len(state.items),
        state.pace,
        answers,
        tuple(again),
        tuple(agreement_of(scheme, tags) for scheme in schemes),
        tuple(read_flips(store, scheme, queue.samples, ledger) for scheme in schemes),
    )


def repeats_of(ledger: Ledger, author: str, scheme: str, queue: str | None = None) -> list[Repeat]:
    """What somebody answered twice, in one queue or in all."""
    return [
        Repeat(step.sample, scheme, before, again)
        for mine, steps in ledger.again.items()
        if mine.author == author and (queue is None or mine.queue == queue)
        for step, (before, again) in steps.items()
        if step.scheme == scheme
    ]


def self_agreement(store: Store, author: str, scheme: str) -> SelfAgreement:
    """How far somebody agrees with themselves on a scheme, over all their repeats. Raises `UnknownName`."""
    scheme_named(store, scheme)
    return self_agreement_of(scheme, repeats_of(reviews.read_ledger(store), author, scheme))


def read_flips(store: Store, scheme: TagScheme, ids: Sequence[str], ledger: Ledger | None = None) -> Flips:
    """The flips of a scheme on some samples, from the journal of answers."""
    ledger = ledger or reviews.read_ledger(store)
    given = (
        Given((event.sample, event.turn or ""), event.author, event.value, event.machine, event.at)
        for event in store.tag_events(ids)
        if event.scheme == scheme.name
    )
    return flips_of(scheme, given, ledger.settled_samples(scheme.name))


def disputed(store: Store, scheme: TagScheme, ids: Sequence[str], ledger: Ledger) -> list[str]:
    """The samples on which people differ and which nobody has settled, widest apart first."""
    tags = by_sample(store.tags(ids))
    apart = {sample: dispute(tags[sample], {scheme.name: scheme}) for sample in _open_disputes(scheme, tags, ledger)}
    return sorted(apart, key=lambda sample: (-apart[sample], sample))


def _open_disputes(scheme: TagScheme, tags: Mapping[str, list[Tag]], ledger: Ledger) -> list[str]:
    """The samples on which people differ, without those that somebody's standing answer settled."""
    settled = ledger.settled_samples(scheme.name)
    return [
        sample
        for sample, given in tags.items()
        if dispute(given, {scheme.name: scheme}) > 0
        and not any(tag.scheme == scheme.name and (sample, tag.author) in settled for tag in given)
    ]


__all__ = [
    "CANNOT_SAY",
    "Look",
    "QueueResults",
    "QueueState",
    "by_sample",
    "disputed",
    "queue_results",
    "queue_state",
    "read_flips",
    "self_agreement",
    "start_queue",
]
