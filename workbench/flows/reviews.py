"""The record of reviews: lines of the journal that only add up, so that nothing of a review is lost or overwritten.

A line says ``what`` happened: a queue was made or put away, a sample of it was skipped, a question was answered again
or settled, a sample was named as an example, suggestions were made. Ordinary answers are tags, and not repeated here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbench.errors import UnknownName
from workbench.flows.label import scheme_named
from workbench.label import CANNOT_SAY, check_value
from workbench.label.examples import Example
from workbench.label.nearest import Band, SuggestionReport
from workbench.label.queue import Item, Queue, Step
from workbench.model import TagValue
from workbench.records import to_record
from workbench.store.base import Store
from workbench.store.rows import Event


class Mine(NamedTuple):
    """What belongs to one person in one queue."""

    queue: str
    author: str


@dataclass(slots=True)
class Ledger:
    """Everything the lines say, added up."""

    queues: dict[str, Queue] = field(default_factory=dict)
    skips: dict[Mine, list[Item]] = field(default_factory=lambda: defaultdict(list))
    again: dict[Mine, dict[Step, tuple[TagValue, TagValue]]] = field(default_factory=lambda: defaultdict(dict))
    settled: dict[Mine, set[Step]] = field(default_factory=lambda: defaultdict(set))
    times: dict[Mine, list[int]] = field(default_factory=lambda: defaultdict(list))
    examples: dict[tuple[str, str, str, str | None], Example] = field(default_factory=dict)
    suggestions: dict[str, SuggestionReport] = field(default_factory=dict)

    def queue(self, queue_id: str) -> Queue:
        """A queue by its id; raises `UnknownName`."""
        if queue_id not in self.queues:
            raise UnknownName.among("review queue", queue_id, self.queues)
        return self.queues[queue_id]

    def settled_samples(self, scheme: str) -> set[tuple[str, str]]:
        """(sample, author) of the disputes about a scheme that somebody settled."""
        return {
            (step.sample, mine.author)
            for mine, steps in self.settled.items()
            for step in steps
            if step.scheme == scheme
        }


def read_ledger(store: Store) -> Ledger:
    """Add the lines up."""
    ledger = Ledger()
    for event in store.reviews():
        if (reader := _READERS.get(str(event.data.get("what")))) is not None:
            reader(ledger, event, event.data)
    return ledger


def write_line(store: Store, author: str, label: str, what: str, **data: Any) -> None:
    """Append one line; it is no step that `undo` would take."""
    with store.write(author, label, undoable=False) as writer:
        writer.log("review", {"what": what, **to_record(data)})


def keep_queue(store: Store, queue: Queue) -> None:
    """Write a new queue down."""
    write_line(store, queue.author, "review queue", "queue", queue=to_record(queue))


def skip(store: Store, author: str, queue: Queue, item: Item) -> None:
    """Put an item of a queue behind the others, for this person."""
    write_line(store, author, "skip", "skip", queue=queue.id, sample=item.sample, scheme=item.scheme)


def answer_again(store: Store, author: str, queue: Queue, step: Step, value: object) -> TagValue:
    """Keep what somebody answers when asked a second time, beside their first answer, which stays as it is."""
    scheme = scheme_named(store, step.scheme)
    answer = check_value(scheme, value)
    before = next(
        (
            tag.value
            for tag in store.tags([step.sample])
            if tag.scheme == step.scheme and tag.author == author and not tag.machine and tag.turn == step.turn
        ),
        CANNOT_SAY,
    )
    write_line(store, author, "answer again", "again", queue=queue.id, before=before, value=answer, **step._asdict())
    return answer


def answered_again(store: Store, author: str, queue: str, step: Step, after: int) -> bool:
    """Whether somebody gave a second answer after this time (in milliseconds)."""
    said = (line for line in store.reviews() if line.at > after and line.author == author)
    return any(
        line.data.get("what") == "again" and line.data["queue"] == queue and _step(line.data) == step for line in said
    )


def settle(store: Store, author: str, queue: Queue, step: Step) -> None:
    """Write down that this person's answer decides a dispute. The answer itself is a tag of theirs."""
    write_line(store, author, "settle", "settle", queue=queue.id, **step._asdict())


def keep_example(store: Store, author: str, example: Example, *, remove: bool = False) -> None:
    """Name a sample as an example of a choice, or take that back."""
    line = to_record(example)
    write_line(store, author, "example", "unexample" if remove else "example", example=line)


def _values(value: Any) -> TagValue:
    return tuple(value) if isinstance(value, list) else value


def _mine(event: Event) -> Mine:
    return Mine(str(event.data["queue"]), event.author)


def _step(data: Any) -> Step:
    return Step(data["sample"], data["scheme"], data.get("turn"))


def _queue(ledger: Ledger, _event: Event, data: Any) -> None:
    record = dict(data["queue"])
    for name in ("schemes", "samples"):
        record[name] = tuple(record.get(name, ()))
    ledger.queues[record["id"]] = Queue(**{"name": "", "query": "", **record})


def _away(ledger: Ledger, _event: Event, data: Any) -> None:
    ledger.queues.pop(data["queue"], None)


def _skip(ledger: Ledger, event: Event, data: Any) -> None:
    skipped, item = ledger.skips[_mine(event)], Item(data["sample"], data.get("scheme"))
    if item in skipped:
        skipped.remove(item)
    skipped.append(item)


def _again(ledger: Ledger, event: Event, data: Any) -> None:
    ledger.again[_mine(event)][_step(data)] = (_values(data["before"]), _values(data["value"]))
    ledger.times[_mine(event)].append(event.at)


def _settle(ledger: Ledger, event: Event, data: Any) -> None:
    ledger.settled[_mine(event)].add(_step(data))
    ledger.times[_mine(event)].append(event.at)


def _example(ledger: Ledger, _event: Event, data: Any) -> None:
    example = Example(**{"turn": None, "note": "", **data["example"], "value": _values(data["example"]["value"])})
    key = (example.scheme, str(example.value), example.sample, example.turn)
    ledger.examples.pop(key, None)
    if data["what"] == "example":
        ledger.examples[key] = example


def _suggested(ledger: Ledger, event: Event, data: Any) -> None:
    record = {"query": "", "percent": None, "branch": None, "always": None, "at": event.at, **data["report"]}
    bands = tuple(Band(**band) for band in record.get("bands", ()))
    ledger.suggestions[record["scheme"]] = SuggestionReport(**{**record, "bands": bands})


_READERS = {
    "queue": _queue,
    "away": _away,
    "skip": _skip,
    "again": _again,
    "settle": _settle,
    "example": _example,
    "unexample": _example,
    "suggested": _suggested,
}


def examples_of(ledger: Ledger, schemes: Sequence[str]) -> list[Example]:
    """The examples of these schemes, newest last."""
    return [example for example in ledger.examples.values() if example.scheme in schemes]
