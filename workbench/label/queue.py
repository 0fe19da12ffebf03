"""Review queues as values: which samples are asked about, in which order, and what is left of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, get_args

from workbench.errors import InvalidInput
from workbench.label.answers import CANNOT_SAY
from workbench.model import Sample, Tag, TagScheme, TagValue

Order = Literal["query", "random", "uncertain", "disputed", "again", "settle"]
"""How a queue is sorted. "again" asks what I answered before, without showing it; "settle" asks what people dispute."""

ORDERS: tuple[Order, ...] = get_args(Order)
MOST = 5000
"""A queue never holds more samples: that is days of work, and it fits on the screen's side as well."""

SPOKEN = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Queue:
    """Samples to answer questions about, in a fixed order. It is kept whole, so that a restart changes nothing.

    `together` asks all schemes about one sample before the next; otherwise one scheme goes across all samples first.
    `each_turn` asks schemes that allow it about every turn. `found` is how many samples the query found, `ranked` for
    how many of `samples` there was something to sort by.
    """

    id: str
    name: str
    query: str
    order: Order
    schemes: tuple[str, ...]
    samples: tuple[str, ...]
    author: str
    at: int
    seed: int = 0
    together: bool = True
    each_turn: bool = False
    found: int = 0
    ranked: int = 0


class Step(NamedTuple):
    """One question: this scheme about this sample, or about one of its turns."""

    sample: str
    scheme: str
    turn: str | None = None


class Item(NamedTuple):
    """What is on the screen at one time: a sample, and one scheme or (None) all of them."""

    sample: str
    scheme: str | None


def check_order(order: str) -> Order:
    """The order by its name; raises `InvalidInput`."""
    if order not in ORDERS:
        raise InvalidInput(f"a queue cannot be in the order {order!r}", hint=f"give one of: {', '.join(ORDERS)}")
    return order


def items_of(queue: Queue) -> list[Item]:
    """Everything a queue shows, in order."""
    if queue.together:
        return [Item(sample, None) for sample in queue.samples]
    return [Item(sample, scheme) for scheme in queue.schemes for sample in queue.samples]


def by_turn(queue: Queue, scheme: TagScheme) -> bool:
    """Whether this queue asks a scheme about each turn instead of the whole conversation."""
    return scheme.on == "turn" or (scheme.on == "both" and queue.each_turn and queue.order not in ("again", "settle"))


def steps_of(queue: Queue, item: Item, schemes: Mapping[str, TagScheme], sample: Sample | None) -> list[Step]:
    """The questions of one item; `sample` is needed only where turns are asked about."""
    steps: list[Step] = []
    for name in (item.scheme,) if item.scheme else queue.schemes:
        if name not in schemes:
            continue
        if not by_turn(queue, schemes[name]):
            steps.append(Step(item.sample, name))
        elif sample is not None:
            steps += [Step(item.sample, name, turn.id) for turn in sample.turns if turn.role in SPOKEN]
    return steps


def shuffled(ids: Iterable[str], seed: int) -> list[str]:
    """The ids in an order that depends on them and the seed alone."""
    mixed = sorted(ids)
    random.Random(seed).shuffle(mixed)
    return mixed


def uncertainty(tags: Iterable[Tag], schemes: Sequence[str]) -> float | None:
    """How unsure the machines are of a sample, from 0 to 1: one less the lowest confidence; None without any.

    Machines that differ count as fully unsure.
    """
    worst: float | None = None
    for scheme in schemes:
        told = [tag for tag in tags if tag.machine and tag.scheme == scheme and tag.turn is None]
        if not told:
            continue
        sure = min(1.0 if tag.confidence is None else tag.confidence for tag in told)
        doubt = 1.0 if len({tag.value for tag in told}) > 1 else 1 - sure
        worst = doubt if worst is None else max(worst, doubt)
    return worst


def dispute(tags: Iterable[Tag], schemes: Mapping[str, TagScheme]) -> float:
    """How far people's answers about a sample lie apart, from 0 to 1: the mean of all pairs, the worst scheme's.

    On a scale it is the distance in points by the length of the scale; elsewhere 1 for answers that differ.
    "Cannot say" takes no part.
    """
    worst = 0.0
    for name, scheme in schemes.items():
        given: dict[str, list[TagValue]] = {}
        for tag in tags:
            if tag.scheme == name and not tag.machine and tag.value != CANNOT_SAY:
                given.setdefault(tag.turn or "", []).append(tag.value)
        for answers in given.values():
            pairs = [_apart(scheme, one, other) for one, other in combinations(answers, 2)]
            if pairs:
                worst = max(worst, sum(pairs) / len(pairs))
    return worst


def _apart(scheme: TagScheme, one: TagValue, other: TagValue) -> float:
    numbers = isinstance(one, (int, float)) and isinstance(other, (int, float))
    if scheme.kind == "ordinal" and numbers and len(scheme.choices) > 1:
        points = [float(choice.value) for choice in scheme.choices]
        return min(1.0, abs(float(one) - float(other)) / (max(points) - min(points)))  # type: ignore[arg-type]
    return float(one != other)
