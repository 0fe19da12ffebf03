"""Gates that need more than a recipe's own room: the other drafts of the run, and what personal data looks like."""

from __future__ import annotations

import threading
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.clean import detect_personal_data, masked
from workbench.flows.in_group import InGroup
from workbench.flows.known import GATE as KNOWN_GATE
from workbench.flows.known import Known
from workbench.flows.provenance import MODEL_GATE
from workbench.flows.unit import Unit
from workbench.generate import Candidate, Recipe, gates_of
from workbench.generate.gates import new_turns
from workbench.model import Draft, Finding
from workbench.records import conversation_hash
from workbench.text import percent, tokens

ALIKE = 0.9
"""Share of three-word sequences in common (Jaccard) from which on two drafts count as nearly the same."""

HASHES = 128
"""Min-hashes per draft: the share is estimated with a standard error below 0.03 at `ALIKE`."""

BANDS = 16
"""Parts of a signature. Two that agree in `ALIKE` of 128 places differ in at most 12: so they agree in a whole band."""

MOST_IN_A_BUCKET = 64
"""Drafts remembered for one band: what is like more than that is like one of them too."""

SHORTEST = 12
"""Words below which two texts are alike by chance."""

_RANDOM = np.random.default_rng(20260101)
_FACTORS = _RANDOM.integers(0, 1 << 63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFTS = _RANDOM.integers(0, 1 << 63, HASHES, dtype=np.uint64)
_HALF, _MIX = np.uint64(32), np.uint64(0xD6E8FEB86659FD93)
"""A multiplication modulo 2^64, its high half folded down, and another one: without that a small value stays small
under every hash, and two texts that share one look alike in all of them."""


def gates_of_run(recipe: Recipe, *, known: bool = False) -> tuple[str, ...]:
    """The names of all gates that the drafts of a run go through, in their order; `known`: there are test sets."""
    of_model = ("personal-data", MODEL_GATE) if recipe.needs_model else ()
    return tuple(dict.fromkeys((*gates_of(recipe), "similar", *of_model, *((KNOWN_GATE,) if known else ()))))


class Gating:
    """Looks at the drafts of one run; knows those that are there already. Safe to use from several threads."""

    def __init__(
        self,
        recipe: Recipe,
        earlier: Iterable[Draft] = (),
        *,
        params: Mapping[str, Any] | None = None,
        known: Known | None = None,
    ) -> None:
        """`earlier` are the drafts there are already; what stands in `params` was given to the model.

        `known` looks into test sets that nothing may repeat.
        """
        self._known = known
        self._recipe = recipe
        self._given = _texts(params or {})
        self._lock = threading.Lock()
        self._exact: dict[str, int] = {}
        self._signatures = np.empty((64, HASHES), dtype=np.uint32)
        self._rows: list[tuple[int, tuple[str, ...]]] = []
        self._buckets: dict[int, list[int]] = defaultdict(list)
        self._in_group = InGroup()
        for draft in earlier:
            if draft.turns:
                made = signature(draft_text(draft))
                self._remember(draft.row, draft.parents, conversation_hash(draft.turns), made, _bands(made))
                self._in_group.remember(draft.row, draft.group, draft.turns)

    def look(self, row: int, unit: Unit, candidate: Candidate) -> tuple[Finding, ...]:
        """What these gates find in a candidate, which is remembered for those that come after it."""
        known = None if self._known is None else self._known.look(candidate)
        found = (self._similar(row, unit, candidate), self._personal(unit, candidate), known)
        return tuple(finding for finding in found if finding)

    def _similar(self, row: int, unit: Unit, candidate: Candidate) -> Finding | None:
        exact = conversation_hash(candidate.turns)
        parents = unit.parents if candidate.parents is None else candidate.parents
        made = signature(" ".join(turn.content for turn in new_turns(unit.subject, candidate)))
        bands = _bands(made)
        with self._lock:
            same, near = self._exact.get(exact), self._nearest(made, bands, parents)
            beside = self._beside(row, unit, candidate)
            self._remember(row, parents, exact, made, bands)
        if same is not None and same != row:
            return Finding("similar", 0.0, "problem", f"word for word the same as draft {same + 1} of this run")
        near = max(filter(None, (near, beside)), key=lambda one: one[1], default=None)
        if near is not None and near[1] >= ALIKE and near[0] != row:
            message = f"nearly the same as draft {near[0] + 1} of this run ({percent(near[1])} of it)"
            return Finding("similar", 1 - near[1], "warning", message)
        return None

    def _beside(self, row: int, unit: Unit, candidate: Candidate) -> tuple[int, float] | None:
        """The most similar other candidate of the same request. Without a model variants are alike on purpose."""
        if not self._recipe.needs_model:
            return None
        group, turns = candidate.group or unit.group, candidate.turns
        near = self._in_group.nearest(row, group, turns, unit.subject.turns)
        self._in_group.remember(row, group, turns)
        return near

    def _nearest(
        self, made: NDArray[np.uint32] | None, bands: Sequence[int], parents: tuple[str, ...]
    ) -> tuple[int, float] | None:
        """The most similar draft made from something else: variants of one conversation are alike on purpose.

        Only drafts that share a band are looked at, so that the thousandth draft costs what the first one did.
        """
        if made is None:
            return None
        near = {place for band in bands for place in self._buckets.get(band, ())}
        places = [place for place in sorted(near) if not parents or self._rows[place][1] != parents]
        if not places:
            return None
        shares = (self._signatures[places] == made).mean(axis=1)
        best = int(shares.argmax())
        return self._rows[places[best]][0], float(shares[best])

    def _remember(
        self,
        row: int,
        parents: tuple[str, ...],
        exact: str,
        made: NDArray[np.uint32] | None,
        bands: Sequence[int],
    ) -> None:
        self._exact.setdefault(exact, row)
        if made is None:
            return
        place = len(self._rows)
        if place == len(self._signatures):
            self._signatures = np.concatenate([self._signatures, np.empty_like(self._signatures)])
        self._signatures[place] = made
        self._rows.append((row, parents))
        for band in bands:
            if len(bucket := self._buckets[band]) < MOST_IN_A_BUCKET:
                bucket.append(place)

    def _personal(self, unit: Unit, candidate: Candidate) -> Finding | None:
        """A model wrote something that looks like a real person's number or address and that nobody gave it.

        Recipes without a model take such values from ranges that belong to nobody; they are not looked at.
        """
        if not self._recipe.needs_model:
            return None
        material = [*(sample.text for sample in unit.samples), unit.document.text if unit.document else ""]
        given = " ".join([*material, *self._given, *_texts(unit.given)])
        for turn in new_turns(unit.subject, candidate):
            for item in detect_personal_data(turn.content, language=candidate.language or unit.language):
                if item.text not in given:
                    message = f"looks like personal data: {masked(item.text)}"
                    place = {"turn": turn.id, "start": item.start, "end": item.end}
                    return Finding("personal-data", 0.5, "warning", message, **place, value=item.kind)  # type: ignore[arg-type]
        return None


def _texts(params: Mapping[str, Any]) -> list[str]:
    """What stands in parameters: what a person typed, and the cards, questions and facts that were approved."""
    return [value for value in params.values() if isinstance(value, str)]


def _bands(made: NDArray[np.uint32] | None) -> Sequence[int]:
    """One number for each band of a signature: two signatures that agree in a band share its number."""
    if made is None:
        return ()
    return [hash((number, band.tobytes())) for number, band in enumerate(made.reshape(BANDS, -1))]


def draft_text(draft: Draft) -> str:
    """What is said in a draft."""
    return " ".join(turn.content for turn in draft.turns)


def signature(text: str) -> NDArray[np.uint32] | None:
    """The min-hash signature of a text's three-word sequences (Broder 1997); None for a short text."""
    words = tokens(text)
    if len(words) < SHORTEST:
        return None
    shingles = {zlib.crc32(" ".join(words[at : at + 3]).encode()) for at in range(len(words) - 2)}
    values = np.fromiter(shingles, dtype=np.uint64)
    hashed = values[:, None] * _FACTORS[None, :] + _SHIFTS[None, :]
    hashed = (hashed ^ (hashed >> _HALF)) * _MIX
    least = (hashed ^ (hashed >> _HALF)).min(axis=0)
    half: NDArray[np.uint32] = (least >> _HALF).astype(np.uint32)  # tells two minima apart as well, in half the memory
    return half
