"""What an exporter is, and what it is given: the pinned material of one frozen slice.

An exporter turns `Material` into files of a `Staging` folder. What to write, in which order and what counts as
synthetic was pinned when the slice was frozen; an exporter decides only the shape. To add one, write a function and
register it:

    @register("plain-text", title="Plain text", loses=("everything but the words",))
    def write(material: Material, out: Staging, options: Options) -> Iterable[str]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple, Protocol

import orjson

from workbench.model import FrozenSlice, Json, Sample, Source, TagScheme, Turn
from workbench.records import sample_from_record, scheme_from_record, to_record
from workbench.release.options import Option, Options
from workbench.release.staging import Staging


class Entry(NamedTuple):
    """One member of a frozen slice: its stored JSON and what was pinned beside it.

    `tags_text` is the JSON of the tags at freeze time: a list of `records.to_record` without the sample's id, by turn,
    scheme and author. `aigc` is the mark of synthetic text (`generated`, `model`, `recipe`, `depth`), None for a
    person's own text; `side` marks an imported side branch: another reply, or a rejected answer.
    """

    raw: bytes
    tags_text: str
    aigc: dict[str, Any] | None
    side: bool = False

    @property
    def synthetic(self) -> bool:
        """Whether any of its text was generated."""
        return self.aigc is not None

    @property
    def branch(self) -> str:
        """The value of the query field ``branch``: side or main."""
        return "side" if self.side else "main"

    @property
    def tags(self) -> list[dict[str, Any]]:
        """The tags, parsed."""
        tags: list[dict[str, Any]] = orjson.loads(self.tags_text)
        return tags

    def record(self) -> dict[str, Any]:
        """The stored JSON, parsed."""
        record: dict[str, Any] = orjson.loads(self.raw)
        return record

    def sample(self) -> Sample:
        """The sample as a value."""
        return sample_from_record(self.record())


MACHINE = "machine"
"""The kind of a pair that only a model's order makes."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two continuations of one conversation, the better and the worse, and how that is known.

    `kind` is "ranked" (a person put drafts in order), "accepted" (one draft was taken, the other turned down),
    "repaired" (a person rewrote a generated turn), "kept" (and said that this is a preference), "imported" (a file of
    pairs said so) or "machine" (a model's order, in a domain where it agrees with people's). `sample` is the member of
    the slice that holds `chosen`, or that came of the same request. `aigc` says how it was generated: `model` wrote
    `chosen`, `rejected_model` what was put behind it, where that was a draft.
    """

    sample: str
    kind: str
    prompt: tuple[Turn, ...]
    chosen: tuple[Turn, ...]
    rejected: tuple[Turn, ...]
    aigc: Json


@dataclass(frozen=True, slots=True)
class About:
    """What is in a frozen slice, counted and kept when it was frozen.

    `counts` maps a title (``languages``, ``depth``, ``tag domain`` ...) to how many samples have each value.
    `last_row` is the row number of the newest sample the workspace had then, in the slice or not. `side_branches` of
    the samples are imported side branches; `side_left_out` more were found and not taken, as nothing asked for them.
    `above` maps a tier of the pyramid to how many samples people placed in it whose gates do not allow it. `lost` maps
    a guarantee ("proof", "exercise") to the ids of the samples whose words did not give it any more.
    """

    samples: int
    turns: int
    synthetic: int
    counts: Mapping[str, Mapping[str, int]]
    sources: tuple[Source, ...]
    schemes: tuple[TagScheme, ...]
    last_row: int = 0
    side_branches: int = 0
    side_left_out: int = 0
    above: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """As JSON data."""
        record: dict[str, Any] = to_record(self)
        return record

    @classmethod
    def from_record(cls, record: Json) -> About:
        """From `record`."""
        sources = tuple(Source(**item) for item in record.get("sources", ()))
        schemes = tuple(scheme_from_record(item) for item in record.get("schemes", ()))
        return cls(**{"counts": {}, **record, "sources": sources, "schemes": schemes})


@dataclass(frozen=True, slots=True)
class Material:
    """One frozen slice as exporters see it. `entries` and `pairs` may be called any number of times; both stream.

    `pairs` also yields reasons (plain text) for judgements that make no pair. `made` tells of samples (as stored) how
    each was generated: its template, calls, gates and cost; None for one that no draft of this workspace became.
    """

    frozen: FrozenSlice
    about: About
    entries: Callable[[], Iterator[Entry]]
    pairs: Callable[[], Iterator[Pair | str]] = field(default=lambda: iter(()))
    made: Callable[[Sequence[Json]], Iterator[Json | None]] = field(default=lambda records: repeat(None, len(records)))

    def source(self, source_id: str) -> Source:
        """The source of that id as it was when the slice was frozen; one of unknown licence when there is none."""
        known = next((source for source in self.about.sources if source.id == source_id), None)
        return known or Source(source_id, id=source_id)


class Exporter(Protocol):
    """A named way to write a frozen slice."""

    @property
    def name(self) -> str:
        """What people choose, ``openai-chat`` say."""

    @property
    def title(self) -> str:
        """The name shown on the screen."""

    @property
    def description(self) -> str:
        """One sentence: what is written and for whom."""

    @property
    def loses(self) -> tuple[str, ...]:
        """What of a sample the format cannot hold, each in a few words; told in every manifest."""

    @property
    def options(self) -> tuple[Option, ...]:
        """What a person can choose for it."""

    def write(self, material: Material, out: Staging, options: Options) -> Iterable[str]:
        """Write the files; returns notes for the manifest."""
