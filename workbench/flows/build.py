"""Gathering what a frozen slice pins, and giving it back to exporters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from workbench.errors import ExportRefused
from workbench.flows.guarantees import Guarantees
from workbench.flows.judgements import SIDE, Judgements
from workbench.flows.made import made_of_samples
from workbench.flows.pairs import pairs_of
from workbench.flows.pyramid import Heights
from workbench.model import FrozenSlice, PreferencePair, Tag, TagScheme
from workbench.release.base import About, Entry, Material
from workbench.release.digest import SliceDigest
from workbench.release.guarantees import without_lost
from workbench.release.pins import PART, Pin, about_of, pack_about, pack_pins, pins_of, tags_text
from workbench.release.sheet import plain_value
from workbench.search import BuildRows
from workbench.store.base import Store
from workbench.store.rows import HotRow

Told = Callable[[int, int], None]
"""Hears how many of how many samples were read."""

_VALUES_TOLD = 200
CLAIM = '"scheme":"tier"'
"""In the JSON of the tags of a sample that somebody gave a place in the pyramid: the others need not be read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a query finds now, ready to be frozen; `parts` are the pins as `release.pins` describes them."""

    members: tuple[tuple[str, int], ...]
    schemes: dict[str, int]
    hash: str
    parts: tuple[bytes, ...]


def gather(
    store: Store,
    found: BuildRows,
    query: str,
    told: Told = lambda done, total: None,
    guarantees: Guarantees | None = None,
) -> Gathered:
    """Read everything that is pinned of the rows of a build. `told` hears how far it is; it may raise `Cancelled`.

    With `guarantees` those that samples carry are looked at, too: what is to be written has to keep its word.
    """
    judgements, tally, digest, heights = Judgements(store), Tally(), SliceDigest(), Heights(store)
    members: list[tuple[str, int]] = []
    parts: list[bytes] = []
    ordered = sorted(map(int, found.rows))
    for start in range(0, len(ordered), PART):
        told(start, len(ordered))
        pins = []
        for row, pin in _pins(store, ordered[start : start + PART], judgements, guarantees):
            members.append((row.id, row.revision))
            tally.add(row, pin)
            digest.add(row, pin)
            pins.append(pin)
        parts.append(pack_pins(pins))
        tally.add_claims(heights.of([pin.sample for pin in pins if CLAIM in pin.tags])[1])
    schemes = _schemes_of(store, tally, query)
    versions = {scheme.name: scheme.version for scheme in schemes}
    about = tally.about(store, schemes, found.left_out)
    hashed = digest.hash(query, versions)
    return Gathered(tuple(sorted(members)), versions, hashed, (pack_about(about), *parts))


def material_of(store: Store, frozen: FrozenSlice) -> Material:
    """A frozen slice as exporters see it. Raises `ExportRefused` when nothing was pinned with it."""
    head = next(store.frozen_parts(frozen.id), None)
    if head is None:
        raise ExportRefused(f"the frozen slice {frozen.name!r} has no pinned tags", hint="freeze the slice again")

    def entries() -> Iterator[Entry]:
        for pins in pins_of(store.frozen_parts(frozen.id)):
            members = [(pin.sample, pin.revision) for pin in pins]
            for raw, pin in zip(store.raw_pinned(members), pins, strict=True):
                yield Entry(without_lost(raw, pin.lost) if pin.lost else raw, pin.tags, pin.aigc, pin.side)

    return Material(frozen, about_of(head), entries, lambda: pairs_of(store, frozen), partial(made_of_samples, store))


class Tally:
    """Counts what is in a slice while it is read."""

    def __init__(self) -> None:
        self.schemes: set[str] = set()
        self._samples = self._turns = self._synthetic = self._side = 0
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._sources: set[str] = set()
        self._above: Counter[str] = Counter()
        self._lost: dict[str, list[str]] = defaultdict(list)

    def add_claims(self, claims: Mapping[str, str]) -> None:
        """Count the members that were placed higher in the pyramid than their gates allow."""
        self._above.update(claims.values())

    def add(self, row: HotRow, pin: Pin) -> None:
        """Count one member."""
        tags = orjson.loads(pin.tags)
        self._samples += 1
        self._turns += row.turns
        self._synthetic += row.synthetic
        self._side += pin.side
        self._sources.add(row.source)
        for title, value in (
            ("languages", row.language or "unknown"),
            ("depth", str(row.depth)),
            ("origins", row.origin),
            ("recipes", row.recipe),
            ("models", row.model),
        ):
            if value:
                self._counts[title][value] += 1
        for scheme, value in {(tag["scheme"], plain_value(tag["value"])) for tag in tags if not tag.get("machine")}:
            self._counts[f"tag {scheme}"][value] += 1
        self.schemes.update(tag["scheme"] for tag in tags)
        for kind in dict.fromkeys(kind for _, kind, *_ in pin.lost):
            self._lost[kind].append(row.id)

    def about(self, store: Store, schemes: tuple[TagScheme, ...], left_out: int) -> About:
        """The counts with sources and schemes as they are now. Free answers are not counted one by one."""
        counts = {title: dict(sorted(values.items())) for title, values in sorted(self._counts.items())}
        free = {f"tag {scheme.name}" for scheme in schemes if scheme.kind == "text"}
        told = {title: n for title, n in counts.items() if title not in free and len(n) <= _VALUES_TOLD}
        sources = tuple(sorted((s for s in store.sources() if s.id in self._sources), key=lambda s: s.name))
        return About(
            self._samples, self._turns, self._synthetic, told, sources, schemes, store.max_row(), self._side, left_out,
            dict(sorted(self._above.items())), dict(sorted(self._lost.items())),
        )  # fmt: skip


def _pins(
    store: Store, part: Sequence[int], judgements: Judgements, guarantees: Guarantees | None
) -> Iterator[tuple[HotRow, Pin]]:
    rows = list(store.hot_rows(part))
    lost = {} if guarantees is None else guarantees.of(rows)
    tags: dict[str, list[Tag]] = defaultdict(list)
    for tag in store.tags([row.id for row in rows]):
        tags[tag.sample].append(tag)
    pairs: dict[str, list[PreferencePair]] = defaultdict(list)
    for pair in store.pairs([row.id for row in rows]):
        pairs[pair.sample].append(pair)
    for row in rows:
        beaten, rejected = judgements.beaten_by(row), judgements.rejected_for(row)
        said = pairs[row.id]
        first, kept = min((pair.base for pair in said), default=0), sorted(pair.id for pair in said if pair.kept)
        yield (
            row,
            Pin(
                row.id, row.revision, tags_text(tags[row.id]), _mark(row), beaten, row.branch == SIDE, rejected,
                first, kept, judgements.among(row), judgements.machine_for(row),
                [tuple(one) for one in lost.get(row.id, ())],
            ),
        )  # fmt: skip


def _mark(row: HotRow) -> dict[str, Any] | None:
    if not row.synthetic:
        return None
    return {"generated": True, "model": row.model or None, "recipe": row.recipe or None, "depth": row.depth}


def _schemes_of(store: Store, tally: Tally, query: str) -> tuple[TagScheme, ...]:
    """The schemes that were answered or that the query names."""
    words = set(re.findall(r"[\w.-]+", query))
    return tuple(scheme for scheme in store.schemes() if scheme.name in tally.schemes or scheme.name in words)
