"""What a frozen slice pins beside ids and revisions, as compact parts that are stored with it and read in step.

The first part tells what is in the slice (`About`: counts, sources and schemes as they were). Each further part holds
the pins of the next `PART` members, in the slice's order, as compressed JSON: reading a million members never needs
more than one part in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from workbench.model import FrozenSlice, Tag
from workbench.records import to_record
from workbench.release.base import About

PART = 1_000


class Pin(NamedTuple):
    """What is pinned of one member.

    `tags` and `aigc` are as in `Entry`; `beaten` names the drafts that people put behind this sample.
    """

    tags: list[dict[str, Any]]
    aigc: dict[str, Any] | None
    beaten: list[str]


def pinned_tag(tag: Tag) -> dict[str, Any]:
    """A tag without its sample's id."""
    record: dict[str, Any] = to_record(tag)
    del record["sample"]
    return record


def tag_order(tag: Tag) -> tuple[str, str, str]:
    """The order of a sample's tags in pins and files."""
    return (tag.turn or "", tag.scheme, tag.author)


def pack_about(about: About) -> bytes:
    """The first part."""
    return _pack(about.record())


def pack_pins(pins: Iterable[Pin]) -> bytes:
    """A further part."""
    return _pack([tuple(pin) for pin in pins])


def about_of(part: bytes) -> About:
    """What the first part tells."""
    return About.from_record(orjson.loads(zlib.decompress(part)))


def pins_of(parts: Iterator[bytes]) -> Iterator[Pin]:
    """The members' pins of all parts but the first, in the slice's order."""
    next(parts, None)
    for part in parts:
        for pin in orjson.loads(zlib.decompress(part)):
            yield Pin(*pin)


def pinned_members(frozen: FrozenSlice, parts: Iterator[bytes]) -> Iterator[tuple[str, int, Pin]]:
    """(id, revision, pin) of every member of a frozen slice, in its order."""
    for (sample_id, revision), pin in zip(frozen.members, pins_of(parts), strict=True):
        yield sample_id, revision, pin


def _pack(value: Any) -> bytes:
    return zlib.compress(orjson.dumps(value), level=1)
