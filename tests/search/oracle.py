"""Queries answered slowly and plainly, over samples and tags in lists: what the columns must agree with."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.builders import a_sample
from workbench.model import Generated, Imported, Sample, Tag
from workbench.store.base import Store

VALUES = {
    "domain": ("health", "health/lab", "law", "law/tax", "other"),
    "naturalness": (1, 2, 3, 4, 5),
    "signed": (True, False),
    "tier": ("raw", "checked", "gold"),
}
WORDS = ("blood", "test", "élève", "血液", "needle", "open")


@dataclass
class World:
    """All samples (row n at place n - 1) and the tags of each."""

    samples: list[Sample]
    tags: dict[str, list[Tag]]

    def rows(self, test: Callable[[Sample, list[Tag]], bool], *, archived: bool = False) -> set[int]:
        return {
            row
            for row, sample in enumerate(self.samples, 1)
            if (archived or sample.state == "active") and test(sample, self.tags[sample.id])
        }


def populate(store: Store, seed: int, count: int = 60) -> World:
    """Random samples and tags by three people and a machine, written in several steps."""
    rng = random.Random(seed)
    samples = [_sample(rng, number) for number in range(count)]
    with store.write("ana", "add") as writer:
        writer.add_samples(samples)
    for author in ("ana", "Bob Lee", "cy"):
        with store.write(author, "tag") as writer:
            writer.tag([_tag(rng, sample, author) for sample in samples for _ in range(rng.randrange(4))])
    with store.write("judge", "tag") as writer:
        writer.tag([_tag(rng, sample, "judge") for sample in samples if rng.random() < 0.4])
    with store.write("ana", "archive") as writer:
        writer.set_state([sample.id for sample in samples if rng.random() < 0.15], "archived")
    return world(store)


def world(store: Store) -> World:
    """The store read back in plain lists."""
    ids = store.ids_of(range(1, store.max_row() + 1))
    tags: dict[str, list[Tag]] = {sample_id: [] for sample_id in ids}
    for tag in store.tags(ids):
        tags[tag.sample].append(tag)
    return World(list(store.samples(ids)), tags)


def _sample(rng: random.Random, number: int) -> Sample:
    turns = [" ".join(rng.choices(WORDS, k=rng.randrange(1, 6))) + f" n{number}" for _ in range(rng.randrange(1, 9))]
    generated = Generated((), "paraphrase", "1", f"run{number % 3}", "d", 1 + number % 2)
    imported = Imported("src_test", "f", number + 1, synthetic=rng.random() < 0.3)
    return a_sample(
        *turns,
        language=rng.choice(("en", "fr", "zh", None)),
        source=rng.choice(("src_test", "src_other")),
        origin=rng.choice((generated, imported)),
        created_at=1_767_225_600_000 + rng.randrange(20) * 43_200_000,
    )


def _tag(rng: random.Random, sample: Sample, author: str) -> Tag:
    scheme = rng.choice([*VALUES, "topics"])
    value = tuple(rng.sample("abc", rng.randrange(0, 3))) if scheme == "topics" else rng.choice(VALUES[scheme])
    turn = rng.choice((None, None, sample.turns[-1].id))
    return Tag(sample.id, scheme, value, author, turn=turn, machine=author == "judge")


def people(tags: Sequence[Tag], scheme: str, author: str | None = None) -> list[Tag]:
    """Current answers of people to a scheme."""
    return [
        tag for tag in tags if tag.scheme == scheme and not tag.machine and (author is None or tag.author == author)
    ]
