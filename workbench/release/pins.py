"""What a frozen slice pins beside ids and revisions, as compact parts that are stored with it and read in step.

The first part tells what is in the slice (`About`: counts, sources and schemes as they were). Each further part holds
the pins of at most `PART` members as compressed JSON, in the order in which the samples came into the workspace. That
is the order of the files too, since neighbours there are neighbours on the disk. Reading a million members never
needs more than one part in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from workbench.model import Tag
from workbench.records import to_record
from workbench.release.base import About

PART = 500


class Pin(NamedTuple):
    """What is pinned of one member.

    `side` marks an imported side branch, `rejected` names the imported answers that came as the worse ones beside it.

    `judged_from` is the first revision of which a person said whether its rewriting is a preference (0: nobody did);
    `kept` names the preference pairs kept since.

    `tags` is the JSON text of a list of tags, unparsed, since not every export reads it; `aigc` is as in `Entry`;
    `beaten` names the drafts that people put behind this sample, `among` pairs of further drafts of its request that a
    person put in order. `machine` is a machine's order of them where no person gave one: `pairs`, the `domain`, and
    `refused`, why its word does not count there ("" when it does). `lost` are guarantees its words did not give any
    more, which are taken off when it is written: turn, kind and why of each.
    """

    sample: str
    revision: int
    tags: str
    aigc: dict[str, Any] | None
    beaten: list[str]
    side: bool = False
    rejected: Sequence[str] = ()
    judged_from: int = 0
    kept: Sequence[str] = ()
    among: Sequence[Sequence[str]] = ()
    machine: dict[str, Any] = {}  # noqa: RUF012 (a NamedTuple's default is shared and never changed)
    lost: Sequence[Sequence[str]] = ()


def tags_text(tags: Iterable[Tag]) -> str:
    """Tags of one sample for a pin: without its id, by turn, scheme and author."""
    return orjson.dumps([_pinned(tag) for tag in sorted(tags, key=_order)]).decode()


def pack_about(about: About) -> bytes:
    """The first part."""
    return _pack(about.record())


def pack_pins(pins: Sequence[Pin]) -> bytes:
    """A further part."""
    return _pack([tuple(pin) for pin in pins])


def about_of(part: bytes) -> About:
    """What the first part tells."""
    return About.from_record(orjson.loads(zlib.decompress(part)))


def pins_of(parts: Iterator[bytes]) -> Iterator[list[Pin]]:
    """The pins of all parts but the first, part by part."""
    next(parts, None)
    for part in parts:
        yield [Pin(*pin) for pin in orjson.loads(zlib.decompress(part))]


def _pinned(tag: Tag) -> dict[str, Any]:
    record: dict[str, Any] = to_record(tag)
    del record["sample"]
    return record


def _order(tag: Tag) -> tuple[str, str, str]:
    return (tag.turn or "", tag.scheme, tag.author)


def _pack(value: Any) -> bytes:
    return zlib.compress(orjson.dumps(value), level=1)
