"""Where a person is in a review queue, and what came of it.

The place is never stored: it follows from the answers that are there, so that a killed kernel loses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.flows import reviews
from workbench.flows.label import scheme_named
from workbench.flows.queueing import by_sample, open_disputes
from workbench.flows.reviews import Ledger, Mine
from workbench.label import Agreement, Flips, Given, Pace, Repeat, SelfAgreement
from workbench.label import agreement as agreement_of
from workbench.label import flips as flips_of
from workbench.label import pace as pace_of
from workbench.label import self_agreement as self_agreement_of
from workbench.label.queue import (
    Item,
    Queue,
    Step,
    by_turn,
    dispute,
    items_of,
    steps_of,
)
from workbench.model import Sample, TagScheme, TagValue
from workbench.store.base import Store


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
    apart = {sample: dispute(tags[sample], {scheme.name: scheme}) for sample in open_disputes(scheme, tags, ledger)}
    return sorted(apart, key=lambda sample: (-apart[sample], sample))
